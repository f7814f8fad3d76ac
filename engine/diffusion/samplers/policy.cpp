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

uint32_t insertionsUpTo(const Trace& trace, uint32_t frame) {
    uint32_t count = 0;
    for (uint32_t step = 1; step <= frame; ++step) {
        const std::vector<SlotEvent>& events = trace.record(step).events;
        count += static_cast<uint32_t>(
            std::count_if(events.begin(), events.end(), [](const SlotEvent& event) { return event.kind == EventKind::Insert; }));
    }
    return count;
}

std::vector<TokenId> suppressedIds(const DecodeSettings& settings, const SpecialIds& ids, const Canvas& canvas, uint32_t insertions) {
    std::vector<TokenId> suppressed;
    if (settings.logitsEosInf && ids.eos) {
        suppressed.push_back(*ids.eos);
    }
    const bool mayGrow = canvas.room() > 0 && insertions < settings.expandBudget;
    if (settings.policy == DecodePolicy::DreamOn && ids.expand && !mayGrow) {
        suppressed.push_back(*ids.expand);
    }
    return suppressed;
}

bool Policy::isFinished(const Trace& trace) const {
    return trace.canvas(trace.steps()).maskedCount() == 0 || trace.steps() >= mostSteps(settings_) || hasEnded(trace);
}

uint32_t Policy::firstFrameOf(const Trace& trace, uint32_t block) {
    uint32_t frame = trace.steps();
    while (frame > 0 && trace.record(frame).block == block) {
        --frame;
    }
    return frame;
}

bool Policy::hasEnded(const Trace& trace) const {
    if (!settings_.stopsAtEnd) {
        return false;
    }
    const Canvas& canvas = trace.canvas(trace.steps());
    for (uint32_t position = trace.promptLength(); position < canvas.textLength(); ++position) {
        const bool isOurs = canvas.region(position) == SlotRegion::Answer && !canvas.isMasked(position);
        if (isOurs && trace.isEnd(canvas.token(position))) {
            const bool hasBlocks = settings_.blockAnchor == BlockAnchor::Text;
            return canvas.maskedCount(0, hasBlocks ? gridOf(trace).borderBehind(position) : position) == 0;
        }
    }
    return false;
}

uint32_t Policy::commitsDue(const Trace& trace, uint32_t block, uint32_t firstFrame) const {
    const std::vector<uint32_t> schedule = scheduleOf(trace, block, firstFrame);
    const uint32_t stepInBlock = trace.steps() - firstFrame;
    return stepInBlock < schedule.size() ? schedule[stepInBlock] : 1;
}

std::vector<uint32_t> Policy::scheduleOf(const Trace& trace, uint32_t block, uint32_t firstFrame) const {
    const BlockGrid grid = gridOf(trace);
    const uint32_t open = trace.canvas(firstFrame).maskedCount(grid.begin(block), grid.end(block));
    if (settings_.blockAnchor == BlockAnchor::Prompt) {
        return evenSchedule(open, settings_.steps / settings_.blocks());
    }
    return settings_.policy == DecodePolicy::Bd3lm ? roundedSchedule(open, settings_.effectiveBlockSteps())
                                                   : evenSchedule(settings_.blockLength, settings_.effectiveBlockSteps());
}

StepPlan Policy::planOver(const Trace& trace, uint32_t block, uint32_t begin, uint32_t end) const {
    const Canvas& canvas = trace.canvas(trace.steps());
    StepPlan plan{.block = block,
                  .begin = begin,
                  .end = end,
                  .slots = canvas.maskedSlots(),
                  .suppressed = suppressedIds(settings_, ids_, canvas, insertionsUpTo(trace, trace.steps()))};
    if (settings_.blockAnchor == BlockAnchor::Text) {
        std::erase_if(plan.slots, [&plan](uint32_t slot) { return slot < plan.begin || slot >= plan.end; });
    }
    if (settings_.confidenceEosEotInf && settings_.strictReference) {
        plan.confidenceWithout = ids_.eot;
    }
    return plan;
}

StepPlan Policy::planBlock(const Trace& trace, uint32_t block) const {
    const BlockGrid grid = gridOf(trace);
    return planOver(trace, block, grid.begin(block), grid.end(block));
}

StepPlan Policy::planFirstOpenBlock(const Trace& trace) const {
    return planBlock(trace, gridOf(trace).blockOf(trace.canvas(trace.steps()).maskedSlots().front()));
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
