#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace crystallite {

/// Which open slots commit first.
enum class UnmaskOrder : uint8_t {
    LowConfidence,  ///< highest probability of the drawn token first; LLaDA's "low-confidence remasking", Dream's "maskgit_plus"
    Margin,         ///< highest p1 - p2 first; Dream's "topk_margin"
    Entropy,        ///< lowest entropy first
    Random,         ///< a uniform draw per slot and step; ignores the model's confidence
    LeftToRight,    ///< the first open slots; the only order of a model that writes left to right
    Origin,         ///< none: every open slot decides by a draw of its own whether it commits; Dream's "origin"
};

std::string_view nameOf(UnmaskOrder order);  ///< "low-confidence", "margin", "entropy", "random", "left-to-right", "origin"
Result<UnmaskOrder> parseUnmaskOrder(std::string_view name);

/// How a run decides step by step which slots change. Each is a class in diffusion/samplers, where the published sampler is cited.
enum class DecodePolicy : uint8_t {
    Llada,         ///< a fixed number of slots per step, in blocks
    Dream,         ///< a share of the open slots per step, by a falling time
    Threshold,     ///< every slot that is sure enough
    Factor,        ///< as many slots as are sure enough together
    EntropyBound,  ///< as many slots as have little entropy together
    Klass,         ///< every slot that is sure and has stopped changing
    Remdm,         ///< commits and withdraws by chance
    DreamOn,       ///< one slot a step; slots are added and removed
    Wino,          ///< commits boldly and withdraws what does not hold
    Dynamic,       ///< every slot that is sure enough, but at least a fixed number
    Llada2,        ///< the same
    Llada21,       ///< every slot that is sure enough; tokens are exchanged, too
    Bd3lm,         ///< a rounded share of the open slots per step
    FastDllmV2,    ///< every slot that is sure enough, in sub-blocks
    LeftToRight,   ///< one slot a step, the next one
};

/// How a policy uses the number of steps.
enum class StepRule : uint8_t {
    EvenSchedule,  ///< every block has its share of the steps, and commits its share of slots in each
    TimeSchedule,  ///< any number; some steps may change nothing
    AsNeeded,      ///< until no slot is open; nobody chooses
};

/// The models that a policy can run.
enum class PolicyModels : uint8_t {
    Denoising,    ///< every one that does not write from left to right
    FullCanvas,   ///< whose slots all see each other
    BlockCausal,  ///< that write block after block
    Causal,       ///< that write from left to right
};

/// ReMDM's rule for the chance that a token is withdrawn.
enum class RemaskRule : uint8_t { Cap, Rescale, Confidence, Loop };

std::string_view nameOf(RemaskRule rule);  ///< "cap", "rescale", "conf", "loop"
Result<RemaskRule> parseRemaskRule(std::string_view name);

struct PolicyTraits {
    DecodePolicy policy = DecodePolicy::Llada;
    std::string_view name;     ///< "entropy-bound"
    std::string_view meaning;  ///< one sentence
    StepRule steps = StepRule::EvenSchedule;
    PolicyModels models = PolicyModels::Denoising;
    bool hasBlocks = false;
    std::vector<UnmaskOrder> orders;  ///< that it knows, the usual one first; one: there is no choice
};

const PolicyTraits& traitsOf(DecodePolicy policy);
/// All of them, in the order in which they are offered.
std::span<const PolicyTraits> policies();
std::string_view nameOf(DecodePolicy policy);
Result<DecodePolicy> parseDecodePolicy(std::string_view name);

}  // namespace crystallite
