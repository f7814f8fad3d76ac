#include "app/canvas/core_sample/core_material.h"

#include "app/canvas/quad_geometry.h"

#include <QSGMaterialShader>

#include <array>
#include <cstring>

namespace crystallite {

namespace {

constexpr float kShineReach = 0.045F;  // of the depth

struct CoreVertex {
    std::array<float, 3> corner;
    std::array<float, 4> local;  // along u and v, and the size
    std::array<float, 2> step;   // frame coordinate; 1: a face across time
    ByteColour colour;
    ByteColour edge;
    std::array<float, 1> pattern;
};

const QSGGeometry::AttributeSet& attributes() {
    static const std::array<QSGGeometry::Attribute, 6> kAttributes = {
        // Not a PositionAttribute: these are homogeneous, and Qt must not take their bounds.
        QSGGeometry::Attribute::createWithAttributeType(0, 3, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute),
        QSGGeometry::Attribute::createWithAttributeType(1, 4, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute),
        QSGGeometry::Attribute::createWithAttributeType(2, 2, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute),
        QSGGeometry::Attribute::createWithAttributeType(3, 4, QSGGeometry::UnsignedByteType, QSGGeometry::ColorAttribute),
        QSGGeometry::Attribute::createWithAttributeType(4, 4, QSGGeometry::UnsignedByteType, QSGGeometry::ColorAttribute),
        QSGGeometry::Attribute::createWithAttributeType(5, 1, QSGGeometry::FloatType, QSGGeometry::UnknownAttribute)};
    static const QSGGeometry::AttributeSet kSet = {static_cast<int>(kAttributes.size()), sizeof(CoreVertex), kAttributes.data()};
    return kSet;
}

/// Byte layout of the uniform block, std140.
struct CoreUniformBlock {
    std::array<float, 16> matrix;
    float opacity;
    float pixel;
    float litFrame;
    float shineReach;
    std::array<float, 4> shine;  // colour and strength
};

class CoreShader : public QSGMaterialShader {
public:
    CoreShader() {
        setShaderFileName(VertexStage, QStringLiteral(":/crystallite/view/core_face.vert.qsb"));
        setShaderFileName(FragmentStage, QStringLiteral(":/crystallite/view/core_face.frag.qsb"));
    }

    bool updateUniformData(RenderState& state, QSGMaterial* newMaterial, QSGMaterial*) override {
        const CoreUniforms& uniforms = static_cast<CoreMaterial*>(newMaterial)->uniforms;
        CoreUniformBlock block{};
        const QMatrix4x4 matrix = state.combinedMatrix();
        std::memcpy(block.matrix.data(), matrix.constData(), sizeof(block.matrix));
        block.opacity = state.opacity();
        block.pixel = uniforms.pixel;
        block.litFrame = uniforms.litFrame;
        block.shineReach = uniforms.shineReach;
        block.shine = {uniforms.shineColour.r, uniforms.shineColour.g, uniforms.shineColour.b, uniforms.shine};
        std::memcpy(state.uniformData()->data(), &block, sizeof(block));
        return true;
    }
};

}  // namespace

CoreUniforms coreUniforms(const Theme& theme, const CoreSpace& space, uint32_t litFrame, double devicePixelRatio) {
    return {.pixel = static_cast<float>(devicePixelRatio),
            .litFrame = static_cast<float>(litFrame) + 0.5F,
            .shineReach = kShineReach * space.planes,
            .shine = theme.dark ? 0.55F : 0.30F,
            .shineColour = theme.dark ? theme.text : theme.accent};
}

CoreMaterial::CoreMaterial() {
    setFlag(Blending);
    setFlag(NoBatching);  // the order of the geometry is the order in which it is drawn
}

QSGMaterialType* CoreMaterial::type() const {
    static QSGMaterialType kType;
    return &kType;
}

QSGMaterialShader* CoreMaterial::createShader(QSGRendererInterface::RenderMode) const {
    return new CoreShader;
}

int CoreMaterial::compare(const QSGMaterial* other) const {
    const CoreUniforms& theirs = static_cast<const CoreMaterial*>(other)->uniforms;
    return std::memcmp(&uniforms, &theirs, sizeof(uniforms));
}

QSGGeometry* coreGeometry(std::span<const CoreFace> faces) {
    QSGGeometry* geometry = quadGeometry(attributes(), faces.size());
    auto* vertex = static_cast<CoreVertex*>(geometry->vertexData());
    for (const CoreFace& face : faces) {
        CoreVertex shared{};
        shared.colour = byteColour(face.ink.colour, face.ink.opacity);
        shared.edge = byteColour(face.ink.edge, face.ink.edgeOpacity);
        shared.pattern = {static_cast<float>(face.ink.pattern)};
        const float across = face.frames.x == face.frames.y ? 1.0F : 0.0F;
        for (size_t i = 0; i < face.corners.size(); ++i) {
            const auto& [u, v] = kQuadCorners[i];
            *vertex = shared;
            vertex->corner = {face.corners[i].x, face.corners[i].y, face.corners[i].z};
            vertex->local = {u * face.size.x, v * face.size.y, face.size.x, face.size.y};
            vertex->step = {face.frames.x + u * (face.frames.y - face.frames.x), across};
            ++vertex;
        }
    }
    return geometry;
}

}  // namespace crystallite
