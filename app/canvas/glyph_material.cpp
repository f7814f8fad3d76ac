#include "app/canvas/glyph_material.h"

#include "app/canvas/quad_geometry.h"

#include <QSGMaterialShader>

#include <array>
#include <cstring>

namespace crystallite {

namespace {

struct GlyphVertex {
    std::array<float, 2> position;
    std::array<float, 2> texel;
    ByteColour colour;
    float phase;
};

const QSGGeometry::AttributeSet& attributes() {
    static const std::array<QSGGeometry::Attribute, 4> kAttributes = {
        QSGGeometry::Attribute::createWithAttributeType(0, 2, QSGGeometry::FloatType, QSGGeometry::PositionAttribute),
        QSGGeometry::Attribute::createWithAttributeType(1, 2, QSGGeometry::FloatType, QSGGeometry::TexCoordAttribute),
        QSGGeometry::Attribute::createWithAttributeType(2, 4, QSGGeometry::UnsignedByteType, QSGGeometry::ColorAttribute),
        QSGGeometry::Attribute::createWithAttributeType(3, 1, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute)};
    static const QSGGeometry::AttributeSet kSet = {static_cast<int>(kAttributes.size()), sizeof(GlyphVertex), kAttributes.data()};
    return kSet;
}

/// Byte layout of the uniform block, std140.
struct GlyphBlock {
    std::array<float, 16> matrix;
    float opacity;
    float fade;
    std::array<float, 2> atlasSize;
};

class GlyphShader : public QSGMaterialShader {
public:
    GlyphShader() {
        setShaderFileName(VertexStage, QStringLiteral(":/crystallite/view/glyph.vert.qsb"));
        setShaderFileName(FragmentStage, QStringLiteral(":/crystallite/view/glyph.frag.qsb"));
    }

    bool updateUniformData(RenderState& state, QSGMaterial* newMaterial, QSGMaterial*) override {
        const auto* material = static_cast<GlyphMaterial*>(newMaterial);
        const QSize atlas = material->texture ? material->texture->textureSize() : QSize(1, 1);
        GlyphBlock block{};
        const QMatrix4x4 matrix = state.combinedMatrix();
        std::memcpy(block.matrix.data(), matrix.constData(), sizeof(block.matrix));
        block.opacity = state.opacity();
        block.fade = material->fade;
        block.atlasSize = {static_cast<float>(atlas.width()), static_cast<float>(atlas.height())};
        std::memcpy(state.uniformData()->data(), &block, sizeof(block));
        return true;
    }

    void updateSampledImage(RenderState& state, int, QSGTexture** texture, QSGMaterial* newMaterial, QSGMaterial*) override {
        QSGTexture* atlas = static_cast<GlyphMaterial*>(newMaterial)->texture.get();
        if (atlas != nullptr) {
            atlas->commitTextureOperations(state.rhi(), state.resourceUpdateBatch());
        }
        *texture = atlas;
    }
};

}  // namespace

GlyphMaterial::GlyphMaterial() {
    setFlag(Blending);
}

QSGMaterialType* GlyphMaterial::type() const {
    static QSGMaterialType kType;
    return &kType;
}

QSGMaterialShader* GlyphMaterial::createShader(QSGRendererInterface::RenderMode) const {
    return new GlyphShader;
}

int GlyphMaterial::compare(const QSGMaterial* other) const {
    const auto* glyphs = static_cast<const GlyphMaterial*>(other);
    if (texture == glyphs->texture && fade == glyphs->fade) {
        return 0;
    }
    return this < other ? -1 : 1;
}

QSGGeometry* glyphGeometry(std::span<const GlyphInstance> glyphs) {
    QSGGeometry* geometry = quadGeometry(attributes(), glyphs.size());
    auto* vertex = static_cast<GlyphVertex*>(geometry->vertexData());
    for (const GlyphInstance& glyph : glyphs) {
        const ByteColour colour = byteColour(glyph.colour, glyph.opacity);
        for (const auto& [x, y] : kQuadCorners) {
            const auto along = [](double from, double length, float share) {
                return static_cast<float>(from + length * static_cast<double>(share));
            };
            vertex->position = {along(glyph.rect.x(), glyph.rect.width(), x), along(glyph.rect.y(), glyph.rect.height(), y)};
            vertex->texel = {along(glyph.texels.x(), glyph.texels.width(), x), along(glyph.texels.y(), glyph.texels.height(), y)};
            vertex->colour = colour;
            vertex->phase = glyph.fade;
            ++vertex;
        }
    }
    return geometry;
}

}  // namespace crystallite
