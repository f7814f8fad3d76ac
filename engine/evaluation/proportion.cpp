#include "engine/evaluation/proportion.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

Interval wilsonInterval(uint64_t successes, uint64_t trials) {
    if (trials == 0) {
        return {};
    }
    constexpr double kZ = 1.959964;  // 97.5 % quantile of the normal distribution
    const auto n = static_cast<double>(trials);
    const auto s = static_cast<double>(successes);
    const double centre = (s + kZ * kZ / 2) / (n + kZ * kZ);
    const double half = kZ / (n + kZ * kZ) * std::sqrt(s * (n - s) / n + kZ * kZ / 4);
    return {.low = std::max(0.0, centre - half), .high = std::min(1.0, centre + half)};
}

}  // namespace crystallite
