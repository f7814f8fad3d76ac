#include "engine/vulkan/tuning.h"

namespace crystallite {

Tuning tuningFor(const DeviceTraits& traits) {
    const bool subgroups = traits.subgroupLanes > 0;
    const Team team{.lanes = subgroups ? traits.subgroupLanes : 32, .subgroup = subgroups};
    return {.normTeam = team, .candidatesTeam = team, .attentionTeam = team, .attentionQueries = 4, .matmul = {.rows = 16, .featuresPerLane = 1}, .workPerSubmission = 2e9};
}

}  // namespace crystallite
