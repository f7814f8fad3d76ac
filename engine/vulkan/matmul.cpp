#include "engine/vulkan/binding.h"
#include "engine/vulkan/matmul_tiling.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

double workOf(const Tiling& tiling, const MatmulArgs& args, uint32_t rows, uint32_t features) {
    return productWork(tiling, args.weights.format, args.x.columns, rows, features);
}

struct Stretch {
    uint32_t first = 0;
    uint32_t count = 0;
};

void dispatchPart(Recorder& recorder, const Tiling& tiling, const MatmulArgs& args, Stretch rows, Stretch features) {
    const Device& device = recorder.device();
    const Tensor ofFeatures = args.weights.rowRange(features.first, features.count);
    const BoundWeights weights = tiling.fetchesTexels ? asTexels(device, ofFeatures) : bindWeights(device, ofFeatures);
    const BoundView stored = bind(device, args.x.rowRange(rows.first, rows.count), Access::Read);
    const BoundView x = tiling.fetchesTexels ? asTexels(stored) : stored;
    const Tensor part = args.out.rowRange(rows.first, rows.count).columnRange(features.first, features.count);
    const BoundView out = bind(device, part, Access::ReadWrite);
    // Without a bias something must be bound all the same.
    const BoundView bias = args.bias ? bind(device, args.bias->columnRange(features.first, features.count), Access::Read) : stored;
    const params::MatmulParams params{.rows = rows.count,
                                      .features = features.count,
                                      .depth = args.x.columns,
                                      .weightOffset = weights.first,
                                      .weightStride = weights.stride,
                                      .xOffset = x.firstElement,
                                      .xStride = args.x.rowStride,
                                      .biasOffset = bias.firstElement,
                                      .hasBias = args.bias ? 1U : 0U,
                                      .outOffset = out.firstElement,
                                      .outStride = args.out.rowStride,
                                      .addToOut = args.result == MatmulResult::AddToOut ? 1U : 0U};
    recorder.dispatch({.shader = tiling.shader,
                       .constants = tiling.constants,
                       .buffers = {weights.range, x.range, bias.range, out.range},
                       .params = paramBytes(params),
                       .groups = {.x = ceilDivide(features.count, tiling.features), .y = ceilDivide(rows.count, tiling.rows)},
                       .work = workOf(tiling, args, rows.count, features.count)});
}

/// Features of one dispatch over `rows` rows: what can be bound, what the grid holds, and no more work than one submission may have.
uint32_t featuresPerDispatch(const Recorder& recorder, const Tiling& tiling, const MatmulArgs& args, uint32_t rows) {
    const auto affordable = static_cast<uint64_t>(recorder.workPerSubmission() / workOf(tiling, args, rows, 1));
    const uint64_t possible = std::min<uint64_t>(rowsPerBinding(recorder.device(), {args.weights}), uint64_t{kMaxGroups} * tiling.features);
    return static_cast<uint32_t>(std::clamp<uint64_t>(affordable, 1, possible));
}

}  // namespace

void recordMatmul(Recorder& recorder, const Tuning& tuning, const MatmulArgs& args) {
    const WeightFormat format = args.weights.format;
    const bool fetches = tuning.matmul.texels && hasTexels(args.x) && hasTexels(args.weights);
    const Tiling tiling = fetches ? texelTiling(shaders::matmul_texels(format), tuning.matmul, args.x.rows)
                                  : tilingFor(tuning.matmul, {shaders::matmul_lanes(format), shaders::matmul_tiled(format)}, args.x.rows);
    const uint64_t bindable = rowsPerBinding(recorder.device(), {args.x, args.out});
    const auto rowsPerPart = static_cast<uint32_t>(std::min<uint64_t>(bindable, uint64_t{kMaxGroups} * tiling.rows));
    forEachStretch(args.x.rows, rowsPerPart, [&](uint32_t firstRow, uint32_t rows) {
        forEachStretch(args.weights.rows, featuresPerDispatch(recorder, tiling, args, rows), [&](uint32_t firstFeature, uint32_t features) {
            dispatchPart(recorder, tiling, args, {firstRow, rows}, {firstFeature, features});
        });
    });
}

}  // namespace crystallite
