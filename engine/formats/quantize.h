#pragma once

#include "engine/base/result.h"
#include "engine/formats/weight_format.h"

#include <cstddef>
#include <span>

namespace crystallite {

/// Whether quantizeRow() can write `format`: Q8_0, Q4_0, Q4_K and Q6_K.
bool canQuantize(WeightFormat format);

/// Largest magnitude of a weight that can be quantised: that of a half, which the scales are.
inline constexpr float kLargestQuantizedWeight = 65504.0F;

/// Rounds a row of weights to blocks. A format's step is the distance between neighbouring values of a block (or sub-block). No weight
/// moves by more than one step; in Q8_0 by half a step. Within that bound the grid of least squared error, of a handful, is taken, so that
/// a few outliers may be clipped where that helps the many.
///
/// `weights` is a whole number of blocks and `out` has rowBytes(format, weights.size()) bytes. Corrupt, with the index of the weight, when
/// one is not a number or beyond kLargestQuantizedWeight; then `out` is undefined. Unsupported for formats that cannot be written.
Result<void> quantizeRow(WeightFormat format, std::span<const float> weights, std::span<std::byte> out);

}  // namespace crystallite
