#include "engine/trace/decode_settings.h"

#include "engine/base/assert.h"
#include "engine/trace/decode_option.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace crystallite {

namespace {

constexpr float kHighestTemperature = 10.0F;
constexpr uint32_t kMostTimeSteps = 65536;

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

uint32_t largestDivisorUpTo(uint32_t number, uint32_t limit) {
    uint32_t divisor = limit;
    while (number % divisor != 0) {
        --divisor;
    }
    return divisor;
}

Result<void> checkTextBlocks(const DecodeSettings& settings) {
    const PolicyTraits& traits = traitsOf(settings.policy);
    const uint32_t block = settings.blockLength;
    constexpr uint32_t kLongestBlock = 1U << 20U;
    if (block > kLongestBlock) {
        return invalid("The block length is " + std::to_string(block) + "; it must be 1 to " + std::to_string(kLongestBlock) + ".");
    }
    if (block == 0 || settings.blockOffset >= block) {
        return invalid("Blocks of the text have a length and begin less than it before the text, not " + std::to_string(block) + " and " +
                       std::to_string(settings.blockOffset) + "; leave the block length out.");
    }
    if (!traits.hasBlocks) {
        return invalid("The policy " + std::string(traits.name) +
                       " has no blocks, but the model writes block after block; choose another.");
    }
    if (settings.blockSteps > block && settings.policy != DecodePolicy::Bd3lm) {
        return invalid("The number of steps per block is " + std::to_string(settings.blockSteps) + ", but a block has only " +
                       std::to_string(block) + " slots; use a block_steps of " + std::to_string(block) + " or less.");
    }
    if (settings.policy == DecodePolicy::FastDllmV2 && settings.subBlock > block) {
        return invalid("The sub-blocks have " + std::to_string(settings.subBlock) + " slots, more than the " + std::to_string(block) +
                       " of a block; use a sub_block of " + std::to_string(block) + " or less.");
    }
    return {};
}

Result<void> checkBlocks(const DecodeSettings& settings) {
    if (settings.blockAnchor == BlockAnchor::Text) {
        return checkTextBlocks(settings);
    }
    if (traitsOf(settings.policy).models == PolicyModels::BlockCausal) {
        return invalid("The policy " + std::string(nameOf(settings.policy)) +
                       " is for models that write block after block; choose another.");
    }
    const uint32_t block = settings.effectiveBlockLength();
    if (block > settings.length) {
        return invalid("The block length is " + std::to_string(block) + ", longer than the answer's " + std::to_string(settings.length) +
                       " slots; use " + std::to_string(settings.length) + " or less.");
    }
    // A schedule gives every block the same number of steps; others may end with a shorter block.
    if (settings.length % block != 0 && traitsOf(settings.policy).steps == StepRule::EvenSchedule) {
        return invalid("The answer's " + std::to_string(settings.length) + " slots do not divide into blocks of " + std::to_string(block) +
                       "; a block length of " + std::to_string(largestDivisorUpTo(settings.length, block)) + " would do.");
    }
    return {};
}

Result<void> checkTimeSteps(uint32_t steps) {
    if (steps == 0 || steps > kMostTimeSteps) {
        return invalid("The number of steps is " + std::to_string(steps) + "; it must be 1 to " + std::to_string(kMostTimeSteps) + ".");
    }
    return {};
}

Result<void> checkEvenSteps(const DecodeSettings& settings) {
    const uint32_t blocks = settings.blocks();
    const uint32_t steps = settings.steps;
    if (steps == 0) {
        return invalid("The number of steps is 0; it must be " + std::to_string(blocks) + " to " + std::to_string(settings.length) + ".");
    }
    if (steps > settings.length) {
        return invalid("The number of steps is " + std::to_string(steps) + ", but only " + std::to_string(settings.length) +
                       " slots can be committed; use " + std::to_string(settings.length) + " steps or fewer.");
    }
    if (steps % blocks != 0) {
        // length is a multiple of blocks, so that the next multiple above `steps` is still at most length.
        return invalid("The " + std::to_string(steps) + " steps do not divide evenly over " + std::to_string(blocks) + " blocks; " +
                       std::to_string((steps / blocks + 1) * blocks) + " steps would do.");
    }
    return {};
}

Result<void> checkSteps(const DecodeSettings& settings) {
    switch (settings.stepRule()) {
        case StepRule::EvenSchedule: return checkEvenSteps(settings);
        case StepRule::TimeSchedule: return checkTimeSteps(settings.steps);
        case StepRule::AsNeeded: break;
    }
    if (settings.steps == 0 || settings.steps > mostSteps(settings)) {
        const bool hasSchedule = findDecodeOption("block_steps")->appliesTo(settings);
        return invalid("The policy " + std::string(nameOf(settings.policy)) + " takes as many steps as it needs, at most " +
                       std::to_string(mostSteps(settings)) + ", not " + std::to_string(settings.steps) + "; leave the steps out" +
                       (hasSchedule ? ", and say with block_steps how many a block takes." : "."));
    }
    return {};
}

Result<void> checkPolicy(const DecodeSettings& settings) {
    const PolicyTraits& traits = traitsOf(settings.policy);
    const std::string policy = "The policy " + std::string(traits.name);
    if (!traits.hasBlocks && settings.blockLength != 0 && settings.blocks() != 1) {
        return invalid(policy + " has no blocks; leave the block length at 0.");
    }
    if (std::find(traits.orders.begin(), traits.orders.end(), settings.order) == traits.orders.end()) {
        std::string known;
        for (const UnmaskOrder order : traits.orders) {
            known += (known.empty() ? "" : ", ") + std::string(nameOf(order));
        }
        return invalid(policy + " does not know the order " + std::string(nameOf(settings.order)) + "; it knows " + known + ".");
    }
    for (const DecodeOption& option : decodeOptions()) {
        if (!option.appliesTo(settings)) {
            continue;
        }
        if (Result<void> checked = option.check(option.valueIn(settings)); !checked) {
            return checked;
        }
    }
    if (settings.policy == DecodePolicy::Remdm && settings.remask == RemaskRule::Loop && settings.loopOff >= settings.loopOn) {
        return invalid("The loop ends at time " + std::to_string(settings.loopOff) + " (t_off), which must be below the time " +
                       std::to_string(settings.loopOn) + " (t_on) at which it begins.");
    }
    if (settings.policy == DecodePolicy::DreamOn && settings.maxLength < settings.length) {
        return invalid("The answer has " + std::to_string(settings.length) + " slots at first, more than the " +
                       std::to_string(settings.maxLength) + " to which it may grow; ask for a larger max_length.");
    }
    return {};
}

}  // namespace

