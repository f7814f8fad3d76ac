#include "engine/trace/decode_option.h"

#include "engine/base/in_quotes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

namespace crystallite {
namespace {

using enum DecodePolicy;

constexpr double kLittle = 1e-6;  // for a range that excludes 0
constexpr double kMostSlots = 65536;

std::vector<DecodePolicy> allPoliciesBut(std::initializer_list<DecodePolicy> excluded) {
    std::vector<DecodePolicy> rest;
    for (const PolicyTraits& traits : policies()) {
        if (std::find(excluded.begin(), excluded.end(), traits.policy) == excluded.end()) {
            rest.push_back(traits.policy);
        }
    }
    return rest;
}

std::vector<DecodeOption> makeOptions() {
    using S = DecodeSettings;
    const std::vector<DecodePolicy> kFiltering = {Dream, Remdm, DreamOn, Dynamic, Llada2, Llada21, FastDllmV2, DecodePolicy::LeftToRight};
    return {
        {"top_p", "draw from the fewest tokens with this probability together", &S::topP, kLittle, 1, kFiltering},
        {"top_k", "draw from so many tokens; 0: from all", &S::topK, 0, 1e9, kFiltering},
        {"alg_temp", "chance in the order of the slots; 0: none", &S::algTemp, 0, 100, {Dream}},
        {"eps", "the time at which the last step ends", &S::eps, kLittle, 0.5, {Dream, Remdm}},
        {"threshold",
         "probability from which a token is sure",
         &S::threshold,
         0,
         1,
         {Threshold, Klass, Wino, Dynamic, Llada2, Llada21, FastDllmV2}},
        {"block_steps", "steps that a block takes; 0: one per slot", &S::blockSteps, 0, kMostSlots, {Llada, Klass, Dynamic, Llada2, Bd3lm}},
        {"sub_block", "slots of the parts in which a block is denoised", &S::subBlock, 1, kMostSlots, {FastDllmV2}},
        {"edit_threshold", "probability above which a token takes another one's place; 0: always", &S::editThreshold, 0, 1, {Llada21}},
        {"max_post_steps", "steps over a full block until its tokens are left alone", &S::maxPostSteps, 0, 1024, {Llada21}},
        {"factor", "bound of (n + 1)(1 - p) for the n-th slot of a step", &S::factor, kLittle, kMostSlots, {Factor}},
        {"entropy_bound", "nats that the slots of a step may have together", &S::entropyBound, 0, 1000, {EntropyBound}},
        {"kl_bound", "nats by which a settled slot may still change per step", &S::klBound, kLittle, 100, {Klass}},
        {"kl_history", "steps for which a slot must have been settled", &S::klHistory, 1, 16, {Klass}},
        {"eta", "strength of the remasking", &S::eta, 0, 1, {Remdm}},
        {"t_on", "time at which the loop begins", &S::loopOn, kLittle, 0.999, {Remdm}},
        {"t_off", "time at which the loop ends", &S::loopOff, kLittle, 1, {Remdm}},
        {"alpha_on", "share of tokens that is held during the loop", &S::loopAlpha, kLittle, 0.999, {Remdm}},
        {"threshold_back", "probability below which a token is withdrawn", &S::thresholdBack, 0, 1, {Wino}},
        {"max_length", "slots to which the answer may grow", &S::maxLength, 1, kMostSlots, {DreamOn}},
        {"expand_budget", "how often slots may be added", &S::expandBudget, 0, kMostSlots, {DreamOn}},
        {"cfg_scale", "extra guidance by the prompt; 0: none, and one pass per step instead of two", &S::cfgScale, 0, 100,
         allPoliciesBut({Wino, LeftToRight})},
        {"logits_eos_inf", "never draw an end of text", &S::logitsEosInf, 0, 1, allPoliciesBut({DreamOn})},
        {"confidence_eos_eot_inf", "commit an end of text or turn last", &S::confidenceEosEotInf, 0, 1, {Llada, Threshold, Factor, Klass}},
        {"strict_reference", "do what the published code does, its quirks included", &S::strictReference, 0, 1, allPoliciesBut({})},
    };
}

std::string decimal(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", value);
    return text.data();
}

bool isOfTheLoop(std::string_view name) {
    return name == "t_on" || name == "t_off" || name == "alpha_on";
}

}  // namespace

bool DecodeOption::appliesTo(const DecodeSettings& settings) const {
    const bool looksAtIt = std::find(policies.begin(), policies.end(), settings.policy) != policies.end();
    return looksAtIt && (!isOfTheLoop(name) || settings.remask == RemaskRule::Loop);
}

double DecodeOption::valueIn(const DecodeSettings& settings) const {
    return std::visit([&](auto member) { return static_cast<double>(settings.*member); }, field);
}

Result<void> DecodeOption::check(double value) const {
    const bool fits = value >= lowest && value <= highest && (!isWhole() || value == std::floor(value));
    if (fits) {
        return {};
    }
    const std::string kind = isFlag() ? "0 or 1" : (isWhole() ? "a whole number from " : "") + decimal(lowest) + " to " + decimal(highest);
    return Error{.kind = ErrorKind::InvalidArgument,
                 .message = "The setting " + std::string(name) + " is " + decimal(value) + "; it must be " + kind + "."};
}

Result<void> DecodeOption::setIn(DecodeSettings& settings, double value) const {
    if (Result<void> checked = check(value); !checked) {
        return checked;
    }
    std::visit(
        [&](auto member) {
            using Value = std::remove_reference_t<decltype(settings.*member)>;
            settings.*member = static_cast<Value>(value);
        },
        field);
    return {};
}

std::span<const DecodeOption> decodeOptions() {
    static const std::vector<DecodeOption> kOptions = makeOptions();
    return kOptions;
}

const DecodeOption* findDecodeOption(std::string_view name) {
    const std::span<const DecodeOption> all = decodeOptions();
    const auto found = std::find_if(all.begin(), all.end(), [name](const DecodeOption& option) { return option.name == name; });
    return found == all.end() ? nullptr : &*found;
}

DecodeSettings usualSettings(DecodePolicy policy, RemaskRule remask) {
    DecodeSettings settings{.order = traitsOf(policy).orders.front(), .policy = policy};
    switch (policy) {
        case Remdm:
            settings.remask = remask;
            settings.temperature = 1.0F;
            settings.topP = 0.9;
            settings.eps = 1e-5;
            settings.eta = remask == RemaskRule::Loop ? 0.02 : remask == RemaskRule::Cap ? 0.008 : 0.015;
            break;
        case DreamOn:
            settings.temperature = 0.2F;
            settings.topP = 0.9;
            break;
        case Wino: settings.threshold = 0.6; break;
        case Dynamic: settings.threshold = 0.85; break;
        case Llada2: settings.threshold = 0.95; break;
        case Llada21: settings.threshold = 0.7; break;
        case FastDllmV2: settings.threshold = 0.95; break;
        case Llada:
        case Dream:
        case Threshold:
        case Factor:
        case EntropyBound:
        case Klass:
        case Bd3lm:
        case LeftToRight: break;
    }
    return settings;
}

}  // namespace crystallite
