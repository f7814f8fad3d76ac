#pragma once

#include "tests/support/matrix.h"

#include <span>

namespace crystallite {

/// Weight `i` of one block, exactly: read bit by bit from the description of the format, in double precision. Shares nothing with the
/// engine.
double exactWeight(WeightFormat format, std::span<const std::byte> block, uint32_t i);

/// The distance between neighbouring values that weight `i` of a block could have; for the formats that can be written.
double exactStep(WeightFormat format, std::span<const std::byte> block, uint32_t i);

/// The weights of a matrix in a format of blocks, each rounded once to the nearest f32.
FloatMatrix nearestWeights(const StoredMatrix& stored);

enum class BlockScales {
    Moderate,   ///< 2^-9 to 2^-2 and their negatives: sums of products stay far from the limits of f32
    AnyFinite,  ///< every finite half, of either sign; the first blocks have the largest, the smallest and zero
};

/// Random bits in all quants and inner scales, the same on every machine. `columns` is a multiple of the block length.
StoredMatrix randomBlocks(WeightFormat format, uint32_t rows, uint32_t columns, uint32_t seed, BlockScales scales = BlockScales::Moderate);

}  // namespace crystallite
