#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/tile_product.h"
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

/// The result for rows [firstRow, firstRow + rows) and features [firstFeature, firstFeature + features) begins with the bias; whether the
/// product is to be added to what is there then.
ProductResult prepare(const MatmulArgs& args, uint32_t firstFeature, uint32_t features, uint32_t firstRow, uint32_t rows) {
    if (args.bias) {
        for (uint32_t row = firstRow; row < firstRow + rows; ++row) {
            startFromBias(writableFloatsOf(args.out, row) + firstFeature, floatsOf(*args.bias) + firstFeature, features, args.result);
        }
    }
    return args.bias || args.result == MatmulResult::AddToOut ? ProductResult::Add : ProductResult::Replace;
}

FloatsOut outAt(const MatmulArgs& args, uint32_t row, uint32_t feature) {
    return {.first = writableFloatsOf(args.out, row) + feature, .stride = args.out.rowStride};
}

void multiplyPanel(const MatmulArgs& args, FloatsIn panel, uint32_t firstFeature, uint32_t features, uint32_t firstRow, uint32_t rows) {
    const ProductResult result = prepare(args, firstFeature, features, firstRow, rows);
    multiply({.rows = rows,
              .columns = features,
              .depth = args.x.columns,
              .left = {.first = floatsOf(args.x, firstRow), .stride = args.x.rowStride},
              .right = panel,
              .rightIs = RightOperand::Transposed,
              .out = outAt(args, firstRow, firstFeature),
              .result = result});
}

/// Panels of weights as floats, for the BLAS.
void matmulByPanels(CpuWorkers& workers, const MatmulArgs& args) {
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

/// Adds products, or puts them where nothing is to be kept.
void finishRow(float* out, const float* products, uint32_t count, ProductResult result) {
    if (result == ProductResult::Replace) {
        std::memcpy(out, products, count * sizeof(float));
        return;
    }
    for (uint32_t i = 0; i < count; ++i) {
        out[i] += products[i];
    }
}

/// Features that one job computes, side by side until it is done: a few at a time would touch every line of a long row of logits twice, and
/// every row is on a page of its own.
constexpr uint32_t kFeaturesPerJob = 8 * kTileRows;

/// Rows [firstRow, firstRow + rows) of which `packed` holds x; features [first, end).
void multiplyFeatures(CpuWorkers& workers, const MatmulArgs& args, std::span<const float> packed, uint32_t firstRow, uint32_t rows,
                      uint32_t firstFeature, uint32_t end, uint32_t thread) {
    float* const tile = workers.scratch(thread).data();
    float* const sums = tile + kTileFloats;
    float* const products = sums + sumFloats(rows);
    for (uint32_t first = firstFeature; first < end; first += kTileRows) {
        if (workers.isStopped()) {
            return;
        }
        const WeightRows these = WeightRows::from(args.weights, first, end);
        // Jobs are handed out in turn: behind its last tile a thread most likely gets the one after those of the others.
        const uint32_t next = first + kTileRows < end ? first + kTileRows : end + (workers.threads() - 1) * kFeaturesPerJob;
        multiplyTile(workers.factors(), these, WeightRows::from(args.weights, next, args.weights.rows), packed.data(), rows, tile, sums);
        storeSums(sums, rows, these.count, {.first = products + (first - firstFeature), .stride = kFeaturesPerJob});
    }
    const uint32_t features = end - firstFeature;
    const ProductResult result = prepare(args, firstFeature, features, firstRow, rows);
    for (uint32_t row = 0; row < rows; ++row) {
        finishRow(outAt(args, firstRow + row, firstFeature).first, products + size_t{row} * kFeaturesPerJob, features, result);
    }
}

/// Rows [firstRow, firstRow + rows): transposed once for all features.
void matmulByTiles(CpuWorkers& workers, const MatmulArgs& args, uint32_t firstRow, uint32_t rows) {
    const uint32_t depth = args.x.columns;
    const uint32_t features = args.out.columns;
    const std::span<float> packed = workers.reserveShared(packedFloats(rows, depth));
    workers.reserveScratch(kTileFloats + sumFloats(rows) + size_t{rows} * kFeaturesPerJob);
    workers.forEach((rows + kLanes - 1) / kLanes, [&](uint32_t block, uint32_t /*thread*/) {
        const uint32_t first = block * kLanes;
        packRows(workers.factors(), {.first = floatsOf(args.x, firstRow + first), .stride = args.x.rowStride},
                 std::min(kLanes, rows - first), depth, packed.data() + size_t{first} * depth);
    });
    workers.forEach((features + kFeaturesPerJob - 1) / kFeaturesPerJob, [&](uint32_t job, uint32_t thread) {
        const uint32_t first = job * kFeaturesPerJob;
        multiplyFeatures(workers, args, packed, firstRow, rows, first, std::min(features, first + kFeaturesPerJob), thread);
    });
}

}  // namespace

void matmul(CpuWorkers& workers, const MatmulArgs& args) {
    ENGINE_ASSERT(args.x.columns == args.weights.columns && args.out.rows == args.x.rows && args.out.columns == args.weights.rows);
    ENGINE_ASSERT(!args.bias || args.bias->columns == args.out.columns);
    if (instructionSet() == InstructionSet::Portable) {
        matmulByPanels(workers, args);
        return;
    }
    for (uint32_t firstRow = 0; firstRow < args.x.rows && !workers.isStopped(); firstRow += kRowsPerProduct) {
        matmulByTiles(workers, args, firstRow, std::min(kRowsPerProduct, args.x.rows - firstRow));
    }
}

}  // namespace crystallite
