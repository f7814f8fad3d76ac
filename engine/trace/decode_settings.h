#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"
#include "engine/trace/cache_kind.h"
#include "engine/trace/decode_policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Where the blocks of a run are counted from.
enum class BlockAnchor : uint8_t {
    Prompt,  ///< the first slot behind the prompt
    Text,    ///< the first slot of all, so that a prompt may end inside a block: the blocks that a block-causal model sees by
};

/// Everything that, with the prompt, decides a run. Stored as used in the trace. The members from topP on are described, with their ranges
/// and the policies that look at them, in decode_option.h; a policy leaves the others as they are here.
struct DecodeSettings {
    uint32_t length = 128;     ///< slots after the leading given ones, which are the prompt; slots given among them are counted
    uint32_t steps = 128;      ///< denoising steps over all blocks; of a policy that takes as many as it needs, the most it can take
    uint32_t blockLength = 0;  ///< 0: one block
    BlockAnchor blockAnchor = BlockAnchor::Prompt;
    uint32_t blockOffset = 0;  ///< with BlockAnchor::Text: the first block of the text is the shorter by it
    CacheKind cache = CacheKind::None;
    bool stopsAtEnd = false;  ///< the run is over when a token ends the answer and its block is full
    UnmaskOrder order = UnmaskOrder::LowConfidence;
    float temperature = 0.0F;
    uint64_t seed = 0;
    DecodePolicy policy = DecodePolicy::Llada;
    RemaskRule remask = RemaskRule::Cap;
    double topP = 1.0;
    uint32_t topK = 0;
    double algTemp = 0.0;
    double eps = 1e-3;
    double threshold = 0.9;
    double factor = 1.0;
    double entropyBound = 0.15;
    double klBound = 0.01;
    uint32_t klHistory = 2;
    double eta = 0.008;
    double loopOn = 0.55;
    double loopOff = 0.05;
    double loopAlpha = 0.9;
    double thresholdBack = 0.9;
    uint32_t blockSteps = 0;
    uint32_t subBlock = 8;
    double editThreshold = 0.5;
    uint32_t maxPostSteps = 16;
    uint32_t maxLength = 64;
    uint32_t expandBudget = 64;
    double cfgScale = 0.0;
    bool logitsEosInf = false;
    bool confidenceEosEotInf = false;
    bool strictReference = false;
    friend bool operator==(const DecodeSettings&, const DecodeSettings&) = default;

    [[nodiscard]] uint32_t effectiveBlockLength() const { return blockLength == 0 ? length : blockLength; }
    /// With BlockAnchor::Prompt; see BlockGrid for the other.
    [[nodiscard]] uint32_t blocks() const { return length / effectiveBlockLength(); }
    [[nodiscard]] StepRule stepRule() const { return blockAnchor == BlockAnchor::Text ? StepRule::AsNeeded : traitsOf(policy).steps; }
    /// Of a policy with a schedule, on blocks of the text.
    [[nodiscard]] uint32_t effectiveBlockSteps() const { return blockSteps == 0 ? blockLength : blockSteps; }
    /// Slots that the answer may grow by at most; they stand behind it and belong to nothing.
    [[nodiscard]] uint32_t room() const { return policy == DecodePolicy::DreamOn && maxLength > length ? maxLength - length : 0; }
};

/// A value for one option of decode_option.h by its name; flags are 0 and 1.
struct OptionValue {
    std::string name;
    double value = 0.0;
};

/// What a person asks for. What is left out is chosen to suit the policy, the model and the prompt (diffusion/run_plan.h).
struct DecodeRequest {
    std::optional<uint32_t> length;  ///< masked slots behind the typed prompt
    std::optional<uint32_t> steps;
    std::optional<uint32_t> blockLength;
    std::optional<UnmaskOrder> order;
    std::optional<float> temperature;
    uint64_t seed = 0;
    std::optional<DecodePolicy> policy;
    std::optional<RemaskRule> remask;
    std::optional<CacheKind> cache;
    std::optional<bool> stopsAtEnd;
    std::vector<OptionValue> options;
};

/// InvalidArgument with the offending value, the range and a value that would do: length >= 1, temperature finite and in 0..10,
/// prompt + length <= longest canvas, an order that the policy knows, every option of the policy within its range, and a cache that goes
/// with all of it. Blocks behind the prompt, with a schedule: length % block == 0, steps % blocks == 0, steps / blocks <= block length.
/// Blocks of the text: a block length, and no more steps per block than it has slots.
Result<void> checkSettings(const DecodeSettings& settings, uint32_t promptTokens, uint32_t longestCanvas);

/// Whether the policy and its options leave a cache something to keep.
Result<void> checkCacheUse(const DecodeSettings& settings);

/// The most steps that a run can take, whatever the model says.
uint64_t mostSteps(const DecodeSettings& settings);

/// even(n, S): the first n mod S of S steps commit n / S + 1, the others n / S. LLaDA `generate.py`, get_num_transfer_tokens.
std::vector<uint32_t> evenSchedule(uint32_t masked, uint32_t steps);

/// dllm's schedule for a linear alpha: in each of `steps` steps the share 1 - s / t of the slots that are left, rounded half to even, where
/// t falls from 1 to 1 / steps and s is the next t; steps that commit nothing are left out. s / t is (1 - alpha(s)) / (1 - alpha(t)) in f32
/// with alpha(t) = 1 - t, whose roundings decide where a share ends in a half. ZHZisZZ/dllm `core/samplers/utils.py`.
std::vector<uint32_t> roundedSchedule(uint32_t masked, uint32_t steps);

}  // namespace crystallite
