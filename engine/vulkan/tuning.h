#pragma once

#include "engine/vulkan/device.h"

#include <cstdint>
#include <optional>

namespace crystallite {

/// The invocations that share one row, group or tile; see shaders/lanes.
struct Team {
    uint32_t lanes = 0;     ///< the device's subgroup size, or a power of two
    bool subgroup = false;  ///< share values by subgroup operations, else through shared memory
};

/// A team's share of a product in shaders/matmul_lanes.glsl; the team is one subgroup.
struct LaneTile {
    uint32_t lanes = 0;
    uint32_t rows = 0;
    uint32_t featuresPerLane = 0;
};

/// A workgroup's share of a product in shaders/matmul_tiled.glsl, in the order of its specialisation constants.
struct SharedTile {
    uint32_t featureLanes = 0;
    uint32_t rowLanes = 0;
    uint32_t rowsPerInvocation = 0;
    uint32_t featuresPerInvocation = 0;
    uint32_t depth = 0;
};

struct MatmulTuning {
    std::optional<LaneTile> fewRows;  ///< for at most fewRowsLimit rows; none without subgroups
    std::optional<LaneTile> lanes;    ///< for all other products where shared memory is slow
    std::optional<LaneTile> texels;   ///< instead of `lanes` where both operands are there as texels
    SharedTile shared;                ///< for everything that the two above leave
    uint32_t fewRowsLimit = 0;
};

/// What is chosen by device, in one place. Every setting that tuningFor() can return is tested.
struct Tuning {
    Team norm;
    Team candidates;
    Team candidatesOfManyIds;  ///< where the lanes of the other team would have too much to do
    Team attention;
    uint32_t attentionQueries = 0;  ///< query rows that a team owns
    MatmulTuning matmul;
    double workPerSubmission = 0.0;  ///< in arithmetic operations: a fraction of a second
};

Tuning tuningFor(const DeviceTraits& traits);

}  // namespace crystallite
