#include "engine/cpu/tile_kernel.h"

#include "engine/base/assert.h"
#include "engine/base/vectorize.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

#ifdef CRYSTALLITE_HAVE_TILE_KERNELS
#include <immintrin.h>
#endif

// Loops over registers must be gone before the compiler gives the sums their registers.
#if defined(__clang__)
#define CRYSTALLITE_UNROLL _Pragma("unroll")
#elif defined(__GNUC__)
#define CRYSTALLITE_UNROLL _Pragma("GCC unroll 16")
#endif

namespace crystallite {

#ifdef CRYSTALLITE_HAVE_TILE_KERNELS
namespace {

using Floats8 [[gnu::vector_size(32)]] = float;
using Floats16 [[gnu::vector_size(64)]] = float;

constexpr uint64_t kLineBytes = 64;
/// Terms from one line of the next tile's rows to their next: all of them are asked for within the depth of a tile, whatever their format.
constexpr uint32_t kTermsPerLine = kLineBytes / sizeof(float);
constexpr uint32_t kPairsPerLine = kTermsPerLine / 2;

CRYSTALLITE_ALWAYS_INLINE void fetchLine(const TileBytes& next, uint64_t offset) {
    if (offset < next.bytes) {
        for (const std::byte* const row : next.rows) {
            __builtin_prefetch(row + offset, 0, 2);
        }
    }
}

/// `Vectors` registers of lanes, of which `kPerBlock` make a block, times `kRows` rows.
template <typename Vector, uint32_t kPerBlock, uint32_t kBlocks, uint32_t kRows>
CRYSTALLITE_ALWAYS_INLINE void addRows(const float* tile, const float* const* lanes, uint32_t depth, float* sums, const TileBytes& next) {
    constexpr uint32_t kVectors = kPerBlock * kBlocks;
    constexpr uint32_t kWidth = kLanes / kPerBlock;
    Vector total[kRows][kVectors] = {};
    for (uint32_t begin = 0; begin < depth; begin += kTermsPerLine) {
        fetchLine(next, uint64_t{begin} * sizeof(float));
        const uint32_t end = std::min(depth, begin + kTermsPerLine);
        for (uint32_t d = begin; d < end; ++d) {
            Vector x[kVectors];
            CRYSTALLITE_UNROLL
            for (uint32_t v = 0; v < kVectors; ++v) {
                std::memcpy(&x[v], lanes[v / kPerBlock] + size_t{d} * kLanes + v % kPerBlock * kWidth, sizeof(Vector));
            }
            CRYSTALLITE_UNROLL
            for (uint32_t row = 0; row < kRows; ++row) {
                const float number = tile[row * kTileStride + d];
                CRYSTALLITE_UNROLL
                for (uint32_t v = 0; v < kVectors; ++v) {
                    total[row][v] += number * x[v];
                }
            }
        }
    }
    CRYSTALLITE_UNROLL
    for (uint32_t row = 0; row < kRows; ++row) {
        CRYSTALLITE_UNROLL
        for (uint32_t v = 0; v < kVectors; ++v) {
            float* const out = sums + row * 2 * kLanes + v * kWidth;
            Vector sum;
            std::memcpy(&sum, out, sizeof sum);
            sum += total[row][v];
            std::memcpy(out, &sum, sizeof sum);
        }
    }
}

[[gnu::target("avx512f")]] void addTileAvx512(const float* tile, const float* const* lanes, uint32_t blocks, uint32_t depth, float* sums,
                                              const TileBytes& next) {
    if (blocks == 2) {
        addRows<Floats16, 1, 2, kTileRows>(tile, lanes, depth, sums, next);
    } else {
        addRows<Floats16, 1, 1, kTileRows>(tile, lanes, depth, sums, next);
    }
}

/// Sixteen registers: half the rows and one block at a time.
[[gnu::target("avx2,fma")]] void addTileAvx2(const float* tile, const float* const* lanes, uint32_t blocks, uint32_t depth, float* sums,
                                             const TileBytes& next) {
    constexpr uint32_t kRows = kTileRows / 2;
    for (uint32_t block = 0; block < blocks; ++block) {
        for (uint32_t row = 0; row < kTileRows; row += kRows) {
            addRows<Floats8, 2, 1, kRows>(tile + row * kTileStride, lanes + block, depth, sums + row * 2 * kLanes + block * kLanes,
                                          block == 0 && row == 0 ? next : TileBytes{});
        }
    }
}

}  // namespace

void addTile(InstructionSet set, const float* tile, const float* const* lanes, uint32_t blocks, uint32_t depth, float* sums,
             const TileBytes& next) {
    ENGINE_ASSERT(depth <= kTileDepth && blocks >= 1 && blocks <= 2 && set != InstructionSet::Portable);
    (set == InstructionSet::Avx512 ? addTileAvx512 : addTileAvx2)(tile, lanes, blocks, depth, sums, next);
}

namespace {

template <uint32_t kBlocks>
[[gnu::target("avx512f,avx512bf16")]] void addPairs(const uint32_t* tile, const uint32_t* const* lanes, uint32_t pairs, float* sums,
                                                    const TileBytes& next) {
    __m512 total[kTileRows][kBlocks] = {};
    for (uint32_t begin = 0; begin < pairs; begin += kPairsPerLine) {
        fetchLine(next, uint64_t{begin} * (kLineBytes / kPairsPerLine));
        const uint32_t end = std::min(pairs, begin + kPairsPerLine);
        for (uint32_t pair = begin; pair < end; ++pair) {
            __m512i x[kBlocks];
            CRYSTALLITE_UNROLL
            for (uint32_t block = 0; block < kBlocks; ++block) {
                x[block] = _mm512_loadu_si512(lanes[block] + size_t{pair} * kLanes);
            }
            CRYSTALLITE_UNROLL
            for (uint32_t row = 0; row < kTileRows; ++row) {
                const __m512i number = _mm512_set1_epi32(static_cast<int>(tile[row * kPairStride + pair]));
                CRYSTALLITE_UNROLL
                for (uint32_t block = 0; block < kBlocks; ++block) {
                    total[row][block] =
                        _mm512_dpbf16_ps(total[row][block], reinterpret_cast<__m512bh>(x[block]), reinterpret_cast<__m512bh>(number));
                }
            }
        }
    }
    CRYSTALLITE_UNROLL
    for (uint32_t row = 0; row < kTileRows; ++row) {
        CRYSTALLITE_UNROLL
        for (uint32_t block = 0; block < kBlocks; ++block) {
            float* const out = sums + (row * 2 + block) * kLanes;
            _mm512_storeu_ps(out, _mm512_loadu_ps(out) + total[row][block]);
        }
    }
}

}  // namespace

void addTileBf16(const uint32_t* tile, const uint32_t* const* lanes, uint32_t blocks, uint32_t pairs, float* sums, const TileBytes& next) {
    ENGINE_ASSERT(pairs <= kTilePairs && blocks >= 1 && blocks <= 2);
    (blocks == 2 ? addPairs<2> : addPairs<1>)(tile, lanes, pairs, sums, next);
}

[[gnu::target("avx512f,avx512bf16,avx512bw,avx512vl")]] void roundToBf16(const float* x, uint32_t count, uint16_t* out) {
    for (uint32_t i = 0; i < count; i += kLanes) {
        const uint32_t some = std::min(kLanes, count - i);
        const auto read = static_cast<__mmask16>((1U << some) - 1);
        const auto written = static_cast<__mmask16>((1U << (some + some % 2)) - 1);
        const __m256bh rounded = _mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(read, x + i));
        _mm256_mask_storeu_epi16(out + i, written, reinterpret_cast<__m256i>(rounded));
    }
}
#else
void addTileBf16(const uint32_t* /*tile*/, const uint32_t* const* /*lanes*/, uint32_t /*blocks*/, uint32_t /*pairs*/, float* /*sums*/,
                 const TileBytes& /*next*/) {
    ENGINE_ASSERT(false);  // multipliesBf16() says no
}

void roundToBf16(const float* /*x*/, uint32_t /*count*/, uint16_t* /*out*/) {
    ENGINE_ASSERT(false);
}

void addTile(InstructionSet /*set*/, const float* /*tile*/, const float* const* /*lanes*/, uint32_t /*blocks*/, uint32_t /*depth*/,
             float* /*sums*/, const TileBytes& /*next*/) {
    ENGINE_ASSERT(false);  // nothing but Portable is ever chosen
}
#endif

}  // namespace crystallite
