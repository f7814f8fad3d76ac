#pragma once

#include "engine/base/vectorize.h"

#include <bit>
#include <cstdint>

namespace crystallite {

inline constexpr uint32_t kHalfSignBit = 0x8000U;
inline constexpr uint32_t kHalfInfinity = 0x7c00U;
inline constexpr uint32_t kHalfMantissaShift = 13;                   // 23 - 10 bits
inline constexpr uint32_t kHalfExponentShift = (127U - 15U) << 23U;  // difference of the exponent biases

/// The value of an IEEE 754 binary16. Without branches, so that a loop over it becomes vector code: the compiler would not compute a
/// product that is not always wanted. NaNs become quiet, as IEEE 754 wants it of a conversion and processors do it.
CRYSTALLITE_ALWAYS_INLINE float expandHalf(uint16_t half) {
    constexpr uint32_t kSmallestNormal = 0x0400U;
    const uint32_t sign = (half & kHalfSignBit) << 16U;
    const uint32_t magnitude = half & (kHalfSignBit - 1);
    constexpr uint32_t kQuietBit = 0x00400000U;
    const uint32_t special = magnitude >= kHalfInfinity ? kHalfExponentShift : 0U;
    const uint32_t quiet = magnitude > kHalfInfinity ? kQuietBit : 0U;
    const uint32_t normal = ((magnitude << kHalfMantissaShift) + kHalfExponentShift + special) | quiet;
    // Subnormals are multiples of 2^-24.
    const auto subnormal = std::bit_cast<uint32_t>(static_cast<float>(static_cast<int32_t>(magnitude)) * 0x1p-24F);
    const uint32_t whereSubnormal = magnitude < kSmallestNormal ? ~0U : 0U;
    return std::bit_cast<float>(sign | (subnormal & whereSubnormal) | (normal & ~whereSubnormal));
}

}  // namespace crystallite
