#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

namespace crystallite {
namespace {

CRYSTALLITE_VECTORIZE void turnHalfSplit(float* head, const float* cosine, const float* sine, uint32_t pairs) {
#pragma omp simd
    for (uint32_t i = 0; i < pairs; ++i) {
        const float a = head[i];
        const float b = head[pairs + i];
        head[i] = a * cosine[i] - b * sine[i];
        head[pairs + i] = a * sine[i] + b * cosine[i];
    }
}

CRYSTALLITE_VECTORIZE void turnInterleaved(float* head, const float* cosine, const float* sine, uint32_t pairs) {
#pragma omp simd
    for (uint32_t i = 0; i < pairs; ++i) {
        const float a = head[size_t{2} * i];
        const float b = head[size_t{2} * i + 1];
        head[size_t{2} * i] = a * cosine[i] - b * sine[i];
        head[size_t{2} * i + 1] = a * sine[i] + b * cosine[i];
    }
}

}  // namespace

void rope(CpuWorkers& workers, const RopeArgs& args) {
    const uint32_t pairs = args.table.columns / 2;
    ENGINE_ASSERT(args.table.columns % 2 == 0 && args.table.columns <= args.headDim && args.x.columns % args.headDim == 0);
    ENGINE_ASSERT(uint64_t{args.firstPosition} + args.x.rows <= args.table.rows);
    const auto turn = args.pairing == RopePairing::HalfSplit ? turnHalfSplit : turnInterleaved;
    workers.forEachRow(args.x.rows, args.x.columns, [&](uint32_t row, uint32_t /*thread*/) {
        const float* cosine = floatsOf(args.table, args.firstPosition + row);
        float* x = writableFloatsOf(args.x, row);
        for (uint32_t begin = 0; begin < args.x.columns; begin += args.headDim) {
            turn(x + begin, cosine, cosine + pairs, pairs);
        }
    });
}

}  // namespace crystallite
