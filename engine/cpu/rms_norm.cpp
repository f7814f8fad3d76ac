#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <cmath>

namespace crystallite {
namespace {

CRYSTALLITE_VECTORIZE void normaliseGroup(const float* x, const float* weight, uint32_t length, float epsilon, float* out) {
    float squares = 0.0F;
#pragma omp simd reduction(+ : squares)
    for (uint32_t i = 0; i < length; ++i) {
        squares += x[i] * x[i];
    }
    const float inverse = 1.0F / std::sqrt(squares / static_cast<float>(length) + epsilon);
#pragma omp simd
    for (uint32_t i = 0; i < length; ++i) {
        out[i] = x[i] * inverse * weight[i];
    }
}

}  // namespace

void rmsNorm(CpuWorkers& workers, const RmsNormArgs& args) {
    const uint32_t length = args.weight.columns;
    ENGINE_ASSERT(args.x.columns % length == 0);
    ENGINE_ASSERT(args.out.rows == args.x.rows && args.out.columns == args.x.columns);
    const float* weight = floatsOf(args.weight);
    workers.forEachRow(args.x.rows, args.x.columns, [&](uint32_t row, uint32_t /*thread*/) {
        const float* x = floatsOf(args.x, row);
        float* out = writableFloatsOf(args.out, row);
        for (uint32_t begin = 0; begin < args.x.columns; begin += length) {
            normaliseGroup(x + begin, weight, length, args.epsilon, out + begin);
        }
    });
}

}  // namespace crystallite
