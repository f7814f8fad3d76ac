#include "engine/diffusion/run_check.h"

#include "engine/base/in_quotes.h"
#include "engine/diffusion/samplers/policy.h"
#include "engine/trace/block_grid.h"
#include "engine/trace/decode_option.h"

#include <algorithm>
#include <string>
#include <utility>

namespace crystallite {
namespace {

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

Result<void> checkLeftToRight(const ModelConfig& config, const Canvas& canvas, const DecodeSettings& settings) {
    const std::string model = inQuotes(config.name) + " writes from left to right";
    // Older traces have it as llada in the order left-to-right.
    const bool isKnown = settings.policy == DecodePolicy::LeftToRight || settings.policy == DecodePolicy::Llada;
    if (!isKnown || settings.cfgScale > 0.0) {
        return invalid(model + "; other policies and guidance are for models that denoise: use left-to-right and leave cfg_scale at 0.");
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
    if (settings.blockAnchor != BlockAnchor::Prompt) {
        return invalid(model + "; blocks of the text are for models that write block after block.");
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

/// Whether the policy is for models of this visibility, and the blocks are theirs.
Result<void> checkModels(const ModelConfig& config, const DecodeSettings& settings) {
    const std::string policy = "the policy " + std::string(nameOf(settings.policy));
    const bool hasBlocks = config.visibility == Visibility::BlockCausal;
    switch (traitsOf(settings.policy).models) {
        case PolicyModels::Denoising: break;
        case PolicyModels::FullCanvas:
            if (hasBlocks) {
                return invalid(inQuotes(config.name) + " does not see the whole text in every slot; " + policy +
                               " needs a model that does: choose another.");
            }
            break;
        case PolicyModels::BlockCausal:
            if (!hasBlocks) {
                return invalid(inQuotes(config.name) + " sees the whole text in every slot; " + policy +
                               " is for models that write block after block: choose another.");
            }
            break;
        case PolicyModels::Causal:
            return invalid(inQuotes(config.name) + " denoises; " + policy +
                           " is for models that write from left to right: choose another.");
    }
    return {};
}

Result<void> checkAnchor(const ModelConfig& config, const Canvas& canvas, const DecodeSettings& settings) {
    const bool hasBlocks = config.visibility == Visibility::BlockCausal;
    if ((settings.blockAnchor == BlockAnchor::Text) != hasBlocks || settings.blockOffset != paddingOf(settings, canvas.promptLength())) {
        return invalid("The blocks of the run are not those by which " + inQuotes(config.name) + " sees its text; run the prompt again.");
    }
    return {};
}

Result<void> checkCache(const ModelConfig& config, const DecodeSettings& settings) {
    const std::string cache = "the cache " + std::string(nameOf(settings.cache));
    const bool isOfFullCanvas = settings.cache == CacheKind::Prefix || settings.cache == CacheKind::Dual;
    if (settings.cache == CacheKind::None) {
        return {};
    }
    if (config.visibility == Visibility::Full && !isOfFullCanvas) {
        return invalid("With every token every slot of " + inQuotes(config.name) + " may change, so that " + cache +
                       " has nothing to keep; choose none, prefix or dual.");
    }
    if (config.visibility != Visibility::Full && isOfFullCanvas) {
        return invalid(inQuotes(config.name) + " does not see the whole text in every slot, and " + cache +
                       " is for models that do; choose exact, which changes nothing.");
    }
    if (isOfFullCanvas && config.shiftLogits && settings.strictReference && settings.policy == DecodePolicy::Llada) {
        return invalid("With a logit shift " + cache +
                       " was published for the policy threshold, not for llada; leave strict_reference off.");
    }
    return {};
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
    if (Result<void> models = checkModels(config, settings); !models) {
        return models;
    }
    for (const std::string_view name : idleOptions(config, tokenizer)) {
        if (findDecodeOption(name)->valueIn(settings) != 0.0) {
            return invalid(
                has +
                (name == "block_steps" ? "blocks of its own; say the steps of all blocks instead of " : "token that ends a text; leave ") +
                std::string(name) + (name == "block_steps" ? "." : " off."));
        }
    }
    return {};
}

}  // namespace

Result<void> checkSameModel(const TraceHeader& header, const TraceHeader& identity) {
    if (header.modelFingerprint != identity.modelFingerprint) {
        return invalid("The trace was made with " + inQuotes(header.modelName) + " (" + inQuotes(header.modelFingerprint) +
                       "), but the loaded model is " + inQuotes(identity.modelName) + " (" + inQuotes(identity.modelFingerprint) +
                       "); load the model that made it.");
    }
    if (header.vocabulary != identity.vocabulary || header.maskId != identity.maskId) {
        return Error{.kind = ErrorKind::Corrupt,
                     .message = "The trace contradicts its own model " + inQuotes(identity.modelName) + " (vocabulary of " +
                                std::to_string(header.vocabulary) + ", mask " + std::to_string(header.maskId) +
                                "); it cannot be continued or measured."};
    }
    return {};
}

uint32_t mostStepsOn(const Canvas& canvas, const DecodeSettings& settings) {
    if (settings.policy == DecodePolicy::DreamOn) {
        return static_cast<uint32_t>(canvas.maskedCount() + 2 * uint64_t{settings.expandBudget});
    }
    if (settings.policy == DecodePolicy::Llada21) {
        const BlockGrid grid(settings, canvas.promptLength());
        return static_cast<uint32_t>(canvas.maskedCount() + uint64_t{grid.count()} * settings.maxPostSteps);
    }
    if (settings.stepRule() != StepRule::EvenSchedule) {
        return canvas.maskedCount();
    }
    const uint32_t block = settings.effectiveBlockLength();
    uint32_t mostOpen = 0;
    for (uint32_t begin = canvas.promptLength(); begin < canvas.textLength(); begin += block) {
        mostOpen = std::max(mostOpen, canvas.maskedCount(begin, begin + block));
    }
    return mostOpen * settings.blocks();
}

uint32_t paddingOf(const DecodeSettings& settings, uint32_t leading) {
    const uint32_t block = settings.blockLength;
    return settings.policy == DecodePolicy::Bd3lm && block > 0 ? (block - leading % block) % block : 0;
}

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
    if (Result<void> checked = checkCache(config, settings); !checked) {
        return checked;
    }
    if (config.isAutoregressive()) {
        return checkLeftToRight(config, canvas, settings);
    }
    if (Result<void> checked = checkNeeds(config, tokenizer, settings); !checked) {
        return checked;
    }
    if (Result<void> checked = checkAnchor(config, canvas, settings); !checked) {
        return checked;
    }
    if (settings.stepRule() == StepRule::TimeSchedule) {
        return {};
    }
    if (const uint32_t most = mostStepsOn(canvas, settings); settings.steps > most) {
        return invalid("The number of steps is " + std::to_string(settings.steps) + ", but only " + std::to_string(canvas.maskedCount()) +
                       " slots are open; use " + std::to_string(most) + " steps or fewer.");
    }
    return {};
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
    if (config.visibility != Visibility::BlockCausal) {
        idle.emplace_back("block_steps");
    }
    return idle;
}

std::vector<DecodePolicy> policiesFor(const ModelConfig& config, const Tokenizer& tokenizer) {
    if (config.isAutoregressive()) {
        return {DecodePolicy::LeftToRight};
    }
    std::vector<DecodePolicy> able;
    for (const PolicyTraits& traits : policies()) {
        if (checkNeeds(config, tokenizer, usualSettings(traits.policy))) {
            able.push_back(traits.policy);
        }
    }
    return able;
}

std::vector<CacheKind> cachesFor(const ModelConfig& config, const DecodeSettings& settings) {
    std::vector<CacheKind> able;
    for (const CacheKind cache : cacheKinds()) {
        DecodeSettings wanted = settings;
        wanted.cache = cache;
        if (checkCacheUse(wanted) && checkCache(config, wanted)) {
            able.push_back(cache);
        }
    }
    return able;
}

}  // namespace crystallite
