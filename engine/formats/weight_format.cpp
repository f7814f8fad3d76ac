#include "engine/formats/weight_format.h"

#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/formats/dequantize.h"
#include "engine/formats/half.h"
#include "engine/formats/quantized_blocks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#if defined(__GNUC__) && defined(__x86_64__)
#include <immintrin.h>
#define CRYSTALLITE_HAVE_F16C
#endif

namespace crystallite {
namespace {

constexpr uint32_t kFloatInfinity = 0x7f800000U;
constexpr uint32_t kBfloatShift = 16;

inline float expandBfloat(uint16_t bits) {
    return std::bit_cast<float>(uint32_t{bits} << kBfloatShift);
}

/// 16-bit numbers are copied this many at a time to where they are aligned and cannot overlap the result; else the compiler must expect
/// the worst and makes no vector code.
constexpr uint64_t kWordsAtATime = 64;

template <float (*expand)(uint16_t)>
inline void unpackWords(const std::byte* row, float* out, uint64_t elements) {
    std::array<uint16_t, kWordsAtATime> words{};
    for (; elements >= kWordsAtATime; elements -= kWordsAtATime) {
        std::memcpy(words.data(), row, sizeof(words));
        for (uint64_t i = 0; i < kWordsAtATime; ++i) {
            out[i] = expand(words[i]);
        }
        row += sizeof(words);
        out += kWordsAtATime;
    }
    std::memcpy(words.data(), row, elements * sizeof(uint16_t));
    for (uint64_t i = 0; i < elements; ++i) {
        out[i] = expand(words[i]);
    }
}

CRYSTALLITE_VECTORIZE void unpackHalvesPortably(const std::byte* row, float* out, uint64_t elements) {
    unpackWords<expandHalf>(row, out, elements);
}

#ifdef CRYSTALLITE_HAVE_F16C
/// By the instruction for it, which the compiler does not find in expandHalf(): a twentieth of the time.
[[gnu::target("avx,f16c")]] void unpackHalvesByF16c(const std::byte* row, float* out, uint64_t elements) {
    constexpr uint64_t kAtATime = 8;
    const uint64_t whole = elements / kAtATime * kAtATime;
    for (uint64_t i = 0; i < whole; i += kAtATime) {
        const __m128i halves = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + i * sizeof(uint16_t)));
        _mm256_storeu_ps(out + i, _mm256_cvtph_ps(halves));
    }
    unpackWords<expandHalf>(row + whole * sizeof(uint16_t), out + whole, elements - whole);
}
#endif

#ifdef CRYSTALLITE_HAVE_F16C
/// Twice as many at a time, and two of these: half the stores, which is what the conversion costs once its input is near.
[[gnu::target("avx512f,f16c")]] void unpackHalvesByAvx512(const std::byte* row, float* out, uint64_t elements) {
    constexpr uint64_t kAtATime = 32;
    constexpr __mmask16 kAll = 0xFFFF;  // g++ 12 warns of its own header for the conversion without a mask
    const uint64_t whole = elements / kAtATime * kAtATime;
    for (uint64_t i = 0; i < whole; i += kAtATime) {
        const auto* const halves = reinterpret_cast<const __m256i*>(row + i * sizeof(uint16_t));
        const __m512 first = _mm512_maskz_cvtph_ps(kAll, _mm256_loadu_si256(halves));
        const __m512 second = _mm512_maskz_cvtph_ps(kAll, _mm256_loadu_si256(halves + 1));
        _mm512_storeu_ps(out + i, first);
        _mm512_storeu_ps(out + i + kAtATime / 2, second);
    }
    unpackHalvesByF16c(row + whole * sizeof(uint16_t), out + whole, elements - whole);
}
#endif

void unpackHalves(const std::byte* row, float* out, uint64_t elements) {
#ifdef CRYSTALLITE_HAVE_F16C
    static const bool hasAvx512 = __builtin_cpu_supports("avx512f") != 0;
    // Every processor with AVX2 has F16C, which not every compiler can ask for.
    static const bool hasF16c = __builtin_cpu_supports("avx2") != 0;
    if (hasAvx512) {
        unpackHalvesByAvx512(row, out, elements);
        return;
    }
    if (hasF16c) {
        unpackHalvesByF16c(row, out, elements);
        return;
    }
#endif
    unpackHalvesPortably(row, out, elements);
}

CRYSTALLITE_VECTORIZE void unpackBfloats(const std::byte* row, float* out, uint64_t elements) {
    unpackWords<expandBfloat>(row, out, elements);
}

/// `bytes` is what the format says, so that a field too many cannot go unseen.
template <typename Block, uint32_t bytes>
WeightLayout layoutOfBlock(std::string_view name) {
    static_assert(sizeof(Block) == bytes);
    return {.name = name, .elementsPerBlock = Block::kWeights, .bytesPerBlock = bytes};
}

/// bits / 2^shift, rounded to nearest, ties to even.
uint32_t shiftRounded(uint32_t bits, uint32_t shift) {
    const uint32_t lastKept = (bits >> shift) & 1U;
    return (bits + (1U << (shift - 1)) - 1 + lastKept) >> shift;
}

}  // namespace

