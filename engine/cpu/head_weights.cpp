#include "engine/cpu/head_weights.h"

#include "engine/backend/operation_cost.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/exponential.h"

#include <algorithm>
#include <limits>

namespace crystallite {
namespace {

/// Softmax of the first `visible` of `keys` scores in place; the others become 0.
CRYSTALLITE_VECTORIZE void softmaxOfVisible(float* scores, uint32_t visible, uint32_t keys) {
    float largest = scores[0];
#pragma omp simd reduction(max : largest)
    for (uint32_t key = 0; key < visible; ++key) {
        largest = scores[key] > largest ? scores[key] : largest;
    }
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (uint32_t key = 0; key < visible; ++key) {
        scores[key] = expOfNonPositive(scores[key] - largest);
        sum += scores[key];
    }
    const float inverse = 1.0F / sum;
#pragma omp simd
    for (uint32_t key = 0; key < visible; ++key) {
        scores[key] *= inverse;
    }
    std::fill(scores + visible, scores + keys, 0.0F);
}

}  // namespace

uint32_t weighKeys(const AttentionArgs& args, uint32_t head, uint32_t first, uint32_t count, FloatsOut out) {
    const uint32_t headsPerKeyHead = args.queries.columns / args.keys.columns;
    // Visible keys are a prefix that grows with the query.
    const uint32_t keys = visibleKeys(args, first + count - 1);
    multiply({.rows = count,
              .columns = keys,
              .depth = args.headDim,
              .left = {.first = floatsOf(args.queries, first) + head * args.headDim, .stride = args.queries.rowStride},
              .right = {.first = floatsOf(args.keys) + head / headsPerKeyHead * args.headDim, .stride = args.keys.rowStride},
              .rightIs = RightOperand::Transposed,
              .out = out,
              .factor = args.scale});
    for (uint32_t query = 0; query < count; ++query) {
        float* row = out.first + size_t{query} * out.stride;
        if (const uint32_t hidden = hiddenKey(args, first + query); hidden < keys) {
            row[hidden] = -std::numeric_limits<float>::infinity();
        }
        softmaxOfVisible(row, visibleKeys(args, first + query), keys);
    }
    return keys;
}

}  // namespace crystallite
