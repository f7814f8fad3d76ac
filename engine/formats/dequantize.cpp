#include "engine/formats/dequantize.h"

#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/formats/half.h"
#include "engine/formats/quantized_blocks.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace crystallite {
namespace {

/// Sixteen levels, four bytes to a word.
using PackedLevels = std::array<uint32_t, 4>;

constexpr PackedLevels packed(const std::array<int8_t, 16>& levels) {
    PackedLevels words{};
    for (uint32_t i = 0; i < 16; ++i) {
        words[i / 4] |= static_cast<uint32_t>(static_cast<uint8_t>(levels[i])) << (i % 4 * 8);
    }
    return words;
}

/// Values that IQ4_NL and IQ4_XS can choose from: closer together near zero, where most weights are.
constexpr PackedLevels kUnevenLevels = packed({-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113});

/// E2M1 numbers of the OCP Microscaling Formats 1.0, doubled to integers.
constexpr PackedLevels kDoubledE2M1 = packed({0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12});

/// `first` where bit `bit` of `quant` is 0, else `second`.
CRYSTALLITE_ALWAYS_INLINE uint32_t chosen(uint32_t quant, uint32_t bit, uint32_t first, uint32_t second) {
    const uint32_t mask = 0U - ((quant >> bit) & 1U);
    return first ^ ((first ^ second) & mask);
}

/// By masks and shifts, which become vector code; neither comparisons nor a table would.
CRYSTALLITE_ALWAYS_INLINE float levelOf(const PackedLevels& levels, uint32_t quant) {
    const uint32_t word = chosen(quant, 3, chosen(quant, 2, levels[0], levels[1]), chosen(quant, 2, levels[2], levels[3]));
    return static_cast<float>(static_cast<int32_t>(word << (24U - quant % 4U * 8U)) >> 24);
}

CRYSTALLITE_ALWAYS_INLINE float number(uint32_t value) {
    return static_cast<float>(static_cast<int32_t>(value));  // unsigned conversions are slower
}

// Small blocks keep weight i in the low nibble of byte i, and weight i + 16 in the high one.

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ80& block, float* out) {
    const float scale = expandHalf(block.scale);
    for (uint32_t i = 0; i < 32; ++i) {
        out[i] = scale * static_cast<float>(block.quants[i]);
    }
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ40& block, float* out) {
    const float scale = expandHalf(block.scale);
    for (uint32_t i = 0; i < 16; ++i) {
        out[i] = scale * (number(block.quants[i] & 15U) - 8.0F);
        out[i + 16] = scale * (number(block.quants[i] >> 4U) - 8.0F);
    }
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ41& block, float* out) {
    const float scale = expandHalf(block.scale);
    const float offset = expandHalf(block.offset);
    for (uint32_t i = 0; i < 16; ++i) {
        out[i] = scale * number(block.quants[i] & 15U) + offset;
        out[i + 16] = scale * number(block.quants[i] >> 4U) + offset;
    }
}

/// out[i] = the 5-bit quant of weight i.
template <typename Block>
CRYSTALLITE_ALWAYS_INLINE void decodeFiveBits(const Block& block, std::array<float, 32>& out) {
    const auto highBits = std::bit_cast<uint32_t>(block.highBits);
    for (uint32_t i = 0; i < 16; ++i) {
        out[i] = number((block.quants[i] & 15U) | ((highBits >> i) & 1U) << 4U);
        out[i + 16] = number((block.quants[i] >> 4U) | ((highBits >> (i + 16)) & 1U) << 4U);
    }
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ50& block, float* out) {
    const float scale = expandHalf(block.scale);
    std::array<float, 32> quants;
    decodeFiveBits(block, quants);
    for (uint32_t i = 0; i < 32; ++i) {
        out[i] = scale * (quants[i] - 16.0F);
    }
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ51& block, float* out) {
    const float scale = expandHalf(block.scale);
    const float offset = expandHalf(block.offset);
    std::array<float, 32> quants;
    decodeFiveBits(block, quants);
    for (uint32_t i = 0; i < 32; ++i) {
        out[i] = scale * quants[i] + offset;
    }
}

