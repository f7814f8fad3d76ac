#pragma once

#include "engine/vulkan/device.h"

#include <cstdint>

namespace crystallite {

/// The invocations that share one row, group or tile; see shaders/lanes.
struct Team {
    uint32_t lanes = 0;
    bool subgroup = false;  ///< share values by subgroup operations, else through shared memory
};

/// See shaders/matmul_lanes.glsl.
struct LaneTile {
    uint32_t rows = 0;
    uint32_t featuresPerLane = 0;
};

/// What is chosen by device, in one place. Every setting that tuningFor() can return is tested.
struct Tuning {
    Team normTeam;
    Team candidatesTeam;
    Team attentionTeam;
    uint32_t attentionQueries = 0;  ///< query rows of a team
    LaneTile matmul;
    double workPerSubmission = 0.0;  ///< operations; a fraction of a second
};

Tuning tuningFor(const DeviceTraits& traits);

}  // namespace crystallite
