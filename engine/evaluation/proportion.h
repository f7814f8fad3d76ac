#pragma once

#include <cstdint>

namespace crystallite {

struct Interval {
    double low = 0.0;
    double high = 1.0;
};

/// 95 % interval of a share (Wilson, 1927): sensible near 0 and 1. Nothing tried: everything is possible.
Interval wilsonInterval(uint64_t successes, uint64_t trials);

}  // namespace crystallite
