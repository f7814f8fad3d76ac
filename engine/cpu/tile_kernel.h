#pragma once

#include "engine/cpu/instruction_set.h"

#include <cstddef>
#include <cstdint>
#include <span>

#if defined(__GNUC__) && defined(__x86_64__)
#define CRYSTALLITE_HAVE_TILE_KERNELS
#endif

namespace crystallite {

/// Numbers that lie side by side, in one register or two: rows of x.
inline constexpr uint32_t kLanes = 16;
/// Vectors of another matrix that a tile multiplies them with, one number of each at a time: rows of weights. Twelve, because twice as many
/// sums, two registers of lanes and the number fill the 32 registers of AVX-512.
inline constexpr uint32_t kTileRows = 12;
/// Terms of the sums of one tile at most: two blocks of lanes and the rows of the tile fit the first-level cache together with their
/// neighbours in the second. A multiple of every weight format's block.
inline constexpr uint32_t kTileDepth = 512;
/// From row to row of a tile: not a power of two, which would put all rows into the same few sets of the cache.
inline constexpr uint32_t kTileStride = kTileDepth + 16;
/// Floats of a tile.
inline constexpr uint32_t kTileFloats = kTileRows * kTileStride;

/// Bytes that a tile will be made of later, `bytes` from each of the places.
struct TileBytes {
    std::span<const std::byte* const> rows;
    uint64_t bytes = 0;
};

/// sums[row, block, lane] += sum_d tile[row * kTileStride + d] * lanes[block][d * kLanes + lane] for kTileRows rows, `blocks` (1 or 2)
/// blocks and d < depth <= kTileDepth. From row to row of the sums it is 2 * kLanes. Every sum starts from 0 and adds its terms in rising
/// order of d, fused. `set` is one that this processor has, and not Portable.
/// Meanwhile the processor is told to fetch `next`, a line at a time: all at once they would fill its list of lines on their way, and it
/// would stand still until that is empty again. What comes next is too short for it to notice by itself that rows follow each other.
void addTile(InstructionSet set, const float* tile, const float* const* lanes, uint32_t blocks, uint32_t depth, float* sums,
             const TileBytes& next = {});

}  // namespace crystallite
