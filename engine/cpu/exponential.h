#pragma once

#include <bit>
#include <cstdint>

namespace crystallite {

/// e^x for x <= 0, within two units in the last place, without branches or calls, so that a loop over it becomes vector code.
/// 0 where the result would be below the smallest normal number, -infinity included.
inline float expOfNonPositive(float x) {
    constexpr float kSmallest = -87.33654F;  // ln of the smallest normal number
    constexpr float kLog2E = 1.44269504F;
    // ln 2 in two parts; the products of the first, short one with |n| <= 126 are exact.
    constexpr float kLn2High = 0.693359375F;
    constexpr float kLn2Low = -2.12194440e-4F;
    // Adding it rounds to an integer, which then stands in the lowest mantissa bits.
    constexpr float kRoundToInteger = 12582912.0F;  // 1.5 * 2^23

    const float clamped = x < kSmallest ? kSmallest : x;
    const float shifted = clamped * kLog2E + kRoundToInteger;
    const float n = shifted - kRoundToInteger;
    const float r = clamped - n * kLn2High - n * kLn2Low;  // |r| <= ln 2 / 2
    // Taylor series to r^7 / 7!; the rest is below (ln 2 / 2)^8 / 8! = 5e-9.
    float p = 1.0F / 5040.0F;
    p = p * r + 1.0F / 720.0F;
    p = p * r + 1.0F / 120.0F;
    p = p * r + 1.0F / 24.0F;
    p = p * r + 1.0F / 6.0F;
    p = p * r + 0.5F;
    p = p * r + 1.0F;
    p = p * r + 1.0F;
    const uint32_t exponent = (std::bit_cast<uint32_t>(shifted) + 127U) << 23U;
    const float result = p * std::bit_cast<float>(exponent);
    return x < kSmallest ? 0.0F : result;
}

}  // namespace crystallite
