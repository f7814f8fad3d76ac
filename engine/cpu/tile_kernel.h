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

/// Terms of a tile in BF16 lie in pairs, the earlier one in the lower half of 32 bits.
inline constexpr uint32_t kTilePairs = kTileDepth / 2;
/// From row to row of such a tile.
inline constexpr uint32_t kPairStride = kTilePairs + 16;

/// The same with pairs of BF16: sums[row, block, lane] += tile pair . lanes pair for p < pairs <= kTilePairs, from row to row of the tile
/// kPairStride, lanes[block][p * kLanes + lane]. Both terms of a pair are added to the sum one after the other in F32; the order within
/// the pair is the processor's. Subnormal factors count as 0. Needs multipliesBf16().
void addTileBf16(const uint32_t* tile, const uint32_t* const* lanes, uint32_t blocks, uint32_t pairs, float* sums,
                 const TileBytes& next = {});

/// out[i] = BF16 of x[i], nearest, ties to even, for i < count; a last odd one is followed by a 0. Needs multipliesBf16().
void roundToBf16(const float* x, uint32_t count, uint16_t* out);

}  // namespace crystallite
