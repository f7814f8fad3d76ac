#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

namespace crystallite {
namespace {

CRYSTALLITE_VECTORIZE void guideRow(const float* with, const float* without, uint32_t length, float factor, float* out) {
#pragma omp simd
    for (uint32_t i = 0; i < length; ++i) {
        out[i] = without[i] + factor * (with[i] - without[i]);
    }
}

}  // namespace

void guide(CpuWorkers& workers, const GuideArgs& args) {
    const auto [rows, columns] = std::pair(args.out.rows, args.out.columns);
    ENGINE_ASSERT(args.with.rows == rows && args.with.columns == columns && args.without.rows == rows && args.without.columns == columns);
    workers.forEachRow(rows, columns, [&](uint32_t row, uint32_t /*thread*/) {
        guideRow(floatsOf(args.with, row), floatsOf(args.without, row), args.out.columns, args.scale + 1.0F,
                 writableFloatsOf(args.out, row));
    });
}

}  // namespace crystallite
