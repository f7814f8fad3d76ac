#include "engine/diffusion/family_defaults.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace crystallite {
namespace {

struct FamilyPolicy {
    std::string_view family;
    DecodePolicy policy;
};

constexpr std::array kFamilyPolicies = {
    FamilyPolicy{"sdar", DecodePolicy::Dynamic},
    FamilyPolicy{"sdar-moe", DecodePolicy::Dynamic},
    FamilyPolicy{"dream-reasoner", DecodePolicy::Dynamic},
    FamilyPolicy{"llada2", DecodePolicy::Llada2},
    FamilyPolicy{"qwen2-bd3lm", DecodePolicy::Bd3lm},
    FamilyPolicy{"qwen3-bd3lm", DecodePolicy::Bd3lm},
    FamilyPolicy{"fast-dllm-v2", DecodePolicy::FastDllmV2},
};

}  // namespace

DecodePolicy usualPolicy(const ModelConfig& config) {
    if (config.isAutoregressive()) {
        return DecodePolicy::LeftToRight;
    }
    const auto* const found = std::find_if(kFamilyPolicies.begin(), kFamilyPolicies.end(),
                                           [&config](const FamilyPolicy& row) { return row.family == config.family; });
    // A file may declare another visibility than its family's.
    return found == kFamilyPolicies.end() || config.visibility != Visibility::BlockCausal ? DecodePolicy::Llada : found->policy;
}

CacheKind usualCache(const ModelConfig& config) {
    return config.visibility == Visibility::Full ? CacheKind::None : CacheKind::Exact;
}

}  // namespace crystallite
