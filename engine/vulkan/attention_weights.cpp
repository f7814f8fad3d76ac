#include "engine/vulkan/binding.h"
#include "engine/vulkan/key_blocks.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {

void recordAttentionWeights(Recorder& recorder, const Tuning& tuning, const AttentionWeightsArgs& args) {
    const Device& device = recorder.device();
    const AttentionArgs& attention = args.attention;
    const uint32_t heads = attention.queries.columns / attention.headDim;
    const uint32_t kvHeads = attention.keys.columns / attention.headDim;
    const Team team = tuning.attention;
    const KeyBlocks blocks = keyBlocksOf(attention);
    const BoundView keys = bindWhole(device, attention.keys);
    const BoundView queries = bindWhole(device, attention.queries);
    forEachStretch(args.out.rows, rowsPerDispatch(device, {args.out}), [&](uint32_t first, uint32_t count) {
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::ReadWrite);
        const bool isShadow = attention.visibility == Visibility::Shadow;
        const bool isCanvas = attention.visibility == Visibility::CausalCanvas;
        const params::AttentionWeightsParams params{.firstRow = first,
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
