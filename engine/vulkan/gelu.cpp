#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

constexpr uint32_t kColumnsPerGroup = 64;  // local size of gelu.comp

}  // namespace

void recordGelu(Recorder& recorder, const GeluArgs& args) {
    const Device& device = recorder.device();
    forEachStretch(args.out.rows, rowsPerDispatch(device, {args.x, args.out}), [&](uint32_t first, uint32_t count) {
        const BoundView x = bind(device, args.x.rowRange(first, count), Access::Read);
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::Write);
        const params::GeluParams params{.rows = count,
                                        .columns = args.out.columns,
                                        .xOffset = x.firstElement,
                                        .xStride = args.x.rowStride,
                                        .outOffset = out.firstElement,
                                        .outStride = args.out.rowStride};
        recorder.dispatch({.shader = shaders::gelu,
                           .buffers = {x.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = ceilDivide(args.out.columns, kColumnsPerGroup), .y = count},
                           .work = 12.0 * count * args.out.columns});
    });
}

}  // namespace crystallite
