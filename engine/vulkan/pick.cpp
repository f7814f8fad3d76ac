#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

constexpr uint32_t kRowsPerGroup = 64;  // local size of pick.comp

}  // namespace

void recordPick(Recorder& recorder, const PickArgs& args) {
    const Device& device = recorder.device();
    forEachStretch(args.logits.rows, rowsPerDispatch(device, {args.logits}), [&](uint32_t first, uint32_t count) {
        const uint64_t offset = uint64_t{first} * sizeof(uint32_t);
        const BoundView logits = bind(device, args.logits.rowRange(first, count), Access::Read);
        const BoundView ids = bindWords(device, *args.ids.buffer, args.ids.offsetBytes + offset, count, Access::Read);
        const BoundView out = bindWords(device, *args.out, args.outOffsetBytes + offset, count, Access::Write);
        const params::PickParams params{.rows = count,
                                        .logitsOffset = logits.firstElement,
                                        .logitsStride = args.logits.rowStride,
                                        .idsOffset = ids.firstElement,
                                        .outOffset = out.firstElement};
        recorder.dispatch({.shader = shaders::pick,
                           .buffers = {logits.range, ids.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = ceilDivide(count, kRowsPerGroup)},
                           .work = 1.0 * count});
    });
}

}  // namespace crystallite
