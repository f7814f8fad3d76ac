#include "engine/base/assert.h"
#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

constexpr uint32_t kColumnsPerGroup = 64;  // local size of combine_experts.comp

}  // namespace

void recordCombineExperts(Recorder& recorder, const CombineExpertsArgs& args) {
    const Device& device = recorder.device();
    const uint32_t used = args.weights.columns;
    ENGINE_ASSERT(args.weights.rows == args.out.rows && args.x.rows == args.out.rows * used && args.x.columns == args.out.columns);
    const uint32_t rowsOfX = rowsPerBinding(device, {args.x}) / used;
    const uint32_t perDispatch = std::max(1U, std::min(rowsOfX, rowsPerDispatch(device, {args.weights, args.out})));
    forEachStretch(args.out.rows, perDispatch, [&](uint32_t first, uint32_t count) {
        const BoundView x = bind(device, args.x.rowRange(first * used, count * used), Access::Read);
        const BoundView weights = bind(device, args.weights.rowRange(first, count), Access::Read);
        const BoundView out = bind(device, args.out.rowRange(first, count), Access::ReadWrite);
        const params::CombineExpertsParams params{.rows = count,
                                                  .columns = args.out.columns,
                                                  .used = used,
                                                  .xOffset = x.firstElement,
                                                  .xStride = args.x.rowStride,
                                                  .weightsOffset = weights.firstElement,
                                                  .weightsStride = args.weights.rowStride,
                                                  .outOffset = out.firstElement,
                                                  .outStride = args.out.rowStride};
        recorder.dispatch({.shader = shaders::combine_experts,
                           .buffers = {x.range, weights.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = ceilDivide(args.out.columns, kColumnsPerGroup), .y = count},
                           .work = 2.0 * count * used * args.out.columns});
    });
}

}  // namespace crystallite
