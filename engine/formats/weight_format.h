#pragma once

#include <cstdint>
#include <string_view>

namespace crystallite {

/// How the numbers of a tensor are stored. Values are GGUF's `ggml_type` ids, so that a file's tag is the enumerator.
enum class WeightFormat : uint32_t {
    F32 = 0,
    F16 = 1,
    BF16 = 30,
};

/// Storage layout: blocks of `elementsPerBlock` consecutive elements of a row take `bytesPerBlock` bytes.
struct WeightLayout {
    std::string_view name;
    uint32_t elementsPerBlock = 1;
    uint32_t bytesPerBlock = 0;
};

WeightLayout layoutOf(WeightFormat format);

/// Bytes of one row of `elements`, which must be a multiple of the block length.
uint64_t rowBytes(WeightFormat format, uint64_t elements);

float floatFromHalf(uint16_t half);
uint16_t halfFromFloat(float value);  ///< round to nearest even
float floatFromBfloat(uint16_t bits);
uint16_t bfloatFromFloat(float value);  ///< round to nearest even

/// out[0..elements) = the stored row as f32. `row` holds rowBytes(format, elements) bytes, unaligned allowed.
void unpackRow(WeightFormat format, const void* row, float* out, uint64_t elements);

}  // namespace crystallite
