#include "engine/diffusion/samplers/policy.h"

#include "engine/base/assert.h"
#include "engine/diffusion/samplers/unmasking.h"
#include "engine/trace/branch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

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
        const StepRecord& record = trace.record(step);
        const std::vector<SlotEvent>& events = record.events;
        count += record.byHand ? 0 : static_cast<uint32_t>(std::count_if(events.begin(), events.end(), [](const SlotEvent& event) {
            return event.kind == EventKind::Insert;
        }));
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
    return trace.canvas(trace.steps()).maskedCount() == 0 || trace.steps() >= mostSteps(trace) || hasEnded(trace);
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
    const uint32_t since = undisturbedSince(trace, firstFrame);
    // After a change by hand a block may be worked on in several visits, which share its steps.
    uint32_t used = 0;
    for (uint32_t number = 1; !trace.handSteps().empty() && number <= since; ++number) {
        used += !trace.record(number).byHand && trace.record(number).block == block ? 1 : 0;
    }
    const std::vector<uint32_t> schedule = scheduleOf(trace, block, since, used);
    const uint32_t step = trace.steps() - since;
    return step < schedule.size() ? schedule[step] : 1;
}

uint32_t Policy::undisturbedSince(const Trace& trace, uint32_t firstFrame) {
    return trace.handSteps().empty() ? firstFrame : std::max(firstFrame, trace.handSteps().back());
}

std::vector<uint32_t> Policy::scheduleOf(const Trace& trace, uint32_t block, uint32_t since, uint32_t used) const {
    const BlockGrid grid = gridOf(trace);
    const Canvas& canvas = trace.canvas(since);
    const bool isWhole = settings_.blockAnchor == BlockAnchor::Prompt && settings_.blocks() == 1;
    const uint32_t open = isWhole ? canvas.maskedCount() : canvas.maskedCount(grid.begin(block), grid.end(block));
    const uint32_t all =
        settings_.blockAnchor == BlockAnchor::Prompt ? settings_.steps / settings_.blocks() : settings_.effectiveBlockSteps();
    if (used >= all) {
        return {};
    }
    if (settings_.blockAnchor == BlockAnchor::Prompt) {
        return evenSchedule(open, all - used);
    }
    if (settings_.policy == DecodePolicy::Bd3lm) {
        return roundedSchedule(open, all - used);
    }
    std::vector<uint32_t> schedule = evenSchedule(settings_.blockLength, all);
    schedule.erase(schedule.begin(), schedule.begin() + used);
    return schedule;
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
    // A text of one block may have other slots than at first.
    const bool isWhole = settings_.blockAnchor == BlockAnchor::Prompt && settings_.blocks() == 1;
    return planOver(trace, block, grid.begin(block), isWhole ? trace.canvas(trace.steps()).textLength() : grid.end(block));
}

StepPlan Policy::planFirstOpenBlock(const Trace& trace) const {
    const bool isWhole = settings_.blockAnchor == BlockAnchor::Prompt && settings_.blocks() == 1;
    return planBlock(trace, isWhole ? 0 : gridOf(trace).blockOf(trace.canvas(trace.steps()).maskedSlots().front()));
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

/// Those of which the model drew its mask cannot come first: they would commit nothing.
std::vector<uint32_t> Policy::preferredFirst(const Trace& trace, const std::vector<SlotBelief>& beliefs,
                                             std::vector<uint32_t> chosen) const {
    std::vector<uint32_t> first;
    for (const uint32_t slot : preferredSlots(trace)) {
        const auto found = std::find_if(beliefs.begin(), beliefs.end(), [slot](const SlotBelief& one) { return one.position == slot; });
        if (found != beliefs.end() && !std::isnan(found->score) && found->sampledId != ids_.mask) {
            first.push_back(static_cast<uint32_t>(found - beliefs.begin()));
        }
    }
    if (first.empty()) {
        return chosen;
    }
    const size_t count = std::max<size_t>(chosen.size(), 1);
    std::erase_if(chosen, [&first](uint32_t index) { return std::find(first.begin(), first.end(), index) != first.end(); });
    first.insert(first.end(), chosen.begin(), chosen.end());
    first.resize(std::min(first.size(), count));
    return first;
}

std::vector<SlotEvent> Policy::commitsOf(const Trace& trace, const std::vector<SlotBelief>& beliefs, std::vector<uint32_t> chosen) const {
    if (!trace.handSteps().empty()) {
        chosen = preferredFirst(trace, beliefs, std::move(chosen));
    }
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
