#pragma once

#include "engine/formats/model_source.h"

#include <memory>

namespace crystallite {

/// The same model with its matrices quantised to `format`, see formatWhenQuantized(); what is quantised already stays mapped. Holds the
/// quantised bytes in memory, which is its peak but for a few rows. Corrupt when a weight is not a
/// number; Cancelled when `options.stop` is requested.
Result<std::shared_ptr<const ModelSource>> quantizeModel(std::shared_ptr<const ModelSource> source, WeightFormat format,
                                                         const OpenOptions& options);

/// What quantizeModel() would make, without the bytes that it would have to compute: for what is to be known beforehand.
std::shared_ptr<const ModelSource> planQuantizedModel(std::shared_ptr<const ModelSource> source, WeightFormat format);

}  // namespace crystallite
