#pragma once

#include "engine/backend/tensor.h"
#include "engine/cpu/blas.h"
#include "engine/cpu/instruction_set.h"
#include "engine/cpu/tile_kernel.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

// Products by the tiles of tile_kernel.h. Weights are decoded into a tile, which stays in the first-level cache, and never stand in memory
// as floats: that is what makes a product of few rows as fast as one of many.

namespace crystallite {

/// Rows that are multiplied with at a time, as blocks of kLanes rows, [block, depth, lane]; lanes without a row are 0. Factors in BF16 lie
/// in pairs, [depth / 2, lane] words of 32 bits at the beginning of each block.
constexpr size_t packedFloats(uint32_t rows, uint32_t depth) {
    return (rows + size_t{kLanes} - 1) / kLanes * kLanes * depth;
}

/// One block of at most kLanes rows, transposed: out[d * kLanes + row] = rows[row][d] for d < depth.
void packRows(Factors factors, std::span<const float* const> rows, uint32_t depth, float* out);
/// The same of `count` rows that follow each other.
void packRows(Factors factors, FloatsIn rows, uint32_t count, uint32_t depth, float* out);

/// Floats that multiplyTile() needs for sums of that many rows: kTileRows for each lane of their blocks.
constexpr size_t sumFloats(uint32_t rows) {
    return (rows + size_t{2} * kLanes - 1) / (size_t{2} * kLanes) * 2 * kLanes * kTileRows;
}

/// The rows of weights that a tile is made of: at most kTileRows. None: nothing comes next.
struct WeightRows {
    const Tensor& weights;
    uint32_t first = 0;
    uint32_t count = 0;

    /// The tile that begins at row `first`, of rows that end before `end`.
    static WeightRows from(const Tensor& weights, uint32_t first, uint32_t end) {
        return {.weights = weights, .first = first, .count = first < end ? std::min(kTileRows, end - first) : 0};
    }
};

/// sums[block pair, feature, lane of the pair] = packed row . weights row, for all rows of `packed`. `tile` has room for kTileFloats. The
/// processor is told to fetch the rows of `next` meanwhile. `factors` as `packed` was made.
void multiplyTile(Factors factors, const WeightRows& weights, const WeightRows& next, const float* packed, uint32_t rows, float* tile,
                  float* sums);

/// out[row, feature] of the row-major `out`, whose first element is the tile's first, = the sums of multiplyTile().
void storeSums(const float* sums, uint32_t rows, uint32_t features, FloatsOut out);

/// multiply() by tiles; on the stack alone.
void multiplyByTiles(InstructionSet set, const Product& product);

}  // namespace crystallite
