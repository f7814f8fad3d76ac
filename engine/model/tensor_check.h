#pragma once

#include "engine/model/model_config.h"

namespace crystallite {

/// Checks that the tensors of the file are exactly those of the configuration, with the right shapes: matrices in any weight format,
/// norms and biases in F32. Corrupt shows expected and actual shapes; Unsupported names a tensor that nobody would compute with.
Result<void> checkTensors(const ModelSource& source, const ModelConfig& config);

}  // namespace crystallite
