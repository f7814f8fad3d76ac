#pragma once

#include "app/canvas/glyph_setter.h"

#include <QSGGeometry>
#include <QSGMaterial>
#include <QSGTexture>

#include <memory>
#include <span>

namespace crystallite {

/// Draws glyphs from the atlas with shaders/view/glyph.*.
class GlyphMaterial : public QSGMaterial {
public:
    GlyphMaterial();
    [[nodiscard]] QSGMaterialType* type() const override;
    [[nodiscard]] QSGMaterialShader* createShader(QSGRendererInterface::RenderMode renderMode) const override;
    [[nodiscard]] int compare(const QSGMaterial* other) const override;

    float fade = 1.0F;                    ///< 0 previous frame .. 1 this frame
    std::shared_ptr<QSGTexture> texture;  ///< coverage in alpha
};

/// Four vertices per glyph. Owned by the caller (a node with OwnsGeometry).
[[nodiscard]] QSGGeometry* glyphGeometry(std::span<const GlyphInstance> glyphs);

}  // namespace crystallite
