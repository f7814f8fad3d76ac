#include "engine/diffusion/run_plan.h"

#include "engine/base/in_quotes.h"
#include "engine/diffusion/family_defaults.h"
#include "engine/diffusion/run_check.h"
#include "engine/trace/decode_option.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crystallite {
namespace {

constexpr uint32_t kUsualLength = 128;

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

/// Where the mask is a token of its own, one that is written in a prompt asks for a slot. Some models' mask is an ordinary word.
bool isOpen(const ModelConfig& config, const Tokenizer& tokenizer, TokenId id) {
    return id == config.maskId && tokenizer.isControl(id);
}

/// The id of a cell written as `character`; the mask for an open one, nothing for what no cell can hold.
std::optional<TokenId> cellToken(const ModelConfig& config, const Tokenizer& tokenizer, char character) {
    constexpr std::string_view kOpenMarks = ".0_";
    const std::vector<TokenId> ids = tokenizer.encode({&character, 1});
    const bool isSymbol = ids.size() == 1 && !std::binary_search(config.forbiddenIds.begin(), config.forbiddenIds.end(), ids.front());
    if (isSymbol) {
        return ids.front();
    }
    return kOpenMarks.find(character) != std::string_view::npos ? std::optional(config.maskId) : std::nullopt;
}

std::string symbolsOf(const ModelConfig& config, const Tokenizer& tokenizer) {
    std::string symbols;
    for (TokenId id = 0; id < tokenizer.size(); ++id) {
        if (!std::binary_search(config.forbiddenIds.begin(), config.forbiddenIds.end(), id)) {
            symbols += tokenizer.piece(id);
        }
    }
    return symbols;
}

/// A whole board, one character a cell.
Result<std::vector<TokenId>> boardTokens(const ModelConfig& config, const Tokenizer& tokenizer, std::string_view prompt) {
    std::vector<TokenId> tokens;
    for (size_t place = 0; place < prompt.size(); ++place) {
        constexpr std::string_view kWhiteSpace = " \t\r\n";
        if (kWhiteSpace.find(prompt[place]) != std::string_view::npos) {
            continue;
        }
        const std::optional<TokenId> token = cellToken(config, tokenizer, prompt[place]);
        if (!token) {
            return invalid("Character " + std::to_string(place + 1) + " of the puzzle, " + inQuotes(prompt.substr(place, 1)) +
                           ", fits no cell; write one of " + symbolsOf(config, tokenizer) + " for a given cell and . for an open one.");
        }
        tokens.push_back(*token);
    }
    const GridLayout& layout = *config.layout;
    if (tokens.size() != layout.cells()) {
        return invalid("The puzzle has " + std::to_string(tokens.size()) + " cells, but the board of " + inQuotes(config.name) + " has " +
                       std::to_string(layout.cells()) + " (" + std::to_string(layout.rows) + " rows of " + std::to_string(layout.columns) +
                       "); write every cell, with . for an open one.");
    }
    return tokens;
}

Result<uint32_t> appendedLength(const ModelConfig& config, size_t promptTokens, bool hasGaps, const DecodeRequest& request) {
    if (config.layout) {
        const uint32_t cells = config.layout->cells();
        if (request.length && *request.length != 0 && *request.length != cells) {
            return invalid("The length is " + std::to_string(*request.length) + ", but the canvas of " + inQuotes(config.name) +
                           " is its board of " + std::to_string(cells) + " cells; leave the length out.");
        }
        return 0U;
    }
    if (request.length) {
        return *request.length;
    }
    const uint64_t fitting = config.contextLength - std::min<uint64_t>(promptTokens, config.contextLength);
    // Where nothing fits any more checkRun() says so.
    return hasGaps ? 0U : static_cast<uint32_t>(std::clamp<uint64_t>(fitting, 1, kUsualLength));
}

/// Slots in front of the first open one: the prompt. All of a board belongs to the answer.
uint32_t leadingSlots(const ModelConfig& config, const Tokenizer& tokenizer, std::span<const TokenId> tokens) {
    const auto firstOpen = std::find_if(tokens.begin(), tokens.end(), [&](TokenId id) { return isOpen(config, tokenizer, id); });
    return config.layout ? 0 : static_cast<uint32_t>(firstOpen - tokens.begin());
}

/// What is given behind the first open slot is pinned.
Canvas layOut(const ModelConfig& config, const Tokenizer& tokenizer, std::span<const TokenId> tokens, uint32_t leading,
              const DecodeSettings& settings) {
    std::vector<PinnedSlot> pinned;
    for (uint32_t position = leading; position < tokens.size(); ++position) {
        if (!isOpen(config, tokenizer, tokens[position])) {
            pinned.push_back({.position = position, .id = tokens[position]});
        }
    }
    return {tokens.first(leading), settings.length, config.maskId, pinned, settings.room()};
}

/// As in DreamOn's demo, which grows from 4 slots to 64, where the model's canvas allows it.
uint32_t usualMaxLength(const ModelConfig& config, uint32_t leading, uint32_t length) {
    constexpr uint64_t kUsualGrowth = 60;
    const uint64_t fitting = config.contextLength - std::min(leading, config.contextLength);
    return static_cast<uint32_t>(std::max<uint64_t>(std::min(length + kUsualGrowth, fitting), length));
}

/// What was asked for on top of what is usual; the steps are left to the caller.
Result<DecodeSettings> settingsFor(const ModelConfig& config, const DecodeRequest& request, uint32_t leading, uint32_t length) {
    DecodeSettings settings = usualSettings(request.policy.value_or(usualPolicy(config)), request.remask.value_or(RemaskRule::Cap));
    if (request.remask && settings.policy != DecodePolicy::Remdm) {
        return invalid("The policy " + std::string(nameOf(settings.policy)) + " never remasks by a rule; leave it out, or choose remdm.");
    }
    settings.length = length;
    settings.blockLength = request.blockLength.value_or(0);
    if (config.visibility == Visibility::BlockCausal) {
        settings.blockAnchor = BlockAnchor::Text;
        settings.blockLength = settings.blockLength == 0 ? config.blockLength : settings.blockLength;
        settings.blockOffset = paddingOf(settings, leading);
        settings.subBlock = std::min(settings.subBlock, settings.blockLength);
    }
    settings.stopsAtEnd = request.stopsAtEnd.value_or(config.visibility != Visibility::Full);
    const bool hasOneOrder = config.isAutoregressive() && settings.policy == DecodePolicy::Llada;
    settings.order = request.order.value_or(hasOneOrder ? UnmaskOrder::LeftToRight : settings.order);
    settings.temperature = request.temperature.value_or(settings.temperature);
    settings.seed = request.seed;
    if (settings.policy == DecodePolicy::DreamOn) {
        settings.maxLength = usualMaxLength(config, leading, length);
    }
    for (const OptionValue& wanted : request.options) {
        const DecodeOption* option = findDecodeOption(wanted.name);
        if (option == nullptr) {
            return invalid("There is no setting " + inQuotes(wanted.name) + "; see the list of the policies.");
        }
        if (!option->appliesTo(settings)) {
            return invalid("The policy " + std::string(nameOf(settings.policy)) + " does not look at " + wanted.name + "; leave it out.");
        }
        if (Result<void> set = option->setIn(settings, wanted.value); !set) {
            return set.error();
        }
    }
    // What suits the model, unless something else that was asked for leaves it nothing to keep.
    settings.cache = request.cache.value_or(usualCache(config));
    if (!request.cache && !checkCacheUse(settings)) {
        settings.cache = CacheKind::None;
    }
    return settings;
}

/// Steps with which the canvas that is not made yet passes every check.
uint32_t passableSteps(const DecodeSettings& settings) {
    const bool isFree = settings.stepRule() != StepRule::EvenSchedule || settings.blockLength == 0;
    return isFree ? 1 : std::max(settings.length / settings.blockLength, 1U);
}

}  // namespace

