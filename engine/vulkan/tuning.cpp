#include "engine/vulkan/tuning.h"

namespace crystallite {
namespace {

/// On a GPU a long row feeds more lanes than a subgroup has.
constexpr Team kLongRowTeam{.lanes = 256, .subgroup = false};

/// Without subgroup operations every exchange between lanes costs barriers, so that small teams win where exchanges are frequent.
constexpr Team kSmallTeam{.lanes = 32, .subgroup = false};

// Llvmpipe, two cores, 128x704x256 F32, by processor time: 8x4 9.4 GFLOP/s, 8x2 6.5, 16x1 4.3; handing x round costs as much as ten
// products, so that one value should serve several features. 8x6 gains a tenth more, and wastes more at the edges of small matrices.
constexpr uint32_t kRowsOfLanes = 8;
constexpr uint32_t kFeaturesPerLane = 4;

constexpr uint32_t kFewRows = 16;

/// A workgroup of 256 invocations, 64x64 results, 8.5 KiB of shared memory: within every limit that Vulkan guarantees but 128
/// invocations, which no GPU of Vulkan 1.2 is held to.
constexpr SharedTile kGpuTile{.featureLanes = 16, .rowLanes = 16, .rowsPerInvocation = 4, .featuresPerInvocation = 4, .depth = 16};

Tuning softwareTuning(Team subgroup) {
    const LaneTile tile{.lanes = subgroup.lanes, .rows = kRowsOfLanes, .featuresPerLane = kFeaturesPerLane};
    return {.norm = subgroup,
            .candidates = subgroup,
            .candidatesOfManyIds = kLongRowTeam,
            .attention = subgroup,
            .attentionQueries = 8,
            .matmul = {.fewRows = LaneTile{.lanes = subgroup.lanes, .rows = 1, .featuresPerLane = kFeaturesPerLane},
                       .lanes = tile,
                       .texels = tile,
                       .shared = kGpuTile,
                       .fewRowsLimit = 2},
            .workPerSubmission = 2e9};
}

}  // namespace

Tuning tuningFor(const DeviceTraits& traits) {
    const bool isSoftware = traits.kind == DeviceKind::SoftwareVulkan;
    const bool hasSubgroups = traits.subgroupLanes > 0;
    const Team subgroup{.lanes = traits.subgroupLanes, .subgroup = true};
    if (isSoftware && hasSubgroups) {
        return softwareTuning(subgroup);
    }
    const LaneTile fewRows{.lanes = traits.subgroupLanes, .rows = kFewRows, .featuresPerLane = 1};
    return {.norm = kLongRowTeam,
            .candidates = kLongRowTeam,
            .candidatesOfManyIds = kLongRowTeam,
            .attention = hasSubgroups ? subgroup : kSmallTeam,
            .attentionQueries = 4,
            .matmul = {.fewRows = hasSubgroups ? std::optional(fewRows) : std::nullopt, .shared = kGpuTile, .fewRowsLimit = kFewRows},
            .workPerSubmission = isSoftware ? 2e9 : 1e11};
}

}  // namespace crystallite
