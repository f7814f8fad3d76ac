#pragma once

#include <array>
#include <cstdint>

namespace crystallite {

// The blocks of GGUF's quantised formats, byte for byte (ggml, ggml-common.h). Scales and minima are IEEE halves; what the fields mean is
// written at the formulas in dequantize.cpp. No field needs more than the alignment of a half, so that nothing is padded.

inline constexpr uint32_t kBlockWeights = 32;
inline constexpr uint32_t kSuperBlockWeights = 256;

struct BlockQ80 {
    static constexpr uint32_t kWeights = kBlockWeights;
    uint16_t scale;
    std::array<int8_t, 32> quants;
};

struct BlockQ40 {
    static constexpr uint32_t kWeights = kBlockWeights;
    uint16_t scale;
    std::array<uint8_t, 16> quants;
};

struct BlockQ41 {
    static constexpr uint32_t kWeights = kBlockWeights;
    uint16_t scale;
    uint16_t offset;
    std::array<uint8_t, 16> quants;
};

struct BlockQ50 {
    static constexpr uint32_t kWeights = kBlockWeights;
    uint16_t scale;
    std::array<uint8_t, 4> highBits;  ///< one bit per weight
    std::array<uint8_t, 16> quants;
};

struct BlockQ51 {
    static constexpr uint32_t kWeights = kBlockWeights;
    uint16_t scale;
    uint16_t offset;
    std::array<uint8_t, 4> highBits;
    std::array<uint8_t, 16> quants;
};

struct BlockQ2K {
    static constexpr uint32_t kWeights = kSuperBlockWeights;
    std::array<uint8_t, 16> scales;  ///< per 16 weights: scale in the low nibble, minimum in the high one
    std::array<uint8_t, 64> quants;
    uint16_t scale;
    uint16_t minimum;
};

struct BlockQ3K {
    static constexpr uint32_t kWeights = kSuperBlockWeights;
    std::array<uint8_t, 32> highBits;
    std::array<uint8_t, 64> quants;
    std::array<uint8_t, 12> scales;  ///< 16 scales of 6 bits: the low nibbles in 8 bytes, the upper two bits in 4
    uint16_t scale;
};

struct BlockQ4K {
    static constexpr uint32_t kWeights = kSuperBlockWeights;
    uint16_t scale;
    uint16_t minimum;
    std::array<uint8_t, 12> scales;  ///< 8 scales and 8 minima of 6 bits, see subScaleOf() and subMinimumOf()
    std::array<uint8_t, 128> quants;
};

struct BlockQ5K {
    static constexpr uint32_t kWeights = kSuperBlockWeights;
    uint16_t scale;
    uint16_t minimum;
    std::array<uint8_t, 12> scales;
    std::array<uint8_t, 32> highBits;
    std::array<uint8_t, 128> quants;
};

struct BlockQ6K {
    static constexpr uint32_t kWeights = kSuperBlockWeights;
    std::array<uint8_t, 128> lowBits;  ///< 4 bits per weight
    std::array<uint8_t, 64> highBits;  ///< 2 bits per weight
    std::array<int8_t, 16> scales;     ///< per 16 weights
    uint16_t scale;
};

struct BlockIQ4NL {
    static constexpr uint32_t kWeights = kBlockWeights;
    uint16_t scale;
    std::array<uint8_t, 16> quants;
};

struct BlockIQ4XS {
    static constexpr uint32_t kWeights = kSuperBlockWeights;
    uint16_t scale;
    uint16_t scalesHigh;               ///< per 32 weights the upper two bits of a scale of 6
    std::array<uint8_t, 4> scalesLow;  ///< and the lower four
    std::array<uint8_t, 128> quants;
};

struct BlockMXFP4 {
    static constexpr uint32_t kWeights = kBlockWeights;
    uint8_t exponent;  ///< E8M0: 2^(exponent - 127)
    std::array<uint8_t, 16> quants;
};

/// The 6-bit scale of sub-block `s`, 0..7, of a Q4_K or Q5_K block. The first four lie in the low bits of their own bytes, the others in
/// the low nibbles of the last four bytes and the upper bits of the first four.
constexpr uint32_t subScaleOf(const std::array<uint8_t, 12>& scales, uint32_t s) {
    return s < 4 ? scales[s] & 63U : (scales[s + 4] & 15U) | (scales[s - 4] & 0xc0U) >> 2U;
}

constexpr uint32_t subMinimumOf(const std::array<uint8_t, 12>& scales, uint32_t s) {
    return s < 4 ? scales[s + 4] & 63U : (scales[s + 4] & 0xf0U) >> 4U | (scales[s] & 0xc0U) >> 2U;
}

}  // namespace crystallite
