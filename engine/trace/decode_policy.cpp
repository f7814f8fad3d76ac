#include "engine/trace/decode_policy.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"

#include <algorithm>
#include <array>
#include <string>

namespace crystallite {
namespace {

constexpr std::array kUnmaskOrders = {UnmaskOrder::LowConfidence, UnmaskOrder::Margin,      UnmaskOrder::Entropy,
                                      UnmaskOrder::Random,        UnmaskOrder::LeftToRight, UnmaskOrder::Origin};
constexpr std::array kRemaskRules = {RemaskRule::Cap, RemaskRule::Rescale, RemaskRule::Confidence, RemaskRule::Loop};

std::string_view nameOf(const PolicyTraits& traits) {
    return traits.name;
}

/// The element of `all` that is called `name`; `kind` names what it would be.
template <typename All>
auto findNamed(const All& all, std::string_view kind, std::string_view name) -> Result<typename All::value_type> {
    std::string names;
    for (const auto& element : all) {
        if (nameOf(element) == name) {
            return element;
        }
        names += (names.empty() ? "" : ", ") + std::string(nameOf(element));
    }
    return Error{.kind = ErrorKind::InvalidArgument,
                 .message = "There is no " + std::string(kind) + " " + inQuotes(name) + "; choose one of " + names + "."};
}

const std::vector<PolicyTraits>& allPolicies() {
    using enum UnmaskOrder;
    static const std::vector<PolicyTraits> kPolicies = {
        {DecodePolicy::Llada,
         "llada",
         "A fixed number of slots per step, the best first, block after block.",
         StepRule::EvenSchedule,
         true,
         {LowConfidence, Margin, Entropy, Random, LeftToRight}},
        {DecodePolicy::Dream,
         "dream",
         "A share of the open slots per step as the time falls from 1 to eps.",
         StepRule::TimeSchedule,
         false,
         {Origin, LowConfidence, Margin, Entropy}},
        {DecodePolicy::Threshold,
         "threshold",
         "Every slot whose token has at least the threshold's probability, and always the best one.",
         StepRule::AsNeeded,
         true,
         {LowConfidence}},
        {DecodePolicy::Factor,
         "factor",
         "The n best slots as long as (n + 1)(1 - p) stays below the factor.",
         StepRule::AsNeeded,
         true,
         {LowConfidence}},
        {DecodePolicy::EntropyBound,
         "entropy-bound",
         "The best slots as long as the entropy of those before stays within the bound.",
         StepRule::AsNeeded,
         true,
         {Entropy, LowConfidence, Margin}},
        {DecodePolicy::Klass,
         "klass",
         "Every slot that is sure and whose distribution has stopped changing, else as llada.",
         StepRule::EvenSchedule,
         true,
         {LowConfidence}},
        {DecodePolicy::Remdm,
         "remdm",
         "Slots commit and are withdrawn by chance as the time falls.",
         StepRule::TimeSchedule,
         false,
         {Origin}},
        {DecodePolicy::DreamOn,
         "dreamon",
         "One slot per step; the model adds slots where it wants to say more and removes those it does not need.",
         StepRule::AsNeeded,
         false,
         {Entropy}},
        {DecodePolicy::Wino,
         "wino",
         "Every slot above the threshold; a token that the rest of the text does not confirm is withdrawn.",
         StepRule::AsNeeded,
         true,
         {LowConfidence}},
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
    const Result<PolicyTraits> found = findNamed(allPolicies(), "policy", name);
    return found ? Result<DecodePolicy>(found->policy) : Result<DecodePolicy>(found.error());
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
