#include "engine/backend/expert_shapes.h"
#include "engine/base/assert.h"
#include "engine/vulkan/binding.h"
#include "engine/vulkan/matmul_tiling.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

/// Some experts, and the same features of each.
struct Part {
    uint32_t firstExpert = 0;
    uint32_t experts = 0;
    uint32_t firstFeature = 0;
    uint32_t features = 0;
};

/// What every part of a product has in common.
struct Product {
    const ExpertMatmulArgs& args;
    Tiling tiling;
    uint32_t experts = 0;
    uint32_t tilesPerExpert = 0;  ///< for an expert that every row asks
    BoundView x, pairs, out;
};

Product productOf(const Recorder& recorder, const Tuning& tuning, const ExpertMatmulArgs& args) {
    const Device& device = recorder.device();
    const WeightFormat format = args.weights.format;
    const uint32_t experts = args.groups.begins.count - 1;
    const Tiling tiling = tilingFor(tuning.matmul, {shaders::expert_matmul_lanes(format), shaders::expert_matmul_tiled(format)},
                                    ceilDivide(args.out.rows, experts));
    BoundView out = bindWhole(device, args.out);
    out.range.access = Access::Write;
    return {.args = args,
            .tiling = tiling,
            .experts = experts,
            .tilesPerExpert = ceilDivide(args.out.rows / args.groups.used, tiling.rows),
            .x = bindWhole(device, args.x),
            .pairs = bindWords(device, *args.groups.pairs.buffer, args.groups.pairs.offsetBytes, args.groups.pairs.count, Access::Read),
            .out = out};
}

/// Of the pairs that a part can expect; who is asked is not known here.
double workOf(const Product& product, uint32_t experts, uint32_t features) {
    const uint32_t expected = ceilDivide(product.args.out.rows, product.experts);
    return experts * productWork(product.tiling, product.args.weights.format, product.args.x.columns, expected, features);
}

void dispatchPart(Recorder& recorder, const Product& product, const Part& part) {
    const Device& device = recorder.device();
    const ExpertMatmulArgs& args = product.args;
    const uint32_t firstRow = part.firstExpert * args.perExpert + args.firstFeature + part.firstFeature;
    const uint32_t rows = (part.experts - 1) * args.perExpert + part.features;
    const BoundWeights weights = bindWeights(device, args.weights.rowRange(firstRow, rows));
    const IndexView& all = args.groups.begins;
    const BoundView begins =
        bindWords(device, *all.buffer, all.offsetBytes + part.firstExpert * sizeof(uint32_t), part.experts + 1, Access::Read);
    const params::ExpertMatmulParams params{.features = part.features,
                                            .depth = args.x.columns,
                                            .tilesPerExpert = product.tilesPerExpert,
                                            .share = args.out.rows / args.x.rows,
                                            .weightOffset = weights.first,
                                            .weightStride = weights.stride,
                                            .expertStride = args.perExpert * weights.stride,
                                            .xOffset = product.x.firstElement,
                                            .xStride = args.x.rowStride,
                                            .pairsOffset = product.pairs.firstElement,
                                            .beginsOffset = begins.firstElement,
                                            .outOffset = product.out.firstElement + part.firstFeature,
                                            .outStride = args.out.rowStride};
    recorder.dispatch({.shader = product.tiling.shader,
                       .constants = product.tiling.constants,
                       .buffers = {weights.range, product.x.range, product.pairs.range, begins.range, product.out.range},
                       .params = paramBytes(params),
                       .groups = {.x = ceilDivide(part.features, product.tiling.features), .y = product.tilesPerExpert * part.experts},
                       .work = workOf(product, part.experts, part.features)});
}

/// Experts of one dispatch: what can be bound, what the grid holds, and no more work than one submission may have. 0: not even one.
uint32_t expertsPerDispatch(const Recorder& recorder, const Product& product) {
    const uint32_t bindable = rowsPerBinding(recorder.device(), {product.args.weights}) / product.args.perExpert;
    const double affordable = recorder.workPerSubmission() / workOf(product, 1, product.args.out.columns);
    const uint32_t most = std::min({bindable, kMaxGroups / product.tilesPerExpert, product.experts});
    return affordable >= most ? most : std::min(most, static_cast<uint32_t>(std::max(affordable, 1.0)));
}

}  // namespace

void recordExpertMatmul(Recorder& recorder, const Tuning& tuning, const ExpertMatmulArgs& args) {
    checkExpertMatmul(args);
    const Product product = productOf(recorder, tuning, args);
    ENGINE_ASSERT(product.tilesPerExpert <= kMaxGroups);
    const uint32_t features = args.out.columns;
    const uint32_t perDispatch = expertsPerDispatch(recorder, product);
    // An expert that exceeds a binding by itself goes by features.
    const uint32_t featuresAtATime = perDispatch > 0 ? features : std::min(features, rowsPerBinding(recorder.device(), {args.weights}));
    forEachStretch(product.experts, std::max(perDispatch, 1U), [&](uint32_t firstExpert, uint32_t experts) {
        forEachStretch(features, featuresAtATime, [&](uint32_t firstFeature, uint32_t count) {
            dispatchPart(recorder, product, {firstExpert, experts, firstFeature, count});
        });
    });
}

}  // namespace crystallite
