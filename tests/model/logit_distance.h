#pragma once

#include <span>

namespace crystallite {

/// Standard deviation.
double deviationOf(std::span<const float> values);

/// NaN when one of them has a NaN; fails the test when their lengths differ.
double largestDifference(std::span<const float> a, std::span<const float> b);

}  // namespace crystallite
