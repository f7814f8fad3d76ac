#include "engine/diffusion/passes_to_come.h"

#include "engine/diffusion/pass_plan.h"
#include "engine/diffusion/pass_runner.h"
#include "engine/diffusion/samplers/policy.h"

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

/// Whether the number of commits of every step follows from the settings and the canvas.
bool followsSchedule(const DecodeSettings& settings) {
    switch (settings.policy) {
        case DecodePolicy::Llada:
        case DecodePolicy::Bd3lm:
        case DecodePolicy::LeftToRight: return true;
        case DecodePolicy::Dream: return settings.order != UnmaskOrder::Origin;
        default: return false;
    }
}

/// A token that ends nothing and is not the mask.
TokenId anyWord(const ModelConfig& config, const SpecialIds& ids) {
    TokenId id = 0;
    while (id + 1 < config.vocabulary && (id == config.maskId || ids.isEnd(id))) {
        ++id;
    }
    return id;
}

/// The next step as a model would make it that finds every word as likely as any other: which slots it takes is made up, their number is
/// not.
StepRecord stepOfAnyModel(const ModelConfig& config, const Policy& policy, const Trace& trace, TokenId word) {
    const PassPlan plan = planPasses(config, trace, policy.plan(trace));
    std::vector<SlotBelief> beliefs;
    for (const uint32_t slot : plan.step.slots) {
        beliefs.push_back({.position = slot, .sampledId = word, .sampledProbability = 0.5F});
    }
    std::vector<SlotEvent> events = policy.decide(trace, plan.step, {.beliefs = beliefs, .drawn = {}, .drift = {}, .confirmed = {}});
    const Canvas& before = trace.canvas(trace.steps());
    StepRecord record{.number = trace.steps() + 1,
                      .block = plan.step.block,
                      .eligibleBegin = plan.step.begin,
                      .eligibleEnd = plan.step.end,
                      .forwardPasses = 0,
                      .maskedBefore = before.maskedCount(),
                      .maskedAfter = before.maskedCount() - static_cast<uint32_t>(events.size()),
                      .passes = plan.passes,
                      .events = std::move(events)};
    if (repeatsText(config, trace)) {
        record.passes.clear();
    }
    record.forwardPasses = static_cast<uint32_t>(
        std::count_if(record.passes.begin(), record.passes.end(), [](const PassRecord& pass) { return pass.isEvaluation(); }));
    return record;
}

}  // namespace

PassesToCome passesToCome(const ModelConfig& config, const Tokenizer& tokenizer, const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    const SpecialIds ids = specialIdsOf(config, tokenizer);
    const std::unique_ptr<Policy> policy = makePolicy(settings, ids, config.isAutoregressive());
    if (policy->isFinished(trace)) {
        return {.passes = 0, .isExact = true};
    }
    if (!followsSchedule(settings)) {
        const uint64_t perStep = settings.cfgScale > 0.0 ? 2 : 1;
        return {.passes = (mostSteps(trace) - trace.steps()) * perStep, .isExact = false};
    }
    const TokenId word = anyWord(config, ids);
    Trace imagined = trace;
    uint64_t passes = 0;
    while (!policy->isFinished(imagined)) {
        StepRecord record = stepOfAnyModel(config, *policy, imagined, word);
        passes += record.forwardPasses;
        imagined.append(std::move(record));
    }
    return {.passes = passes, .isExact = !settings.stopsAtEnd};
}

}  // namespace crystallite
