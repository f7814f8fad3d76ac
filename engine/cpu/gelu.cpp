#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/exponential.h"

namespace crystallite {
namespace {

/// (1 + tanh(u)) / 2 = 1 / (1 + e^-2u), which keeps its relative precision where tanh comes close to -1.
CRYSTALLITE_VECTORIZE void geluRow(const float* x, uint32_t length, float* out) {
    constexpr float kTwice = 1.5957691216F;  // 2 sqrt(2 / pi)
#pragma omp simd
    for (uint32_t i = 0; i < length; ++i) {
        const float v = x[i];
        const float z = kTwice * v * (1.0F + 0.044715F * v * v);
        const float e = expOfNonPositive(z < 0.0F ? z : -z);
        const float numerator = z < 0.0F ? e : 1.0F;
        out[i] = v * (numerator / (1.0F + e));
    }
}

}  // namespace

void gelu(CpuWorkers& workers, const GeluArgs& args) {
    ENGINE_ASSERT(args.x.rows == args.out.rows && args.x.columns == args.out.columns);
    workers.forEachRow(args.out.rows, args.out.columns, [&](uint32_t row, uint32_t /*thread*/) {
        geluRow(floatsOf(args.x, row), args.out.columns, writableFloatsOf(args.out, row));
    });
}

}  // namespace crystallite
