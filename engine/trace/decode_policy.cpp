#include "engine/trace/decode_policy.h"

#include "engine/base/assert.h"
#include "engine/trace/find_named.h"

#include <algorithm>
#include <array>

namespace crystallite {
namespace {

constexpr std::array kUnmaskOrders = {UnmaskOrder::LowConfidence, UnmaskOrder::Margin,      UnmaskOrder::Entropy,
                                      UnmaskOrder::Random,        UnmaskOrder::LeftToRight, UnmaskOrder::Origin};
constexpr std::array kRemaskRules = {RemaskRule::Cap, RemaskRule::Rescale, RemaskRule::Confidence, RemaskRule::Loop};

const std::vector<PolicyTraits>& allPolicies() {
    using enum UnmaskOrder;
    static const std::vector<PolicyTraits> kPolicies = {
        {DecodePolicy::Llada,
         "llada",
         "A fixed number of slots per step, the best first, block after block.",
         StepRule::EvenSchedule,
         PolicyModels::Denoising,
         true,
         {LowConfidence, Margin, Entropy, Random, LeftToRight}},
        {DecodePolicy::Dream,
         "dream",
         "A share of the open slots per step as the time falls from 1 to eps.",
         StepRule::TimeSchedule,
         PolicyModels::FullCanvas,
         false,
         {Origin, LowConfidence, Margin, Entropy}},
        {DecodePolicy::Threshold,
         "threshold",
         "Every slot whose token has at least the threshold's probability, and always the best one.",
         StepRule::AsNeeded,
         PolicyModels::Denoising,
         true,
         {LowConfidence}},
        {DecodePolicy::Factor,
         "factor",
         "The n best slots as long as (n + 1)(1 - p) stays below the factor.",
         StepRule::AsNeeded,
         PolicyModels::Denoising,
         true,
         {LowConfidence}},
        {DecodePolicy::EntropyBound,
         "entropy-bound",
         "The best slots as long as the entropy of those before stays within the bound.",
         StepRule::AsNeeded,
         PolicyModels::Denoising,
         true,
         {Entropy, LowConfidence, Margin}},
        {DecodePolicy::Klass,
         "klass",
         "Every slot that is sure and whose distribution has stopped changing, else as llada.",
         StepRule::EvenSchedule,
         PolicyModels::Denoising,
         true,
         {LowConfidence}},
        {DecodePolicy::Remdm,
         "remdm",
         "Slots commit and are withdrawn by chance as the time falls.",
         StepRule::TimeSchedule,
         PolicyModels::FullCanvas,
         false,
         {Origin}},
        {DecodePolicy::DreamOn,
         "dreamon",
         "One slot per step; the model adds slots where it wants to say more and removes those it does not need.",
         StepRule::AsNeeded,
         PolicyModels::FullCanvas,
         false,
         {Entropy}},
        {DecodePolicy::Wino,
         "wino",
         "Every slot above the threshold; a token that the rest of the text does not confirm is withdrawn.",
         StepRule::AsNeeded,
         PolicyModels::FullCanvas,
         true,
         {LowConfidence}},
        {DecodePolicy::Dynamic,
         "dynamic",
         "Every slot of the block whose token has more than the threshold's probability, at least as many as the block's schedule has.",
         StepRule::AsNeeded,
         PolicyModels::BlockCausal,
         true,
         {LowConfidence}},
        {DecodePolicy::Llada2,
         "llada2",
         "As dynamic, with LLaDA2.0's threshold.",
         StepRule::AsNeeded,
         PolicyModels::BlockCausal,
         true,
         {LowConfidence}},
        {DecodePolicy::Llada21,
         "llada2.1",
         "Every slot above the threshold; tokens of the block are exchanged where another one becomes more probable.",
         StepRule::AsNeeded,
         PolicyModels::BlockCausal,
         true,
         {LowConfidence}},
        {DecodePolicy::Bd3lm,
         "bd3lm",
         "A rounded share of the block's open slots per step; the first block begins where the prompt ends.",
         StepRule::AsNeeded,
         PolicyModels::BlockCausal,
         true,
         {LowConfidence, Random}},
        {DecodePolicy::FastDllmV2,
         "fast-dllm-v2",
         "Every slot above the threshold in one part of the block after the other; a block's first token comes from the one before.",
         StepRule::AsNeeded,
         PolicyModels::BlockCausal,
         true,
         {LowConfidence}},
        {DecodePolicy::LeftToRight,
         "left-to-right",
         "One slot per step, the next one.",
         StepRule::AsNeeded,
         PolicyModels::Causal,
         false,
         {UnmaskOrder::LeftToRight}},
    };
    return kPolicies;
}

}  // namespace

std::string_view nameOf(UnmaskOrder order) {
    switch (order) {
        case UnmaskOrder::LowConfidence: return "low-confidence";
        case UnmaskOrder::Margin: return "margin";
        case UnmaskOrder::Entropy: return "entropy";
        case UnmaskOrder::Random: return "random";
        case UnmaskOrder::LeftToRight: return "left-to-right";
        case UnmaskOrder::Origin: return "origin";
    }
    ENGINE_ASSERT(false);
}

std::string_view nameOf(RemaskRule rule) {
    switch (rule) {
        case RemaskRule::Cap: return "cap";
        case RemaskRule::Rescale: return "rescale";
        case RemaskRule::Confidence: return "conf";
        case RemaskRule::Loop: return "loop";
    }
    ENGINE_ASSERT(false);
}

std::string_view nameOf(DecodePolicy policy) {
    return traitsOf(policy).name;
}

Result<UnmaskOrder> parseUnmaskOrder(std::string_view name) {
    return findNamed(kUnmaskOrders, "order", name);
}

Result<RemaskRule> parseRemaskRule(std::string_view name) {
    return findNamed(kRemaskRules, "remask rule", name);
}

Result<DecodePolicy> parseDecodePolicy(std::string_view name) {
    std::vector<DecodePolicy> all;
    for (const PolicyTraits& traits : allPolicies()) {
        all.push_back(traits.policy);
    }
    return findNamed(all, "policy", name);
}

const PolicyTraits& traitsOf(DecodePolicy policy) {
    const auto& all = allPolicies();
    const auto found = std::find_if(all.begin(), all.end(), [policy](const PolicyTraits& traits) { return traits.policy == policy; });
    ENGINE_ASSERT(found != all.end());
    return *found;
}

std::span<const PolicyTraits> policies() {
    return allPolicies();
}

}  // namespace crystallite