// Q2_K, Q3_K and Q6_K: half h, 0..1, quarter k of it, 0..3, sixteen t of that, 0..1, has scale 8h + 2k + t; its weights are in bytes
// 32h + 16t + i.

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ2K& block, float* out) {
    const float scale = expandHalf(block.scale);
    const float minimum = expandHalf(block.minimum);
    for (uint32_t sub = 0; sub < 16; ++sub) {
        const uint32_t first = sub / 8 * 32 + sub % 2 * 16;
        const uint32_t shift = sub % 8 / 2 * 2;
        const float subScale = scale * number(block.scales[sub] & 15U);
        const float subMinimum = minimum * number(block.scales[sub] >> 4U);
        for (uint32_t i = 0; i < 16; ++i) {
            out[sub * 16 + i] = subScale * number((block.quants[first + i] >> shift) & 3U) - subMinimum;
        }
    }
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ3K& block, float* out) {
    const float scale = expandHalf(block.scale);
    for (uint32_t sub = 0; sub < 16; ++sub) {
        const uint32_t first = sub / 8 * 32 + sub % 2 * 16;
        const uint32_t shift = sub % 8 / 2 * 2;
        const uint32_t lowBits = (block.scales[sub % 8] >> (sub / 8 * 4)) & 15U;
        const uint32_t highBits = (block.scales[8 + sub % 4] >> (sub / 4 * 2)) & 3U;
        const float subScale = scale * (number(lowBits | highBits << 4U) - 32.0F);
        for (uint32_t i = 0; i < 16; ++i) {
            const uint32_t low = (block.quants[first + i] >> shift) & 3U;
            const uint32_t high = (block.highBits[sub % 2 * 16 + i] >> (sub / 2)) & 1U;
            out[sub * 16 + i] = subScale * (number(low | high << 2U) - 4.0F);
        }
    }
}

// Q4_K and Q5_K: bytes 32c..32c+31 hold sub-block 2c in their low nibbles and 2c + 1 in the high ones.

struct SubGrids {
    std::array<float, 8> scales;
    std::array<float, 8> minima;
};

/// Before the loops over weights: their branches would keep those from becoming vector code.
template <typename Block>
CRYSTALLITE_ALWAYS_INLINE SubGrids subGridsOf(const Block& block) {
    const float scale = expandHalf(block.scale);
    const float minimum = expandHalf(block.minimum);
    SubGrids grids;
    for (uint32_t sub = 0; sub < 8; ++sub) {
        grids.scales[sub] = scale * number(subScaleOf(block.scales, sub));
        grids.minima[sub] = minimum * number(subMinimumOf(block.scales, sub));
    }
    return grids;
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ4K& block, float* out) {
    const SubGrids grids = subGridsOf(block);
    for (uint32_t sub = 0; sub < 8; ++sub) {
        for (uint32_t i = 0; i < 32; ++i) {
            const uint32_t quant = (block.quants[sub / 2 * 32 + i] >> (sub % 2 * 4)) & 15U;
            out[sub * 32 + i] = grids.scales[sub] * number(quant) - grids.minima[sub];
        }
    }
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ5K& block, float* out) {
    const SubGrids grids = subGridsOf(block);
    for (uint32_t sub = 0; sub < 8; ++sub) {
        for (uint32_t i = 0; i < 32; ++i) {
            const uint32_t low = (block.quants[sub / 2 * 32 + i] >> (sub % 2 * 4)) & 15U;
            const uint32_t high = (block.highBits[i] >> sub) & 1U;
            out[sub * 32 + i] = grids.scales[sub] * number(low | high << 4U) - grids.minima[sub];
        }
    }
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockQ6K& block, float* out) {
    const float scale = expandHalf(block.scale);
    for (uint32_t sub = 0; sub < 16; ++sub) {
        const uint32_t quarter = sub % 8 / 2;
        const uint32_t low = sub / 8 * 64 + quarter % 2 * 32 + sub % 2 * 16;
        const uint32_t high = sub / 8 * 32 + sub % 2 * 16;
        const float subScale = scale * static_cast<float>(block.scales[sub]);
        for (uint32_t i = 0; i < 16; ++i) {
            const uint32_t lowBits = (block.lowBits[low + i] >> (quarter / 2 * 4)) & 15U;
            const uint32_t highBits = (block.highBits[high + i] >> (quarter * 2)) & 3U;
            out[sub * 16 + i] = subScale * (number(lowBits | highBits << 4U) - 32.0F);
        }
    }
}

CRYSTALLITE_ALWAYS_INLINE void decodeLevels(const uint8_t* quants, const PackedLevels& levels, float scale, float* out) {
    for (uint32_t i = 0; i < 16; ++i) {
        out[i] = scale * levelOf(levels, quants[i] & 15U);
        out[i + 16] = scale * levelOf(levels, quants[i] >> 4U);
    }
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockIQ4NL& block, float* out) {
    decodeLevels(block.quants.data(), kUnevenLevels, expandHalf(block.scale), out);
}