Result<void> checkCacheUse(const DecodeSettings& settings) {
    if (settings.cache == CacheKind::None) {
        return {};
    }
    const std::string cache = "The cache " + std::string(nameOf(settings.cache));
    const std::string advice = "; leave one of the two out.";
    if (settings.cfgScale > 0.0) {
        return invalid(cache + " keeps one text, but guidance (cfg_scale) computes two" + advice);
    }
    if (settings.policy == DecodePolicy::Wino || settings.policy == DecodePolicy::DreamOn) {
        return invalid(cache + " keeps what the policy " + std::string(nameOf(settings.policy)) +
                       (settings.policy == DecodePolicy::Wino ? " must compute anew with every token that it judges"
                                                              : " moves when it adds and removes slots") +
                       advice);
    }
    if (settings.cache == CacheKind::SubBlock && settings.policy != DecodePolicy::FastDllmV2) {
        return invalid(cache + " needs the sub-blocks of the policy fast-dllm-v2; choose that, or the cache exact.");
    }
    constexpr std::array kPublished = {DecodePolicy::Llada, DecodePolicy::Threshold, DecodePolicy::Factor, DecodePolicy::FastDllmV2};
    const bool isPublished = std::find(kPublished.begin(), kPublished.end(), settings.policy) != kPublished.end();
    if (isApproximate(settings.cache) && settings.strictReference && !isPublished) {
        return invalid(cache + " was not published for the policy " + std::string(nameOf(settings.policy)) +
                       ", so that there is no reference to follow strictly (strict_reference)" + advice);
    }
    return {};
}

