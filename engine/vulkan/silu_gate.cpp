#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

constexpr uint32_t kColumnsPerGroup = 64;  // local size of silu_gate.comp

}  // namespace

void recordSiluGate(Recorder& recorder, const SiluGateArgs& args) {
    const Device& device = recorder.device();
    forEachStretch(args.out.rows, rowsPerDispatch(device, {args.gate, args.up, args.out}), [&](uint32_t first, uint32_t count) {
        const BoundView gate = bind(device, args.gate.rowRange(first, count), Access::Read);
        const BoundView up = bind(device, args.up.rowRange(first, count), Access::Read);
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::Write);
        const params::SiluGateParams params{.rows = count,
                                            .columns = args.out.columns,
                                            .gateOffset = gate.firstElement,
                                            .gateStride = args.gate.rowStride,
                                            .upOffset = up.firstElement,
                                            .upStride = args.up.rowStride,
                                            .outOffset = out.firstElement,
                                            .outStride = args.out.rowStride};
        recorder.dispatch({.shader = shaders::silu_gate,
                           .buffers = {gate.range, up.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = ceilDivide(args.out.columns, kColumnsPerGroup), .y = count},
                           .work = 8.0 * count * args.out.columns});
    });
}

}  // namespace crystallite
