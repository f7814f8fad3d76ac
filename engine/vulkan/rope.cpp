#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

constexpr uint32_t kPairsPerGroup = 64;  // local size of rope.comp

}  // namespace

void recordRope(Recorder& recorder, const RopeArgs& args) {
    const Device& device = recorder.device();
    const uint32_t heads = args.x.columns / args.headDim;
    const uint32_t pairs = args.table.columns / 2;
    forEachStretch(args.x.rows, rowsPerDispatch(device, {args.x, args.table}), [&](uint32_t first, uint32_t count) {
        const BoundView table = bind(device, args.table.rowRange(args.firstPosition + first, count), Access::Read);
        const BoundView x = bind(device, args.x.rowRange(first, count), Access::ReadWrite);
        const params::RopeParams params{.rows = count,
                                        .heads = heads,
                                        .headDim = args.headDim,
                                        .pairs = pairs,
                                        .interleaved = args.pairing == RopePairing::Interleaved ? 1U : 0U,
                                        .tableOffset = table.firstElement,
                                        .tableStride = args.table.rowStride,
                                        .xOffset = x.firstElement,
                                        .xStride = args.x.rowStride};
        recorder.dispatch({.shader = shaders::rope,
                           .buffers = {table.range, x.range},
                           .params = paramBytes(params),
                           .groups = {.x = ceilDivide(heads * pairs, kPairsPerGroup), .y = count},
                           .work = 6.0 * count * heads * pairs});
    });
}

}  // namespace crystallite
