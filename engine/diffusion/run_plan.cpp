#include "engine/diffusion/run_plan.h"

#include "engine/base/in_quotes.h"
#include "engine/diffusion/samplers/policy.h"
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

/// The most steps of which each can commit something: every block has the same number of steps. Of a policy that takes as many steps as it
/// needs, the most that it can take.
uint32_t mostStepsOn(const Canvas& canvas, const DecodeSettings& settings) {
    if (settings.policy == DecodePolicy::DreamOn) {
        return static_cast<uint32_t>(canvas.maskedCount() + 2 * uint64_t{settings.expandBudget});
    }
    if (traitsOf(settings.policy).steps != StepRule::EvenSchedule) {
        return canvas.maskedCount();
    }
    const uint32_t block = settings.effectiveBlockLength();
    uint32_t mostOpen = 0;
    for (uint32_t begin = canvas.promptLength(); begin < canvas.textLength(); begin += block) {
        mostOpen = std::max(mostOpen, canvas.maskedCount(begin, begin + block));
    }
    return mostOpen * settings.blocks();
}

Result<void> checkLeftToRight(const ModelConfig& config, const Canvas& canvas, const DecodeSettings& settings) {
    const std::string model = inQuotes(config.name) + " writes from left to right";
    if (settings.policy != DecodePolicy::Llada || settings.cfgScale > 0.0) {
        return invalid(model + "; policies and guidance are for models that denoise: leave the policy at llada and cfg_scale at 0.");
    }
    if (settings.order != UnmaskOrder::LeftToRight) {
        return invalid(model + "; the order " + std::string(nameOf(settings.order)) + " is for models that denoise: choose left-to-right.");
    }
    if (settings.blocks() != 1) {
        return invalid(model + ", one token at a time; blocks are for models that denoise: leave the block length at 0.");
    }
    if (canvas.promptLength() == 0) {
        return invalid(model + " and needs something to go on from; type a prompt.");
    }
    if (!canvas.pinnedSlots().empty()) {
        return invalid(model + " and cannot fill a gap in front of given text; end the prompt at the first mask.");
    }
    if (settings.steps != settings.length) {
        return invalid(model + ", one token per step: " + std::to_string(settings.length) + " slots take " +
                       std::to_string(settings.length) + " steps, not " + std::to_string(settings.steps) + ".");
    }
    return {};
}

/// Whether the model may write `id` of its own accord.
bool canWrite(const ModelConfig& config, std::optional<TokenId> id) {
    return id && *id < config.outputVocabulary && !std::binary_search(config.forbiddenIds.begin(), config.forbiddenIds.end(), *id);
}

/// What a policy needs of the model.
Result<void> checkNeeds(const ModelConfig& config, const Tokenizer& tokenizer, const DecodeSettings& settings) {
    const SpecialIds ids = specialIdsOf(config, tokenizer);
    const std::string has = inQuotes(config.name) + " has no ";
    if (settings.policy == DecodePolicy::DreamOn && (!ids.expand || !ids.eos || config.layout)) {
        return invalid(has +
                       (!ids.expand ? "token <|expand|>"
                        : !ids.eos  ? "token that ends a text"
                                    : "text that can grow") +
                       "; the policy dreamon is for models that were trained with it: choose another.");
    }
    if (settings.policy == DecodePolicy::Wino && config.visibility != Visibility::Full) {
        return invalid(inQuotes(config.name) +
                       " does not see the whole text in every slot; the policy wino needs a model that does: choose another.");
    }
    for (const std::string_view name : idleOptions(config, tokenizer)) {
        if (findDecodeOption(name)->valueIn(settings) != 0.0) {
            return invalid(has + "token that ends a text; leave " + std::string(name) + " off.");
        }
    }
    return {};
}

