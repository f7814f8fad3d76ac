#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/weight_panel.h"

#include <algorithm>
#include <cstring>

namespace crystallite {
namespace {

/// Writes or adds the bias, so that the product can be added to it.
void startFromBias(float* out, const float* bias, uint32_t count, MatmulResult result) {
    if (result == MatmulResult::Store) {
        std::memcpy(out, bias, count * sizeof(float));
        return;
    }
    for (uint32_t i = 0; i < count; ++i) {
        out[i] += bias[i];
    }
}

void multiplyPanel(const MatmulArgs& args, FloatsIn panel, uint32_t firstFeature, uint32_t features, uint32_t firstRow, uint32_t rows) {
    const float* bias = args.bias ? floatsOf(*args.bias) : nullptr;
    if (bias != nullptr) {
        for (uint32_t row = firstRow; row < firstRow + rows; ++row) {
            startFromBias(writableFloatsOf(args.out, row) + firstFeature, bias + firstFeature, features, args.result);
        }
    }
    const bool adds = bias != nullptr || args.result == MatmulResult::AddToOut;
    multiply({.rows = rows,
              .columns = features,
              .depth = args.x.columns,
              .left = {.first = floatsOf(args.x, firstRow), .stride = args.x.rowStride},
              .right = panel,
              .rightIs = RightOperand::Transposed,
              .out = {.first = writableFloatsOf(args.out, firstRow) + firstFeature, .stride = args.out.rowStride},
              .result = adds ? ProductResult::Add : ProductResult::Replace});
}

}  // namespace

void matmul(CpuWorkers& workers, const MatmulArgs& args) {
    ENGINE_ASSERT(args.x.columns == args.weights.columns && args.out.rows == args.x.rows && args.out.columns == args.weights.rows);
    ENGINE_ASSERT(!args.bias || args.bias->columns == args.out.columns);
    const uint32_t panel = featuresPerPanel(args.out.columns, args.x.columns, workers.threads());
    if (!isReadyForBlas(args.weights, 0)) {
        workers.reserveScratch(size_t{panel} * args.x.columns);
    }
    workers.forEach((args.out.columns + panel - 1) / panel, [&](uint32_t job, uint32_t thread) {
        const uint32_t firstFeature = job * panel;
        const uint32_t features = std::min(panel, args.out.columns - firstFeature);
        const FloatsIn weights = weightPanel(args.weights, firstFeature, features, workers.scratch(thread));
        for (uint32_t firstRow = 0; firstRow < args.x.rows && !workers.isStopped(); firstRow += kRowsPerProduct) {
            multiplyPanel(args, weights, firstFeature, features, firstRow, std::min(kRowsPerProduct, args.x.rows - firstRow));
        }
    });
}

}  // namespace crystallite
