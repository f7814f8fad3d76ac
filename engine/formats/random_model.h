#pragma once

#include "engine/formats/model_source.h"
#include "engine/formats/random_shapes.h"

#include <memory>

namespace crystallite {

/// "f32", "f16", "bf16", "q8_0", "q6_k", "q4_0" or "q4_k_m" (as "q4_k": the mix of formatWhenQuantized()). InvalidArgument lists them.
Result<WeightFormat> parseRandomFormat(std::string_view name);

/// A model of this shape whose tensors have no bytes yet: what it would be and how much it would hold.
std::shared_ptr<const ModelSource> planRandomModel(const RandomShape& shape, WeightFormat format);

/// A model of this shape in memory, with the tensors and keys of a file of it: matrices in `format`, see formatWhenQuantized(); norms,
/// biases and routers in F32. Weights are uniform around 0 with a deviation of 1 / sqrt(inputs), so that activations stay finite. They are
/// drawn once, a few thousand pieces of a row per format and size, and every row is put together of pieces drawn by a counter: the same
/// bytes every time, about as fast as memory is written. For what a step costs; it says nothing.
///
/// OutOfMemory where the process gets no more, which an operating system that promises too much does not say: compare planRandomModel()
/// with what is there. Cancelled when `options.stop` is requested.
Result<std::shared_ptr<const ModelSource>> makeRandomModel(const RandomShape& shape, WeightFormat format, const OpenOptions& options);

}  // namespace crystallite