CRYSTALLITE_ALWAYS_INLINE void decode(const BlockIQ4XS& block, float* out) {
    const float scale = expandHalf(block.scale);
    for (uint32_t sub = 0; sub < 8; ++sub) {
        const uint32_t low = (block.scalesLow[sub / 2] >> (sub % 2 * 4)) & 15U;
        const uint32_t high = (uint32_t{block.scalesHigh} >> (sub * 2)) & 3U;
        const float subScale = scale * (number(low | high << 4U) - 32.0F);
        decodeLevels(block.quants.data() + size_t{sub} * 16, kUnevenLevels, subScale, out + size_t{sub} * 32);
    }
}

/// 255 is a NaN in the Microscaling standard; GGUF's reference goes on counting, and so does this.
CRYSTALLITE_ALWAYS_INLINE void decode(const BlockMXFP4& block, float* out) {
    // 2^(exponent - 128), the half of the scale: the levels are doubled. The two smallest are subnormal.
    constexpr uint32_t kSmallest = 1U << 21U;
    const uint32_t exponent = block.exponent;
    const auto halfScale = std::bit_cast<float>(exponent < 2 ? kSmallest << exponent : (exponent - 1) << 23U);
    decodeLevels(block.quants.data(), kDoubledE2M1, halfScale, out);
}

/// A copy, because blocks lie at odd places. The arrays of a small block are copied by themselves: each is read whole, and processors
/// cannot forward such a read from a copy whose words end elsewhere.
template <typename Block>
CRYSTALLITE_ALWAYS_INLINE void copyBlock(const std::byte* from, Block& block) {
    if constexpr (Block::kWeights == kBlockWeights) {
        constexpr size_t kQuants = offsetof(Block, quants);
        static_assert(kQuants + sizeof(Block::quants) == sizeof(Block));
        if constexpr (requires { block.highBits; }) {
            constexpr size_t kHighBits = offsetof(Block, highBits);
            std::memcpy(&block, from, kHighBits);
            std::memcpy(&block.highBits, from + kHighBits, sizeof(Block::highBits));
        } else {
            std::memcpy(&block, from, kQuants);
        }
        std::memcpy(&block.quants, from + kQuants, sizeof(Block::quants));
    } else {
        std::memcpy(&block, from, sizeof(Block));
    }
}

template <typename Block>
CRYSTALLITE_ALWAYS_INLINE void decodeBlocks(const std::byte* row, float* out, uint64_t elements) {
    for (uint64_t first = 0; first < elements; first += Block::kWeights) {
        Block block;
        copyBlock(row + first / Block::kWeights * sizeof(Block), block);
        decode(block, out + first);
    }
}

CRYSTALLITE_VECTORIZE void decodeRow(WeightFormat format, const std::byte* row, float* out, uint64_t elements) {
    switch (format) {
        case WeightFormat::F32:
        case WeightFormat::F16:
        case WeightFormat::BF16: break;
        case WeightFormat::Q8_0: return decodeBlocks<BlockQ80>(row, out, elements);
        case WeightFormat::Q4_0: return decodeBlocks<BlockQ40>(row, out, elements);
        case WeightFormat::Q4_1: return decodeBlocks<BlockQ41>(row, out, elements);
        case WeightFormat::Q5_0: return decodeBlocks<BlockQ50>(row, out, elements);
        case WeightFormat::Q5_1: return decodeBlocks<BlockQ51>(row, out, elements);
        case WeightFormat::Q2_K: return decodeBlocks<BlockQ2K>(row, out, elements);
        case WeightFormat::Q3_K: return decodeBlocks<BlockQ3K>(row, out, elements);
        case WeightFormat::Q4_K: return decodeBlocks<BlockQ4K>(row, out, elements);
        case WeightFormat::Q5_K: return decodeBlocks<BlockQ5K>(row, out, elements);
        case WeightFormat::Q6_K: return decodeBlocks<BlockQ6K>(row, out, elements);
        case WeightFormat::IQ4_NL: return decodeBlocks<BlockIQ4NL>(row, out, elements);
        case WeightFormat::IQ4_XS: return decodeBlocks<BlockIQ4XS>(row, out, elements);
        case WeightFormat::MXFP4: return decodeBlocks<BlockMXFP4>(row, out, elements);
    }
    ENGINE_ASSERT(false);
}

}  // namespace

void dequantizeRow(WeightFormat format, const std::byte* row, float* out, uint64_t elements) {
    ENGINE_ASSERT(elements % layoutOf(format).elementsPerBlock == 0);
    decodeRow(format, row, out, elements);
}

}  // namespace crystallite
