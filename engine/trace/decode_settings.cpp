#include "engine/trace/decode_settings.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"

#include <array>
#include <cmath>
#include <utility>

namespace crystallite {

namespace {

constexpr std::array kUnmaskOrders = {UnmaskOrder::LowConfidence, UnmaskOrder::Margin, UnmaskOrder::Entropy, UnmaskOrder::Random,
                                      UnmaskOrder::LeftToRight};
constexpr float kHighestTemperature = 10.0F;

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

Result<void> checkBlocks(const DecodeSettings& settings) {
    const uint32_t block = settings.effectiveBlockLength();
    if (block > settings.length) {
        return invalid("The block length is " + std::to_string(block) + ", longer than the answer's " + std::to_string(settings.length) +
                       " slots; use " + std::to_string(settings.length) + " or less.");
    }
    if (settings.length % block != 0) {
        return invalid("The answer's " + std::to_string(settings.length) + " slots do not divide into blocks of " + std::to_string(block) +
                       "; a block length of " + std::to_string(largestDivisorUpTo(settings.length, block)) + " would do.");
    }
    return {};
}

Result<void> checkSteps(const DecodeSettings& settings) {
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

}  // namespace

std::string_view nameOf(UnmaskOrder order) {
    switch (order) {
        case UnmaskOrder::LowConfidence: return "low-confidence";
        case UnmaskOrder::Margin: return "margin";
        case UnmaskOrder::Entropy: return "entropy";
        case UnmaskOrder::Random: return "random";
        case UnmaskOrder::LeftToRight: return "left-to-right";
    }
    ENGINE_ASSERT(false);
}

Result<UnmaskOrder> parseUnmaskOrder(std::string_view name) {
    std::string names;
    for (const UnmaskOrder order : kUnmaskOrders) {
        if (nameOf(order) == name) {
            return order;
        }
        names += (names.empty() ? "" : ", ") + std::string(nameOf(order));
    }
    return invalid("There is no order " + inQuotes(name) + "; choose one of " + names + ".");
}

Result<void> checkSettings(const DecodeSettings& settings, uint32_t promptTokens, uint32_t longestCanvas) {
    if (settings.length == 0) {
        return invalid("The answer's length is 0 slots; it must be 1 or more.");
    }
    if (uint64_t{promptTokens} + settings.length > longestCanvas) {
        const std::string advice = promptTokens < longestCanvas
                                       ? "a length of " + std::to_string(longestCanvas - promptTokens) + " or less would do."
                                       : "shorten the prompt to fewer than " + std::to_string(longestCanvas) + " tokens.";
        return invalid("A prompt of " + std::to_string(promptTokens) + " tokens and " + std::to_string(settings.length) +
                       " slots need a canvas of " + std::to_string(uint64_t{promptTokens} + settings.length) + ", but the longest is " +
                       std::to_string(longestCanvas) + "; " + advice);
    }
    if (Result<void> blocks = checkBlocks(settings); !blocks) {
        return blocks;
    }
    if (Result<void> steps = checkSteps(settings); !steps) {
        return steps;
    }
    if (!std::isfinite(settings.temperature) || settings.temperature < 0.0F || settings.temperature > kHighestTemperature) {
        return invalid("The temperature is " + std::to_string(settings.temperature) + "; it must be 0 to 10, and 0 is a good start.");
    }
    return {};
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
