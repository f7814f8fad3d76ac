#pragma once

#include "engine/backend/tensor.h"
#include "engine/cpu/blas.h"

#include <cstdint>
#include <span>

namespace crystallite {

/// Rows of x that go through a product at a time: bounds the time between two looks at the stop token, and the part of x that a panel is
/// multiplied with.
inline constexpr uint32_t kRowsPerProduct = 512;

/// Features that one job computes: as many as fit the cache, but few enough that every thread gets its share.
uint32_t featuresPerPanel(uint32_t features, uint32_t depth, uint32_t threads);

/// Whether the rows from `first` on can go to the BLAS where they lie.
bool isReadyForBlas(const Tensor& weights, uint32_t first);

/// Rows [first, first + count) as floats: where they lie, or unpacked into `scratch` of at least count * columns.
FloatsIn weightPanel(const Tensor& weights, uint32_t first, uint32_t count, std::span<float> scratch);

}  // namespace crystallite
