#pragma once

#include "engine/formats/model_source.h"

#include <cstdint>

namespace crystallite {

/// The same model with its matrices quantised to `format`, see formatWhenQuantized(); what is quantised already stays mapped. Holds the
/// quantised bytes in memory, which is its peak but for a few rows. Corrupt when a weight is not a
/// number; Cancelled when `options.stop` is requested.
Result<std::shared_ptr<const ModelSource>> quantizeModel(std::shared_ptr<const ModelSource> source, WeightFormat format,
                                                         const OpenOptions& options);

/// Bytes of all weights of the model that quantizeModel() would make, before it makes any.
uint64_t bytesWhenQuantized(const ModelSource& source, WeightFormat format);

}  // namespace crystallite
