#pragma once

#include "app/canvas/core_sample/core_faces.h"

#include <QSGGeometry>
#include <QSGMaterial>

#include <span>

namespace crystallite {

/// Uniforms of shaders/view/core_face.*; their meaning is there.
struct CoreUniforms {
    float pixel = 1.0F;     ///< device pixels of a logical one
    float litFrame = 0.0F;  ///< middle of the lit slab
    float shineReach = 1.0F;
    float shine = 0.0F;
    Colour shineColour{0.0F};
};

/// The shine reaches a set share of the block's depth, whatever the number of steps.
[[nodiscard]] CoreUniforms coreUniforms(const Theme& theme, const CoreSpace& space, uint32_t litFrame, double devicePixelRatio);

/// Draws faces of the core sample with shaders/view/core_face.*, in the order of their geometry.
class CoreMaterial : public QSGMaterial {
public:
    CoreMaterial();
    [[nodiscard]] QSGMaterialType* type() const override;
    [[nodiscard]] QSGMaterialShader* createShader(QSGRendererInterface::RenderMode renderMode) const override;
    [[nodiscard]] int compare(const QSGMaterial* other) const override;

    CoreUniforms uniforms;
};

/// Four vertices per face. Owned by the caller (a node with OwnsGeometry).
[[nodiscard]] QSGGeometry* coreGeometry(std::span<const CoreFace> faces);

}  // namespace crystallite
