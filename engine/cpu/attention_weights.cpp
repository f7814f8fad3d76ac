#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/head_weights.h"

#include <algorithm>

namespace crystallite {

void attentionWeights(CpuWorkers& workers, const AttentionWeightsArgs& args) {
    const AttentionArgs& attention = args.attention;
    ENGINE_ASSERT(attention.headDim > 0 && attention.queries.columns % attention.keys.columns == 0);
    ENGINE_ASSERT(attention.keys.columns % attention.headDim == 0);
    ENGINE_ASSERT(uint64_t{attention.firstQuery} + attention.queries.rows <= attention.keys.rows);
    const uint32_t heads = attention.queries.columns / attention.headDim;
    ENGINE_ASSERT(args.out.rows == attention.queries.rows * heads && args.out.columns == attention.keys.rows);
    workers.forEach(args.out.rows, [&](uint32_t row, uint32_t /*thread*/) {
        float* const out = writableFloatsOf(args.out, row);
        const uint32_t written = weighKeys(attention, row % heads, row / heads, 1, {.first = out, .stride = args.out.rowStride});
        std::fill(out + written, out + args.out.columns, 0.0F);
    });
}

}  // namespace crystallite
