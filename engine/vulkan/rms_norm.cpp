#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {

void recordRmsNorm(Recorder& recorder, const Tuning& tuning, const RmsNormArgs& args) {
    const Device& device = recorder.device();
    const uint32_t groupLength = args.weight.columns;
    const BoundView weight = bind(device, args.weight, Access::Read);
    forEachStretch(args.x.rows, rowsPerDispatch(device, {args.x, args.out}), [&](uint32_t first, uint32_t count) {
        const BoundView x = bind(device, args.x.rowRange(first, count), Access::Read);
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::Write);
        const params::RmsNormParams params{.groupLength = groupLength,
                                           .xOffset = x.firstElement,
                                           .xStride = args.x.rowStride,
                                           .weightOffset = weight.firstElement,
                                           .outOffset = out.firstElement,
                                           .outStride = args.out.rowStride,
                                           .epsilon = args.epsilon};
        recorder.dispatch({.shader = tuning.norm.subgroup ? shaders::rms_norm : shaders::rms_norm_shared,
                           .constants = {tuning.norm.lanes},
                           .buffers = {x.range, weight.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = args.x.columns / groupLength, .y = count},
                           .work = 4.0 * count * args.x.columns});
    });
}

}  // namespace crystallite
