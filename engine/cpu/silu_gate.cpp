#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/exponential.h"

namespace crystallite {
namespace {

CRYSTALLITE_VECTORIZE void gateRow(const float* gate, const float* up, uint32_t length, float* out) {
#pragma omp simd
    for (uint32_t i = 0; i < length; ++i) {
        const float g = gate[i];
        const float e = expOfNonPositive(g < 0.0F ? g : -g);
        const float numerator = g < 0.0F ? e : 1.0F;  // sigmoid(g) = e^g / (1 + e^g) = 1 / (1 + e^-g)
        out[i] = g * (numerator / (1.0F + e)) * up[i];
    }
}

}  // namespace

void siluGate(CpuWorkers& workers, const SiluGateArgs& args) {
    const auto [rows, columns] = std::pair(args.out.rows, args.out.columns);
    ENGINE_ASSERT(args.gate.rows == rows && args.gate.columns == columns && args.up.rows == rows && args.up.columns == columns);
    workers.forEachRow(rows, columns, [&](uint32_t row, uint32_t /*thread*/) {
        gateRow(floatsOf(args.gate, row), floatsOf(args.up, row), args.out.columns, writableFloatsOf(args.out, row));
    });
}

}  // namespace crystallite
