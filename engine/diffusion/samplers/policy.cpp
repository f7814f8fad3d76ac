#include "engine/diffusion/samplers/policy.h"

#include "engine/base/assert.h"
#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>
#include <limits>

namespace crystallite {
namespace {

constexpr float kNotEligible = std::numeric_limits<float>::quiet_NaN();

/// Behind every other slot, in the order of the positions; a record holds no infinities.
constexpr float kLast = std::numeric_limits<float>::lowest();

}  // namespace

bool SpecialIds::isEnd(TokenId id) const {
    return id == eos || id == eot || std::find(ends.begin(), ends.end(), id) != ends.end();
}

SpecialIds specialIdsOf(const ModelConfig& config, const Tokenizer& tokenizer) {
    SpecialIds ids{.mask = config.maskId, .eos = tokenizer.data().eos, .eot = tokenizer.data().eot};
    ids.ends = config.endIds;
    if (!ids.eos && !config.endIds.empty()) {
        ids.eos = config.endIds.front();
    }
    const std::vector<TokenId> expand = tokenizer.encode("<|expand|>");
    if (expand.size() == 1 && tokenizer.isControl(expand.front())) {
        ids.expand = expand.front();
    }
    return ids;
}

bool Policy::isFinished(const Trace& trace) const {
    return trace.canvas(trace.steps()).maskedCount() == 0 || trace.steps() >= mostSteps(settings_);
}

StepPlan Policy::planOver(const Trace& trace, uint32_t block, uint32_t begin, uint32_t end) const {
    StepPlan plan{.block = block, .begin = begin, .end = end, .slots = trace.canvas(trace.steps()).maskedSlots()};
    if (settings_.logitsEosInf && ids_.eos) {
        plan.suppressed.push_back(*ids_.eos);
    }
    if (settings_.confidenceEosEotInf && settings_.strictReference) {
        plan.confidenceWithout = ids_.eot;
    }
    return plan;
}

StepPlan Policy::planFirstOpenBlock(const Trace& trace) const {
    const uint32_t block = (trace.canvas(trace.steps()).maskedSlots().front() - trace.promptLength()) / settings_.effectiveBlockLength();
    const uint32_t begin = trace.promptLength() + block * settings_.effectiveBlockLength();
    return planOver(trace, block, begin, begin + settings_.effectiveBlockLength());
}

void Policy::rank(const StepPlan& plan, Forecast& forecast, UnmaskOrder order, uint32_t step) const {
    for (size_t index = 0; index < forecast.beliefs.size(); ++index) {
        SlotBelief& belief = forecast.beliefs[index];
        if (belief.position < plan.begin || belief.position >= plan.end) {
            belief.score = kNotEligible;
            continue;
        }
        SlotBelief judged{.position = belief.position,
                          .entropy = belief.entropy,
                          .margin = belief.margin,
                          .sampledProbability = belief.sampledProbability};
        if (!forecast.drawn.empty()) {
            judged.entropy = forecast.drawn[index].entropy;
            judged.margin = forecast.drawn[index].margin;
            judged.sampledProbability = forecast.drawn[index].probability;
        }
        belief.score = unmaskScore(order, judged, settings_.seed, step);
        if (ids_.isEnd(belief.sampledId) && settings_.confidenceEosEotInf && !settings_.strictReference) {
            belief.score = kLast;
        }
    }
}

std::vector<SlotEvent> Policy::commitsOf(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& chosen) const {
    std::vector<SlotEvent> events;
    for (const uint32_t index : chosen) {
        const SlotBelief& belief = beliefs[index];
        if (belief.sampledId != ids_.mask) {
            events.push_back({.kind = EventKind::Commit,
                              .position = belief.position,
                              .before = ids_.mask,
                              .after = belief.sampledId,
                              .probability = belief.sampledProbability});
        }
    }
    return events;
}

}  // namespace crystallite