Result<RunPlan> planRun(const ModelConfig& config, const Tokenizer& tokenizer, std::string_view prompt, const DecodeRequest& request) {
    const Result<std::vector<TokenId>> tokens =
        config.layout ? boardTokens(config, tokenizer, prompt) : Result(tokenizer.encodePrompt(prompt));
    if (!tokens) {
        return tokens.error();
    }
    return planRun(config, tokenizer, *tokens, request);
}

Result<RunPlan> planRun(const ModelConfig& config, const Tokenizer& tokenizer, std::span<const TokenId> tokens,
                        const DecodeRequest& request) {
    const uint32_t leading = leadingSlots(config, tokenizer, tokens);
    const Result<uint32_t> appended = appendedLength(config, tokens.size(), leading < tokens.size(), request);
    if (!appended) {
        return appended.error();
    }
    const uint64_t length = tokens.size() - leading + uint64_t{*appended};
    const auto boundedLength = static_cast<uint32_t>(std::min<uint64_t>(length, std::numeric_limits<uint32_t>::max()));
    Result<DecodeSettings> settings = settingsFor(config, request, leading, boundedLength);
    if (!settings) {
        return settings.error();
    }
    // Without a wish, first any number that fits the blocks; the right one needs the canvas, which is not made before its length is
    // checked.
    settings->steps = request.steps.value_or(passableSteps(*settings));
    if (Result<void> checked = checkSettings(*settings, leading, config.contextLength); !checked) {
        return checked.error();
    }
    RunPlan plan{.canvas = layOut(config, tokenizer, tokens, leading, *settings), .settings = *settings, .appended = *appended};
    if (!request.steps) {
        plan.settings.steps = std::max(mostStepsOn(plan.canvas, *settings), 1U);
    }
    if (Result<void> checked = checkRun(config, tokenizer, plan.canvas, plan.settings); !checked) {
        return checked.error();
    }
    return plan;
}

DecodeRequest requestFor(const DecodeSettings& settings) {
    DecodeRequest request{.length = settings.length,
                          .steps = settings.steps,
                          .blockLength = settings.blockLength,
                          .order = settings.order,
                          .temperature = settings.temperature,
                          .seed = settings.seed,
                          .policy = settings.policy,
                          .cache = settings.cache,
                          .stopsAtEnd = settings.stopsAtEnd};
    if (settings.policy == DecodePolicy::Remdm) {
        request.remask = settings.remask;
    }
    for (const DecodeOption& option : decodeOptions()) {
        if (option.appliesTo(settings)) {
            request.options.push_back({.name = std::string(option.name), .value = option.valueIn(settings)});
        }
    }
    return request;
}

}  // namespace crystallite
