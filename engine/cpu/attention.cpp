#include "engine/backend/operation_cost.h"
#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/blas.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/exponential.h"

#include <algorithm>
#include <limits>

namespace crystallite {
namespace {

/// Queries whose scores are held at a time: enough for the BLAS to work well, few enough that the scores stay in the cache.
constexpr uint32_t kQueriesPerJob = 64;

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

/// One head of queries [first, first + count). `scores` has room for [count, keys].
void attendHead(const AttentionArgs& args, uint32_t head, uint32_t first, uint32_t count, float* scores) {
    const uint32_t headsPerKeyHead = args.queries.columns / args.keys.columns;
    const uint32_t column = head * args.headDim;
    const uint32_t keyColumn = head / headsPerKeyHead * args.headDim;
    // Visible keys are a prefix that grows with the query: what the last query cannot see nobody here can.
    const uint32_t keys = visibleKeys(args, first + count - 1);
    multiply({.rows = count,
              .columns = keys,
              .depth = args.headDim,
              .left = {.first = floatsOf(args.queries, first) + column, .stride = args.queries.rowStride},
              .right = {.first = floatsOf(args.keys) + keyColumn, .stride = args.keys.rowStride},
              .rightIs = RightOperand::Transposed,
              .out = {.first = scores, .stride = keys},
              .factor = args.scale});
    for (uint32_t query = 0; query < count; ++query) {
        float* row = scores + size_t{query} * keys;
        if (const uint32_t hidden = hiddenKey(args, first + query); hidden < keys) {
            row[hidden] = -std::numeric_limits<float>::infinity();
        }
        softmaxOfVisible(row, visibleKeys(args, first + query), keys);
    }
    multiply({.rows = count,
              .columns = args.headDim,
              .depth = keys,
              .left = {.first = scores, .stride = keys},
              .right = {.first = floatsOf(args.values) + keyColumn, .stride = args.values.rowStride},
              .out = {.first = writableFloatsOf(args.out, first) + column, .stride = args.out.rowStride}});
}

}  // namespace

void attention(CpuWorkers& workers, const AttentionArgs& args) {
    ENGINE_ASSERT(args.headDim > 0 && args.queries.columns % args.headDim == 0 && args.keys.columns % args.headDim == 0);
    ENGINE_ASSERT(args.queries.columns % args.keys.columns == 0);
    ENGINE_ASSERT(args.values.rows == args.keys.rows && args.values.columns == args.keys.columns);
    ENGINE_ASSERT(args.out.rows == args.queries.rows && args.out.columns == args.queries.columns);
    ENGINE_ASSERT(uint64_t{args.firstQuery} + args.queries.rows <= args.keys.rows);
    ENGINE_ASSERT(args.shadow.rows < args.keys.rows && args.shadow.begin + args.shadow.rows <= args.keys.rows - args.shadow.rows);
    const uint32_t heads = args.queries.columns / args.headDim;
    const uint32_t blocks = (args.queries.rows + kQueriesPerJob - 1) / kQueriesPerJob;
    workers.reserveScratch(size_t{kQueriesPerJob} * args.keys.rows);
    workers.forEach(heads * blocks, [&](uint32_t job, uint32_t thread) {
        const uint32_t first = job % blocks * kQueriesPerJob;
        attendHead(args, job / blocks, first, std::min(kQueriesPerJob, args.queries.rows - first), workers.scratch(thread).data());
    });
}

}  // namespace crystallite
