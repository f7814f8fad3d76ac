#include "engine/vulkan/binding.h"
#include "engine/vulkan/key_blocks.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

/// Query rows of one dispatch: what can be bound, and no more work than one submission may hold.
uint32_t queriesPerDispatch(const Recorder& recorder, const Tuning& tuning, const AttentionArgs& args) {
    const double workPerQuery = 4.0 * args.queries.columns * args.keys.rows;
    const auto affordable = static_cast<uint64_t>(recorder.workPerSubmission() / workPerQuery);
    const uint64_t bindable = rowsPerBinding(recorder.device(), {args.queries, args.out});
    return static_cast<uint32_t>(std::clamp<uint64_t>(affordable, tuning.attentionQueries, bindable));
}

}  // namespace

void recordAttention(Recorder& recorder, const Tuning& tuning, const AttentionArgs& args) {
    const Device& device = recorder.device();
    const uint32_t heads = args.queries.columns / args.headDim;
    const uint32_t kvHeads = args.keys.columns / args.headDim;
    const Team team = tuning.attention;
    const KeyBlocks blocks = keyBlocksOf(args);
    // Every query may see every key, so keys and values are not split.
    const BoundView keys = bindWhole(device, args.keys);
    const BoundView values = bindWhole(device, args.values);
    forEachStretch(args.queries.rows, queriesPerDispatch(recorder, tuning, args), [&](uint32_t first, uint32_t count) {
        const BoundView queries = bind(device, args.queries.rowRange(first, count), Access::Read);
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::Write);
        const params::AttentionParams params{.queries = count,
                                             .keys = args.keys.rows,
                                             .headsPerKvHead = heads / kvHeads,
                                             .firstQuery = args.firstQuery + first,
                                             .firstBlockEnd = blocks.firstEnd,
                                             .blockLength = blocks.length,
                                             .canvasBegin = args.visibility == Visibility::CausalCanvas ? args.canvasBegin : args.keys.rows,
                                             .shadow = args.visibility == Visibility::Shadow ? args.shadow.rows : 0,
                                             .shadowBegin = args.shadow.begin,
                                             .scale = args.scale,
                                             .queryOffset = queries.firstElement,
                                             .queryStride = args.queries.rowStride,
                                             .keyOffset = keys.firstElement,
                                             .keyStride = args.keys.rowStride,
                                             .valueOffset = values.firstElement,
                                             .valueStride = args.values.rowStride,
                                             .outOffset = out.firstElement,
                                             .outStride = args.out.rowStride};
        recorder.dispatch({.shader = team.subgroup ? shaders::attention : shaders::attention_shared,
                           .constants = {team.lanes, args.headDim, tuning.attentionQueries},
                           .buffers = {queries.range, keys.range, values.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = ceilDivide(count, tuning.attentionQueries), .y = heads},
                           .work = 4.0 * count * args.queries.columns * args.keys.rows});
    });
}

}  // namespace crystallite
