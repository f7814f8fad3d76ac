#include "engine/base/assert.h"
#include "engine/cpu/blas.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <algorithm>
#include <cstring>

namespace crystallite {
namespace {

/// Half of a usual second-level cache: an unpacked panel is read back from there.
constexpr uint32_t kPanelFloats = 128 * 1024;
/// The BLAS rearranges x anew for every panel; below this many features that costs as much as the product.
constexpr uint32_t kSmallestPanel = 64;
/// Bounds the time between two looks at the stop token, and the part of x that a panel is multiplied with at a time.
constexpr uint32_t kRowsPerProduct = 512;

/// Features that one job computes: as many as fit the cache, but few enough that every thread gets its share.
uint32_t featuresPerPanel(const MatmulArgs& args, uint32_t threads) {
    const uint32_t share = (args.out.columns + threads - 1) / threads;
    return std::max(kSmallestPanel, std::min(share, kPanelFloats / std::max(1U, args.x.columns)));
}

/// The weights can go to the BLAS where they lie.
bool isReadyForBlas(const Tensor& weights) {
    return weights.format == WeightFormat::F32 && reinterpret_cast<uintptr_t>(storedRow(weights, 0)) % alignof(float) == 0;
}

FloatsIn unpackPanel(const Tensor& weights, uint32_t first, uint32_t count, std::span<float> scratch) {
    for (uint32_t i = 0; i < count; ++i) {
        unpackRow(weights.format, storedRow(weights, first + i), scratch.data() + size_t{i} * weights.columns, weights.columns);
    }
    return {.first = scratch.data(), .stride = weights.columns};
}

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
    const uint32_t panel = featuresPerPanel(args, workers.threads());
    const bool inPlace = isReadyForBlas(args.weights);
    if (!inPlace) {
        workers.reserveScratch(size_t{panel} * args.x.columns);
    }
    workers.forEach((args.out.columns + panel - 1) / panel, [&](uint32_t job, uint32_t thread) {
        const uint32_t firstFeature = job * panel;
        const uint32_t features = std::min(panel, args.out.columns - firstFeature);
        const FloatsIn weights = inPlace ? FloatsIn{.first = floatsOf(args.weights, firstFeature), .stride = args.weights.rowStride}
                                         : unpackPanel(args.weights, firstFeature, features, workers.scratch(thread));
        for (uint32_t firstRow = 0; firstRow < args.x.rows && !workers.isStopped(); firstRow += kRowsPerProduct) {
            multiplyPanel(args, weights, firstFeature, features, firstRow, std::min(kRowsPerProduct, args.x.rows - firstRow));
        }
    });
}

}  // namespace crystallite
