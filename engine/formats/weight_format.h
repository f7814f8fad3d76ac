#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace crystallite {

/// How the numbers of a tensor are stored. Values are GGUF's `ggml_type` ids, so that a file's tag is the enumerator.
enum class WeightFormat : uint32_t {
    F32 = 0,
    F16 = 1,
    Q4_0 = 2,
    Q4_1 = 3,
    Q5_0 = 6,
    Q5_1 = 7,
    Q8_0 = 8,
    Q2_K = 10,
    Q3_K = 11,
    Q4_K = 12,
    Q5_K = 13,
    Q6_K = 14,
    IQ4_NL = 20,
    IQ4_XS = 23,
    BF16 = 30,
    MXFP4 = 39,
};

/// All of them, those with the most bits first.
inline constexpr std::array kWeightFormats = {WeightFormat::F32,    WeightFormat::F16,   WeightFormat::BF16, WeightFormat::Q8_0,
                                              WeightFormat::Q6_K,   WeightFormat::Q5_1,  WeightFormat::Q5_K, WeightFormat::Q5_0,
                                              WeightFormat::Q4_1,   WeightFormat::Q4_K,  WeightFormat::Q4_0, WeightFormat::IQ4_NL,
                                              WeightFormat::IQ4_XS, WeightFormat::MXFP4, WeightFormat::Q3_K, WeightFormat::Q2_K};

/// The format of a `ggml_type` id; nothing for one that this program does not know.
std::optional<WeightFormat> findWeightFormat(uint32_t id);

/// Storage layout: blocks of `elementsPerBlock` consecutive elements of a row take `bytesPerBlock` bytes.
struct WeightLayout {
    std::string_view name;
    uint32_t elementsPerBlock = 1;
    uint32_t bytesPerBlock = 0;
};

WeightLayout layoutOf(WeightFormat format);

/// Whether several weights share a scale, so that a row is a number of whole blocks.
inline bool isQuantized(WeightFormat format) {
    return layoutOf(format).elementsPerBlock > 1;
}

/// Bytes of one row of `elements`, which must be a multiple of the block length.
uint64_t rowBytes(WeightFormat format, uint64_t elements);

float floatFromHalf(uint16_t half);
uint16_t halfFromFloat(float value);  ///< round to nearest even
float floatFromBfloat(uint16_t bits);
uint16_t bfloatFromFloat(float value);  ///< round to nearest even

/// out[0..elements) = the stored row as f32. `row` holds rowBytes(format, elements) bytes, unaligned allowed.
void unpackRow(WeightFormat format, const void* row, float* out, uint64_t elements);

}  // namespace crystallite