Result<void> checkSettings(const DecodeSettings& settings, uint32_t promptTokens, uint32_t longestCanvas) {
    if (settings.length == 0) {
        return invalid("The answer's length is 0 slots; it must be 1 or more.");
    }
    const uint64_t slots = uint64_t{settings.length} + settings.room();
    if (promptTokens + slots > longestCanvas) {
        const std::string what = settings.room() > 0 ? "a max_length of " : "a length of ";
        const std::string advice = promptTokens < longestCanvas
                                       ? what + std::to_string(longestCanvas - promptTokens) + " or less would do."
                                       : "shorten the prompt to fewer than " + std::to_string(longestCanvas) + " tokens.";
        return invalid("A prompt of " + std::to_string(promptTokens) + " tokens and " + std::to_string(slots) + " slots need a canvas of " +
                       std::to_string(promptTokens + slots) + ", but the longest is " + std::to_string(longestCanvas) + "; " + advice);
    }
    if (Result<void> blocks = checkBlocks(settings); !blocks) {
        return blocks;
    }
    if (Result<void> policy = checkPolicy(settings); !policy) {
        return policy;
    }
    if (Result<void> steps = checkSteps(settings); !steps) {
        return steps;
    }
    if (Result<void> cache = checkCacheUse(settings); !cache) {
        return cache;
    }
    if (!std::isfinite(settings.temperature) || settings.temperature < 0.0F || settings.temperature > kHighestTemperature) {
        return invalid("The temperature is " + std::to_string(settings.temperature) + "; it must be 0 to 10, and 0 is a good start.");
    }
    return {};
}

uint64_t mostSteps(const DecodeSettings& settings) {
    switch (settings.policy) {
        // On blocks of the text the number of steps follows from the canvas.
        case DecodePolicy::Llada: return settings.blockAnchor == BlockAnchor::Text ? settings.length : settings.steps;
        case DecodePolicy::Dream: return settings.steps;
        case DecodePolicy::Remdm: return settings.steps + uint64_t{1};
        // Each step fills at least one slot; one that expands opens a slot more and costs one of the budget.
        case DecodePolicy::DreamOn: return settings.length + 2 * uint64_t{settings.expandBudget};
        // A step withdraws fewer tokens than the step before it has committed, so that both together fill at least one slot.
        case DecodePolicy::Wino:
        case DecodePolicy::Threshold:
        case DecodePolicy::Factor:
        case DecodePolicy::EntropyBound:
        case DecodePolicy::Klass:
        case DecodePolicy::Dynamic:
        case DecodePolicy::Llada2:
        case DecodePolicy::Bd3lm:
        case DecodePolicy::FastDllmV2:
        case DecodePolicy::LeftToRight: return settings.length;
        // A block that ends in the middle of the prompt's last one makes one more than the length has.
        case DecodePolicy::Llada21:
            return settings.length + (settings.length / std::max(settings.blockLength, 1U) + uint64_t{2}) * settings.maxPostSteps;
    }
    ENGINE_ASSERT(false);
}

std::vector<uint32_t> roundedSchedule(uint32_t masked, uint32_t steps) {
    ENGINE_ASSERT(steps > 0);
    std::vector<uint32_t> commits;
    uint32_t left = masked;
    for (uint32_t step = steps; step > 0; --step) {
        const auto openAt = [steps](uint32_t time) {
            const auto alpha = 1.0F - static_cast<float>(static_cast<double>(time) / static_cast<double>(steps));
            return 1.0F - alpha;
        };
        const double share = 1.0 - static_cast<double>(openAt(step - 1) / openAt(step));
        // Half to even is how the default rounding of floating-point numbers goes.
        const uint32_t taken = std::min(static_cast<uint32_t>(std::nearbyint(left * share)), left);
        if (taken > 0) {
            commits.push_back(taken);
        }
        left -= taken;
    }
    return commits;
}

std::vector<uint32_t> evenSchedule(uint32_t masked, uint32_t steps) {
    ENGINE_ASSERT(steps > 0);
    std::vector<uint32_t> commits(steps, masked / steps);
    for (uint32_t step = 0; step < masked % steps; ++step) {
        ++commits[step];
    }
    return commits;
}

}  // namespace crystallite