/// As in DreamOn's demo, which grows from 4 slots to 64, where the model's canvas allows it.
uint32_t usualMaxLength(const ModelConfig& config, uint32_t leading, uint32_t length) {
    constexpr uint64_t kUsualGrowth = 60;
    const uint64_t fitting = config.contextLength - std::min(leading, config.contextLength);
    return static_cast<uint32_t>(std::max<uint64_t>(std::min(length + kUsualGrowth, fitting), length));
}

/// What was asked for on top of what is usual; the steps are left to the caller.
Result<DecodeSettings> settingsFor(const ModelConfig& config, const DecodeRequest& request, uint32_t leading, uint32_t length) {
    DecodeSettings settings = usualSettings(request.policy.value_or(DecodePolicy::Llada), request.remask.value_or(RemaskRule::Cap));
    if (request.remask && settings.policy != DecodePolicy::Remdm) {
        return invalid("The policy " + std::string(nameOf(settings.policy)) + " never remasks by a rule; leave it out, or choose remdm.");
    }
    settings.length = length;
    settings.blockLength = request.blockLength.value_or(0);
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
    return settings;
}

/// Steps with which the canvas that is not made yet passes every check.
uint32_t passableSteps(const DecodeSettings& settings) {
    return settings.blockLength == 0 ? 1 : std::max(settings.length / settings.blockLength, 1U);
}

}  // namespace

Result<void> checkRun(const ModelConfig& config, const Tokenizer& tokenizer, const Canvas& canvas, const DecodeSettings& settings) {
    if (Result<void> checked = checkSettings(settings, canvas.promptLength(), config.contextLength); !checked) {
        return checked;
    }
    if (config.layout && (canvas.size() != config.layout->cells() || canvas.promptLength() != 0)) {
        return invalid("The canvas has " + std::to_string(canvas.size()) + " slots, but the board of " + inQuotes(config.name) + " has " +
                       std::to_string(config.layout->cells()) + " cells.");
    }
    if (canvas.maskedCount() == 0) {
        return invalid("The prompt leaves no slot open, so that there is nothing to fill in; write a mask, or ask for a longer answer.");
    }
    if (config.isAutoregressive()) {
        return checkLeftToRight(config, canvas, settings);
    }
    if (Result<void> checked = checkNeeds(config, tokenizer, settings); !checked) {
        return checked;
    }
    if (traitsOf(settings.policy).steps == StepRule::TimeSchedule) {
        return {};
    }
    if (const uint32_t most = mostStepsOn(canvas, settings); settings.steps > most) {
        return invalid("The number of steps is " + std::to_string(settings.steps) + ", but only " + std::to_string(canvas.maskedCount()) +
                       " slots are open; use " + std::to_string(most) + " steps or fewer.");
    }
    return {};
}

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

std::vector<std::string_view> idleOptions(const ModelConfig& config, const Tokenizer& tokenizer) {
    const SpecialIds ids = specialIdsOf(config, tokenizer);
    const bool hasEos = !config.layout && canWrite(config, ids.eos);
    const bool hasEot = !config.layout && canWrite(config, ids.eot);
    std::vector<std::string_view> idle;
    if (!hasEos) {
        idle.emplace_back("logits_eos_inf");
    }
    if (!hasEos && !hasEot) {
        idle.emplace_back("confidence_eos_eot_inf");
    }
    return idle;
}

std::vector<DecodePolicy> policiesFor(const ModelConfig& config, const Tokenizer& tokenizer) {
    if (config.isAutoregressive()) {
        return {DecodePolicy::Llada};
    }
    std::vector<DecodePolicy> able;
    for (const PolicyTraits& traits : policies()) {
        if (checkNeeds(config, tokenizer, usualSettings(traits.policy))) {
            able.push_back(traits.policy);
        }
    }
    return able;
}

DecodeRequest requestFor(const DecodeSettings& settings) {
    DecodeRequest request{.length = settings.length,
                          .steps = settings.steps,
                          .blockLength = settings.blockLength,
                          .order = settings.order,
                          .temperature = settings.temperature,
                          .seed = settings.seed,
                          .policy = settings.policy};
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
