#include "app/canvas/cell_material.h"

#include "app/canvas/quad_geometry.h"

#include <QSGMaterialShader>

#include <array>
#include <cstring>

namespace crystallite {

namespace {

/// Logical pixels around a facet that its quad covers, see cell.frag. Every pixel of a quad is computed, on a software rasteriser dearly.
struct Reach {
    float sides = 3.0F;  // the edge is smooth over one device pixel, which is more than a logical one inside the core sample
    float above = 3.0F;
    float below = 3.0F;
};

Reach reachOf(const CellInstance& cell) {
    if (cell.snap > 0.0F || cell.light > 0.0F) {
        return {.sides = 10.0F, .above = 10.0F, .below = 10.0F};  // the glow is below a fiftieth there
    }
    // A shadow ends 6 px from a box that lies 3.5 px lower and is 2.5 and 0.5 px smaller.
    return cell.relief > 0.0F ? Reach{.sides = 4.0F, .above = 3.0F, .below = 9.5F} : Reach{};
}

struct CellVertex {
    std::array<float, 2> position;
    std::array<float, 4> local;
    std::array<float, 4> style;
    std::array<float, 4> light;
    std::array<float, 8> fractures;
    ByteColour fill;
    ByteColour previousFill;
    ByteColour outline;
    ByteColour notch;
    std::array<float, 2> face;
};

const QSGGeometry::AttributeSet& attributes() {
    static const std::array<QSGGeometry::Attribute, 11> kAttributes = {
        QSGGeometry::Attribute::createWithAttributeType(0, 2, QSGGeometry::FloatType, QSGGeometry::PositionAttribute),
        QSGGeometry::Attribute::createWithAttributeType(1, 4, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute),
        QSGGeometry::Attribute::createWithAttributeType(2, 4, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute),
        QSGGeometry::Attribute::createWithAttributeType(3, 4, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute),
        QSGGeometry::Attribute::createWithAttributeType(4, 4, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute),
        QSGGeometry::Attribute::createWithAttributeType(5, 4, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute),
        QSGGeometry::Attribute::createWithAttributeType(6, 4, QSGGeometry::UnsignedByteType, QSGGeometry::ColorAttribute),
        QSGGeometry::Attribute::createWithAttributeType(8, 4, QSGGeometry::UnsignedByteType, QSGGeometry::ColorAttribute),
        QSGGeometry::Attribute::createWithAttributeType(9, 4, QSGGeometry::UnsignedByteType, QSGGeometry::ColorAttribute),
        QSGGeometry::Attribute::createWithAttributeType(10, 4, QSGGeometry::UnsignedByteType, QSGGeometry::ColorAttribute),
        QSGGeometry::Attribute::createWithAttributeType(11, 2, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute)};
    static const QSGGeometry::AttributeSet kSet = {static_cast<int>(kAttributes.size()), sizeof(CellVertex), kAttributes.data()};
    return kSet;
}

/// Byte layout of the uniform block, std140.
struct CellBlock {
    std::array<float, 16> matrix;
    float opacity;
    float snap;
    float fade;
    float pixel;
    std::array<float, 4> snapColour;
    float shadow;
    float highlight;
    std::array<float, 2> unused;
    std::array<float, 4> lightColour;
    float lightPeak;
};

class CellShader : public QSGMaterialShader {
public:
    CellShader() {
        setShaderFileName(VertexStage, QStringLiteral(":/crystallite/view/cell.vert.qsb"));
        setShaderFileName(FragmentStage, QStringLiteral(":/crystallite/view/cell.frag.qsb"));
    }

    bool updateUniformData(RenderState& state, QSGMaterial* newMaterial, QSGMaterial*) override {
        const CellUniforms& uniforms = static_cast<CellMaterial*>(newMaterial)->uniforms;
        CellBlock block{};
        const QMatrix4x4 matrix = state.combinedMatrix();
        std::memcpy(block.matrix.data(), matrix.constData(), sizeof(block.matrix));
        block.opacity = state.opacity();
        block.snap = uniforms.snap;
        block.fade = uniforms.fade;
        block.pixel = uniforms.pixel;
        block.snapColour = {uniforms.snapColour.r, uniforms.snapColour.g, uniforms.snapColour.b, 1.0F};
        block.shadow = uniforms.shadow;
        block.highlight = uniforms.highlight;
        block.lightColour = {uniforms.lightColour.r, uniforms.lightColour.g, uniforms.lightColour.b, 1.0F};
        block.lightPeak = kLightPeak;
        std::memcpy(state.uniformData()->data(), &block, sizeof(block));
        return true;
    }
};

}  // namespace

CellUniforms cellUniforms(const Theme& theme, double devicePixelRatio) {
    CellUniforms uniforms;
    uniforms.pixel = static_cast<float>(1.0 / devicePixelRatio);
    uniforms.snapColour = theme.committed;
    uniforms.shadow = theme.dark ? 0.55F : 0.13F;
    uniforms.highlight = theme.dark ? 0.20F : 0.75F;
    uniforms.lightColour = theme.accent;
    return uniforms;
}

CellMaterial::CellMaterial() {
    setFlag(Blending);
}

QSGMaterialType* CellMaterial::type() const {
    static QSGMaterialType kType;
    return &kType;
}

QSGMaterialShader* CellMaterial::createShader(QSGRendererInterface::RenderMode) const {
    return new CellShader;
}

int CellMaterial::compare(const QSGMaterial* other) const {
    const CellUniforms& theirs = static_cast<const CellMaterial*>(other)->uniforms;
    return std::memcmp(&uniforms, &theirs, sizeof(uniforms));
}

QSGGeometry* cellGeometry(std::span<const CellInstance> cells, const Theme& theme) {
    QSGGeometry* geometry = quadGeometry(attributes(), cells.size());
    auto* vertex = static_cast<CellVertex*>(geometry->vertexData());
    for (const CellInstance& cell : cells) {
        CellVertex shared{};
        const auto halfWidth = static_cast<float>(cell.rect.width() / 2.0);
        const auto halfHeight = static_cast<float>(cell.rect.height() / 2.0);
        shared.style = {cell.radius, cell.outlineWidth, cell.dash, cell.notch};
        shared.light = {cell.relief, cell.snap, static_cast<float>(cell.fractureCount), cell.otherFrom};
        shared.fractures = cell.fractures;
        shared.fill = byteColour(cell.fill, cell.fillOpacity);
        shared.previousFill = byteColour(cell.previousFill, cell.fillOpacity);
        shared.outline = byteColour(cell.outline, cell.outlineOpacity);
        shared.face = {cell.gloss, cell.light};
        shared.notch = byteColour(cell.snap > 0.0F ? theme.committed : theme.guess, cell.notch > 0.0F ? kNotchOpacity : 0.0F);
        const Reach reach = reachOf(cell);
        for (const auto& [x, y] : kQuadCorners) {
            const float px = (2.0F * x - 1.0F) * (halfWidth + reach.sides);
            const float py = y > 0.0F ? halfHeight + reach.below : -halfHeight - reach.above;
            *vertex = shared;
            vertex->position = {static_cast<float>(cell.rect.center().x()) + px, static_cast<float>(cell.rect.center().y()) + py};
            vertex->local = {px, py, halfWidth, halfHeight};
            ++vertex;
        }
    }
    return geometry;
}

}  // namespace crystallite
