#include "engine/cpu/weight_panel.h"

#include "engine/cpu/cpu_memory.h"

#include <algorithm>

namespace crystallite {
namespace {

/// Half of a usual second-level cache: an unpacked panel is read back from there.
constexpr uint32_t kPanelFloats = 128 * 1024;
/// The BLAS rearranges x anew for every panel; below this many features that costs as much as the product.
constexpr uint32_t kSmallestPanel = 64;

}  // namespace

uint32_t featuresPerPanel(uint32_t features, uint32_t depth, uint32_t threads) {
    const uint32_t share = (features + threads - 1) / threads;
    return std::max(kSmallestPanel, std::min(share, kPanelFloats / std::max(1U, depth)));
}

bool isReadyForBlas(const Tensor& weights, uint32_t first) {
    return weights.format == WeightFormat::F32 && reinterpret_cast<uintptr_t>(storedRow(weights, first)) % alignof(float) == 0;
}

FloatsIn weightPanel(const Tensor& weights, uint32_t first, uint32_t count, std::span<float> scratch) {
    if (isReadyForBlas(weights, first)) {
        return {.first = floatsOf(weights, first), .stride = weights.rowStride};
    }
    for (uint32_t i = 0; i < count; ++i) {
        unpackRow(weights.format, storedRow(weights, first + i), scratch.data() + size_t{i} * weights.columns, weights.columns);
    }
    return {.first = scratch.data(), .stride = weights.columns};
}

}  // namespace crystallite
