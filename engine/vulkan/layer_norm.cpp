#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {

void recordLayerNorm(Recorder& recorder, const Tuning& tuning, const LayerNormArgs& args) {
    const Device& device = recorder.device();
    const BoundView weight = bind(device, args.weight, Access::Read);
    const BoundView bias = bind(device, args.bias, Access::Read);
    forEachStretch(args.x.rows, rowsPerDispatch(device, {args.x, args.out}), [&](uint32_t first, uint32_t count) {
        const BoundView x = bind(device, args.x.rowRange(first, count), Access::Read);
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::Write);
        const params::LayerNormParams params{.width = args.x.columns,
                                             .xOffset = x.firstElement,
                                             .xStride = args.x.rowStride,
                                             .weightOffset = weight.firstElement,
                                             .biasOffset = bias.firstElement,
                                             .outOffset = out.firstElement,
                                             .outStride = args.out.rowStride,
                                             .epsilon = args.epsilon};
        recorder.dispatch({.shader = tuning.norm.subgroup ? shaders::layer_norm : shaders::layer_norm_shared,
                           .constants = {tuning.norm.lanes},
                           .buffers = {x.range, weight.range, bias.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = 1, .y = count},
                           .work = 8.0 * count * args.x.columns});
    });
}

}  // namespace crystallite
