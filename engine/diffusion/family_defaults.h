#pragma once

#include "engine/model/model_config.h"
#include "engine/trace/cache_kind.h"
#include "engine/trace/decode_policy.h"

namespace crystallite {

/// The policy that the authors of the model's family publish with it, if there is one; else llada, or left-to-right.
DecodePolicy usualPolicy(const ModelConfig& config);

/// The cache that changes nothing and saves the most; none where every row may change with every token.
CacheKind usualCache(const ModelConfig& config);

}  // namespace crystallite
