#include "engine/vulkan/binding.h"
#include "engine/vulkan/key_blocks.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

#include <algorithm>

namespace crystallite {

void recordAttentionWeights(Recorder& recorder, const Tuning& tuning, const AttentionWeightsArgs& args) {
    const Device& device = recorder.device();
    const AttentionArgs& attention = args.attention;
    const uint32_t heads = attention.queries.columns / attention.headDim;
    const uint32_t kvHeads = attention.keys.columns / attention.headDim;
    const Team team = tuning.attention;
    const KeyBlocks blocks = keyBlocksOf(attention);
    const BoundView keys = bindWhole(device, attention.keys);
    // A stretch may begin and end inside of a query's heads, so that it reaches into one query more.
    const uint32_t bindable = std::max(rowsPerBinding(device, {attention.queries}), 2U) - 1;
    const auto perStretch = static_cast<uint32_t>(std::min<uint64_t>(uint64_t{bindable} * heads, rowsPerDispatch(device, {args.out})));
    forEachStretch(args.out.rows, perStretch, [&](uint32_t first, uint32_t count) {
        const uint32_t firstQuery = first / heads;
        const uint32_t lastQuery = (first + count - 1) / heads;
        const BoundView queries = bind(device, attention.queries.rowRange(firstQuery, lastQuery - firstQuery + 1), Access::Read);
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::ReadWrite);
        const bool isShadow = attention.visibility == Visibility::Shadow;
        const bool isCanvas = attention.visibility == Visibility::CausalCanvas;
        const params::AttentionWeightsParams params{.firstRow = first,
                                                    .firstQueryRow = firstQuery,
                                                    .keys = attention.keys.rows,
                                                    .heads = heads,
                                                    .headsPerKvHead = heads / kvHeads,
                                                    .firstQuery = attention.firstQuery,
                                                    .firstBlockEnd = blocks.firstEnd,
                                                    .blockLength = blocks.length,
                                                    .canvasBegin = isCanvas ? attention.canvasBegin : attention.keys.rows,
                                                    .shadow = isShadow ? attention.shadow.rows : 0,
                                                    .shadowBegin = attention.shadow.begin,
                                                    .scale = attention.scale,
                                                    .queryOffset = queries.firstElement,
                                                    .queryStride = attention.queries.rowStride,
                                                    .keyOffset = keys.firstElement,
                                                    .keyStride = attention.keys.rowStride,
                                                    .outOffset = out.firstElement,
                                                    .outStride = args.out.rowStride};
        recorder.dispatch({.shader = team.subgroup ? shaders::attention_weights : shaders::attention_weights_shared,
                           .constants = {team.lanes, attention.headDim},
                           .buffers = {queries.range, keys.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = count},
                           .work = 2.0 * count * attention.headDim * attention.keys.rows});
    });
}

}  // namespace crystallite
