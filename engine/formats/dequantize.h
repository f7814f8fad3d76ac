#pragma once

#include "engine/formats/weight_format.h"

#include <cstddef>

namespace crystallite {

/// out[0..elements) = the weights of a row in a format of blocks, each the f32 nearest to its exact value. `row` may be unaligned; elements
/// is a multiple of the block length.
///
/// Nearest, because every product of a scale and integers fits 24 bits and is exact; only subtracting a minimum or adding an offset rounds,
/// once, with or without fused multiply-add. MXFP4 may overflow to infinity or become subnormal.
void dequantizeRow(WeightFormat format, const std::byte* row, float* out, uint64_t elements);

}  // namespace crystallite
