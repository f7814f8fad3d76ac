#pragma once

#include "engine/formats/model_source.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace crystallite {

/// What one format has of a model's weights.
struct WeightShare {
    WeightFormat format = WeightFormat::F32;
    size_t tensors = 0;
    uint64_t bytes = 0;
};

/// One entry per format that a tensor has, in the order of their names.
std::vector<WeightShare> weightShares(const ModelSource& source);
/// The format that most bytes of the weights have; F32 of a model without tensors.
WeightFormat mainFormat(const ModelSource& source);
/// Numbers that a tensor holds.
uint64_t countElements(const StoredTensor& tensor);
/// Numbers that all tensors hold together.
uint64_t countParameters(const ModelSource& source);

}  // namespace crystallite
