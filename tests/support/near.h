#pragma once

#include "tests/support/matrix.h"

#include <gtest/gtest.h>

namespace crystallite {

/// Largest relative error of one f32 rounding to nearest.
inline constexpr double kRounding = 0x1p-24;
/// Below this f32 loses relative precision, and devices may flush to zero.
inline constexpr double kSmallestNormal = 0x1p-126;

/// What an operation must give, in double precision, and how far a result in f32 may lie from it, element by element.
struct Expected {
    DoubleMatrix value;
    DoubleMatrix tolerance;

    Expected(uint32_t rows, uint32_t columns) : value(rows, columns), tolerance(rows, columns) {}
    /// Must be met to the bit.
    explicit Expected(const FloatMatrix& exact);
};

/// EXPECT_TRUE(near(actual, expected)): a failure names the worst element, what was expected there and what was found.
testing::AssertionResult near(const FloatMatrix& actual, const Expected& expected);

}  // namespace crystallite
