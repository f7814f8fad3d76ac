#pragma once

#include "engine/formats/hugging_face_config.h"
#include "engine/formats/safetensors_folder.h"
#include "engine/formats/tensor_recipe.h"

#include <string>
#include <vector>

namespace crystallite {

/// How every tensor of a model of ours is made from a checkpoint of this family. The recipes borrow from `checkpoint`. Corrupt when a
/// tensor is missing or has another shape than config.json needs; Unsupported when one is stored in a type that no weight is computed
/// from, or is left over: what nobody computes with would make every number of a run wrong without a sign.
Result<std::vector<TensorRecipe>> planTensors(const SafetensorsFolder& checkpoint, const HuggingFaceFamily& family,
                                              const CheckpointSizes& sizes, const std::string& displayName);

}  // namespace crystallite
