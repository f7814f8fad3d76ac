#include "engine/base/assert.h"
#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {

void recordGroupByExpert(Recorder& recorder, const GroupByExpertArgs& args) {
    const Device& device = recorder.device();
    const auto bound = [&device](const IndexView& view, Access access) {
        return bindWords(device, *view.buffer, view.offsetBytes, view.count, access);
    };
    ENGINE_ASSERT(args.groups.pairs.count == args.experts.count && args.groups.begins.count > 1);
    const BoundView experts = bound(args.experts, Access::Read);
    const BoundView pairs = bound(args.groups.pairs, Access::Write);
    const BoundView begins = bound(args.groups.begins, Access::Write);
    const params::GroupByExpertParams params{.pairs = args.experts.count,
                                             .expertsOffset = experts.firstElement,
                                             .pairsOffset = pairs.firstElement,
                                             .beginsOffset = begins.firstElement};
    recorder.dispatch({.shader = shaders::group_by_expert,
                       .buffers = {experts.range, pairs.range, begins.range},
                       .params = paramBytes(params),
                       .groups = {.x = args.groups.begins.count},
                       .work = 3.0 * args.experts.count * args.groups.begins.count});
}

}  // namespace crystallite
