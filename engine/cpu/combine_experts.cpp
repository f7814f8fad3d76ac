#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

namespace crystallite {
namespace {

CRYSTALLITE_VECTORIZE void addRow(const float* x, float weight, uint32_t length, float* out) {
#pragma omp simd
    for (uint32_t i = 0; i < length; ++i) {
        out[i] += weight * x[i];
    }
}

}  // namespace

void combineExperts(CpuWorkers& workers, const CombineExpertsArgs& args) {
    const uint32_t used = args.weights.columns;
    ENGINE_ASSERT(args.weights.rows == args.out.rows && args.x.rows == args.out.rows * used && args.x.columns == args.out.columns);
    workers.forEachRow(args.out.rows, args.out.columns * used, [&](uint32_t row, uint32_t /*thread*/) {
        for (uint32_t k = 0; k < used; ++k) {
            addRow(floatsOf(args.x, row * used + k), floatsOf(args.weights, row)[k], args.out.columns, writableFloatsOf(args.out, row));
        }
    });
}

}  // namespace crystallite
