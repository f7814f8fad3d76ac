#pragma once

#include "app/theme.h"

#include <QSGGeometry>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace crystallite {

using ByteColour = std::array<uint8_t, 4>;

/// sRGB with straight alpha, rounded to bytes.
[[nodiscard]] ByteColour byteColour(const Colour& colour, float opacity);

/// Upper left, lower left, upper right, lower right: the order of vertices in quadGeometry().
inline constexpr std::array<std::pair<float, float>, 4> kQuadCorners = {{{0, 0}, {0, 1}, {1, 0}, {1, 1}}};

/// `count` quads of two triangles each, vertices not yet written. 32-bit indices: a canvas may have more than 16,384 glyphs.
[[nodiscard]] QSGGeometry* quadGeometry(const QSGGeometry::AttributeSet& attributes, size_t count);

}  // namespace crystallite
