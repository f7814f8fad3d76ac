#include "engine/base/assert.h"
#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

const ShaderCode& shaderFor(WeightFormat format) {
    switch (format) {
        case WeightFormat::F32: return shaders::matmul_f32;
        case WeightFormat::F16: return shaders::matmul_f16;
        case WeightFormat::BF16: return shaders::matmul_bf16;
    }
    ENGINE_ASSERT(false);
}

}  // namespace

void recordMatmul(Recorder& recorder, const Tuning& tuning, const MatmulArgs& args) {
    const Device& device = recorder.device();
    const uint32_t tileFeatures = tuning.attentionTeam.lanes * tuning.matmul.featuresPerLane;
    const BoundView weights = bind(device, args.weights, Access::Read);
    const BoundView x = bind(device, args.x, Access::Read);
    const BoundView out = bind(device, args.out, Access::ReadWrite);
    const params::MatmulParams params{.rows = args.x.rows, .features = args.weights.rows, .depth = args.x.columns,
    .weightOffset = weights.firstElement, .weightStride = args.weights.rowStride, .xOffset = x.firstElement, .xStride = args.x.rowStride,
    .outOffset = out.firstElement, .outStride = args.out.rowStride};
    recorder.dispatch({.shader = shaderFor(args.weights.format), .constants = {tuning.attentionTeam.lanes, tuning.matmul.rows, tuning.matmul.featuresPerLane},
    .buffers = {weights.range, x.range, x.range, out.range}, .params = paramBytes(params), .groups = {.x = ceilDivide(args.weights.rows, tileFeatures), .y = ceilDivide(args.x.rows, tuning.matmul.rows)},
    .work = 2.0 * args.x.rows * args.x.columns * args.weights.rows});
}

}  // namespace crystallite