std::optional<WeightFormat> findWeightFormat(uint32_t id) {
    const auto* const found = std::find(kWeightFormats.begin(), kWeightFormats.end(), static_cast<WeightFormat>(id));
    return found == kWeightFormats.end() ? std::nullopt : std::optional(*found);
}

WeightLayout layoutOf(WeightFormat format) {
    switch (format) {
        case WeightFormat::F32: return {.name = "F32", .elementsPerBlock = 1, .bytesPerBlock = 4};
        case WeightFormat::F16: return {.name = "F16", .elementsPerBlock = 1, .bytesPerBlock = 2};
        case WeightFormat::BF16: return {.name = "BF16", .elementsPerBlock = 1, .bytesPerBlock = 2};
        case WeightFormat::Q8_0: return layoutOfBlock<BlockQ80, 34>("Q8_0");
        case WeightFormat::Q4_0: return layoutOfBlock<BlockQ40, 18>("Q4_0");
        case WeightFormat::Q4_1: return layoutOfBlock<BlockQ41, 20>("Q4_1");
        case WeightFormat::Q5_0: return layoutOfBlock<BlockQ50, 22>("Q5_0");
        case WeightFormat::Q5_1: return layoutOfBlock<BlockQ51, 24>("Q5_1");
        case WeightFormat::Q2_K: return layoutOfBlock<BlockQ2K, 84>("Q2_K");
        case WeightFormat::Q3_K: return layoutOfBlock<BlockQ3K, 110>("Q3_K");
        case WeightFormat::Q4_K: return layoutOfBlock<BlockQ4K, 144>("Q4_K");
        case WeightFormat::Q5_K: return layoutOfBlock<BlockQ5K, 176>("Q5_K");
        case WeightFormat::Q6_K: return layoutOfBlock<BlockQ6K, 210>("Q6_K");
        case WeightFormat::IQ4_NL: return layoutOfBlock<BlockIQ4NL, 18>("IQ4_NL");
        case WeightFormat::IQ4_XS: return layoutOfBlock<BlockIQ4XS, 136>("IQ4_XS");
        case WeightFormat::MXFP4: return layoutOfBlock<BlockMXFP4, 17>("MXFP4");
    }
    ENGINE_ASSERT(false);
}

uint64_t rowBytes(WeightFormat format, uint64_t elements) {
    const WeightLayout layout = layoutOf(format);
    ENGINE_ASSERT(elements % layout.elementsPerBlock == 0);
    return elements / layout.elementsPerBlock * layout.bytesPerBlock;
}

float floatFromHalf(uint16_t half) {
    return expandHalf(half);
}

uint16_t halfFromFloat(float value) {
    const auto bits = std::bit_cast<uint32_t>(value);
    const uint32_t sign = (bits >> 16U) & kHalfSignBit;
    const uint32_t magnitude = bits & 0x7fffffffU;
    constexpr uint32_t kSmallestNormal = kHalfExponentShift + (1U << 23U);  // 2^-14
    constexpr uint32_t kOverflow = kHalfExponentShift + (31U << 23U);       // 2^16
    if (magnitude > kFloatInfinity) {
        return static_cast<uint16_t>(sign | kHalfInfinity | 0x0200U);  // a quiet NaN
    }
    if (magnitude >= kOverflow) {
        return static_cast<uint16_t>(sign | kHalfInfinity);
    }
    if (magnitude < kSmallestNormal) {
        // Adding 1/2 leaves the multiples of 2^-24 in the lowest mantissa bits, rounded by the processor.
        const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
        return static_cast<uint16_t>(sign | (std::bit_cast<uint32_t>(shifted) - std::bit_cast<uint32_t>(0.5F)));
    }
    // Rounding up may carry into the exponent, which is right, up to infinity.
    return static_cast<uint16_t>(sign | shiftRounded(magnitude - kHalfExponentShift, kHalfMantissaShift));
}

float floatFromBfloat(uint16_t bits) {
    return expandBfloat(bits);
}

uint16_t bfloatFromFloat(float value) {
    const auto bits = std::bit_cast<uint32_t>(value);
    if ((bits & 0x7fffffffU) > kFloatInfinity) {
        return static_cast<uint16_t>((bits >> kBfloatShift) | 0x0040U);  // stays a NaN when the low half goes
    }
    return static_cast<uint16_t>(shiftRounded(bits, kBfloatShift));
}

void unpackRow(WeightFormat format, const void* row, float* out, uint64_t elements) {
    const auto* bytes = static_cast<const std::byte*>(row);
    switch (format) {
        case WeightFormat::F32: std::memcpy(out, bytes, rowBytes(format, elements)); return;
        case WeightFormat::F16: unpackHalves(bytes, out, elements); return;
        case WeightFormat::BF16: unpackBfloats(bytes, out, elements); return;
        default: dequantizeRow(format, bytes, out, elements); return;
    }
}

}  // namespace crystallite
