#include "app/canvas/quad_geometry.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

ByteColour byteColour(const Colour& colour, float opacity) {
    const auto byte = [](float value) { return static_cast<uint8_t>(std::lround(std::clamp(value, 0.0F, 1.0F) * 255.0F)); };
    return {byte(colour.r), byte(colour.g), byte(colour.b), byte(opacity)};
}

QSGGeometry* quadGeometry(const QSGGeometry::AttributeSet& attributes, size_t count) {
    auto* geometry = new QSGGeometry(attributes, static_cast<int>(4 * count), static_cast<int>(6 * count), QSGGeometry::UnsignedIntType);
    geometry->setDrawingMode(QSGGeometry::DrawTriangles);
    uint32_t* index = geometry->indexDataAsUInt();
    for (uint32_t quad = 0; quad < count; ++quad) {
        for (const uint32_t corner : {0U, 1U, 2U, 2U, 1U, 3U}) {
            *index++ = 4 * quad + corner;
        }
    }
    return geometry;
}

}  // namespace crystallite
