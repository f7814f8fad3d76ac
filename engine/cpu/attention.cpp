#include "engine/backend/operation_cost.h"
#include "engine/base/assert.h"
#include "engine/cpu/blas.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/head_weights.h"

#include <algorithm>

namespace crystallite {
namespace {

/// Queries whose scores are held at a time: enough for the BLAS to work well, few enough that the scores stay in the cache.
constexpr uint32_t kQueriesPerJob = 64;

/// One head of queries [first, first + count). `weights` has room for [count, keys].
void attendHead(const AttentionArgs& args, uint32_t head, uint32_t first, uint32_t count, float* weights) {
    const uint32_t headsPerKeyHead = args.queries.columns / args.keys.columns;
    const uint32_t stride = visibleKeys(args, first + count - 1);
    const uint32_t keys = weighKeys(args, head, first, count, {.first = weights, .stride = stride});
    multiply({.rows = count,
              .columns = args.headDim,
              .depth = keys,
              .left = {.first = weights, .stride = stride},
              .right = {.first = floatsOf(args.values) + head / headsPerKeyHead * args.headDim, .stride = args.values.rowStride},
              .out = {.first = writableFloatsOf(args.out, first) + head * args.headDim, .stride = args.out.rowStride}});
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
