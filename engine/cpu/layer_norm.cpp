#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <cmath>

namespace crystallite {
namespace {

/// The variance is taken of the differences, not of the squares: those would cancel where the mean is large.
CRYSTALLITE_VECTORIZE void normaliseRow(const float* x, const float* weight, const float* bias, uint32_t length, float epsilon,
                                        float* out) {
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (uint32_t i = 0; i < length; ++i) {
        sum += x[i];
    }
    const float mean = sum / static_cast<float>(length);
    float squares = 0.0F;
#pragma omp simd reduction(+ : squares)
    for (uint32_t i = 0; i < length; ++i) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    const float inverse = 1.0F / std::sqrt(squares / static_cast<float>(length) + epsilon);
#pragma omp simd
    for (uint32_t i = 0; i < length; ++i) {
        out[i] = (x[i] - mean) * inverse * weight[i] + bias[i];
    }
}

}  // namespace

void layerNorm(CpuWorkers& workers, const LayerNormArgs& args) {
    ENGINE_ASSERT(args.weight.columns == args.x.columns && args.bias.columns == args.x.columns);
    ENGINE_ASSERT(args.out.rows == args.x.rows && args.out.columns == args.x.columns);
    const float* weight = floatsOf(args.weight);
    const float* bias = floatsOf(args.bias);
    workers.forEachRow(args.x.rows, args.x.columns, [&](uint32_t row, uint32_t /*thread*/) {
        normaliseRow(floatsOf(args.x, row), weight, bias, args.x.columns, args.epsilon, writableFloatsOf(args.out, row));
    });
}

}  // namespace crystallite
