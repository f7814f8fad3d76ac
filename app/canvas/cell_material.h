#pragma once

#include "app/canvas/cell_style.h"
#include "app/canvas/slot_light.h"

#include <QSGGeometry>
#include <QSGMaterial>

#include <span>

namespace crystallite {

/// Uniforms of shaders/view/cell.*; their meaning is there.
struct CellUniforms {
    float snap = 0.0F;
    float fade = 1.0F;
    float pixel = 1.0F;
    Colour snapColour{0.0F};
    float shadow = 0.0F;
    float highlight = 0.0F;
    Colour lightColour{0.0F};
};

inline constexpr float kSnapPeak = 0.45F;  ///< opacity over the facet of the light of a commit when it begins
inline constexpr float kNotchOpacity = 0.85F;

/// Light of the facets; on a light ground a shadow of the same opacity would be a stain.
[[nodiscard]] CellUniforms cellUniforms(const Theme& theme, double devicePixelRatio);

/// Draws facets with shaders/view/cell.*.
class CellMaterial : public QSGMaterial {
public:
    CellMaterial();
    [[nodiscard]] QSGMaterialType* type() const override;
    [[nodiscard]] QSGMaterialShader* createShader(QSGRendererInterface::RenderMode renderMode) const override;
    [[nodiscard]] int compare(const QSGMaterial* other) const override;

    CellUniforms uniforms;
};

/// Four vertices per cell. Owned by the caller (a node with OwnsGeometry).
[[nodiscard]] QSGGeometry* cellGeometry(std::span<const CellInstance> cells, const Theme& theme);

}  // namespace crystallite
