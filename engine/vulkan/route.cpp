#include "engine/backend/expert_shapes.h"
#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {

void recordRoute(Recorder& recorder, const Tuning& tuning, const RouteArgs& args) {
    checkRoute(args);
    const Device& device = recorder.device();
    const uint32_t used = args.weights.columns;
    const bool bySubgroup = tuning.norm.subgroup;
    forEachStretch(args.scores.rows, rowsPerDispatch(device, {args.scores, args.weights}), [&](uint32_t first, uint32_t count) {
        const BoundView scores = bind(device, args.scores.rowRange(first, count), Access::Read);
        // Without a bias something must be bound all the same.
        const BoundView bias = args.bias ? bind(device, *args.bias, Access::Read) : scores;
        const BoundView experts =
            bindWords(device, *args.experts.buffer, args.experts.offsetBytes + uint64_t{first} * used * sizeof(uint32_t),
                      uint64_t{count} * used, Access::Write);
        const BoundView weights = bind(device, args.weights.rowRange(first, count), Access::ReadWrite);
        const params::RouteParams params{.experts = args.scores.columns,
                                         .used = used,
                                         .groups = args.rule.groups,
                                         .groupsUsed = args.rule.groupsUsed,
                                         .sigmoid = args.rule.score == RouterScore::Sigmoid ? 1U : 0U,
                                         .hasBias = args.bias ? 1U : 0U,
                                         .renormalise = args.rule.renormalise ? 1U : 0U,
                                         .scale = args.rule.scale,
                                         .scoresOffset = scores.firstElement,
                                         .scoresStride = args.scores.rowStride,
                                         .biasOffset = bias.firstElement,
                                         .expertsOffset = experts.firstElement,
                                         .weightsOffset = weights.firstElement,
                                         .weightsStride = args.weights.rowStride};
        recorder.dispatch({.shader = bySubgroup ? shaders::route : shaders::route_shared,
                           .constants = {tuning.norm.lanes},
                           .buffers = {scores.range, bias.range, experts.range, weights.range},
                           .params = paramBytes(params),
                           .groups = {.x = count},
                           .work = (4.0 + used) * count * args.scores.columns});
    });
}

}  // namespace crystallite
