#pragma once

#include "engine/base/result.h"
#include "engine/model/model_config.h"

#include <span>

namespace crystallite::cli {

/// Whether ids that a person wrote can stand on a canvas of the model: there are some, and all are of its vocabulary.
Result<void> checkTokens(std::span<const TokenId> tokens, const ModelConfig& config);

}  // namespace crystallite::cli
