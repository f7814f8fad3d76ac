#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

constexpr uint32_t kColumnsPerGroup = 64;  // local size of guide.comp

}  // namespace

void recordGuide(Recorder& recorder, const GuideArgs& args) {
    const Device& device = recorder.device();
    forEachStretch(args.out.rows, rowsPerDispatch(device, {args.with, args.without, args.out}), [&](uint32_t first, uint32_t count) {
        const BoundView with = bind(device, args.with.rowRange(first, count), Access::Read);
        const BoundView without = bind(device, args.without.rowRange(first, count), Access::Read);
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::Write);
        const params::GuideParams params{.rows = count,
                                         .columns = args.out.columns,
                                         .withOffset = with.firstElement,
                                         .withStride = args.with.rowStride,
                                         .withoutOffset = without.firstElement,
                                         .withoutStride = args.without.rowStride,
                                         .outOffset = out.firstElement,
                                         .outStride = args.out.rowStride,
                                         .factor = args.scale + 1.0F};
        recorder.dispatch({.shader = shaders::guide,
                           .buffers = {with.range, without.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = ceilDivide(args.out.columns, kColumnsPerGroup), .y = count},
                           .work = 4.0 * count * args.out.columns});
    });
}

}  // namespace crystallite
