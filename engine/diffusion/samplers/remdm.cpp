#include "engine/diffusion/samplers/remdm.h"

#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

/// Share of tokens held at `time`, in the phase of the loop to which a step that begins at `now` belongs.
double loopAlpha(const DecodeSettings& settings, double now, double time) {
    if (now > settings.loopOn) {
        return (1.0 - time) * settings.loopAlpha / (1.0 - settings.loopOn);
    }
    return now > settings.loopOff ? settings.loopAlpha : 1.0 - time * (1.0 - settings.loopAlpha) / settings.loopOff;
}

struct Withdrawable {
    uint32_t position = 0;
    double weight = 1.0;  ///< e^-(probability that the token had when it was committed)
};

/// Of the token in a slot; 0 where a person wrote one that the model had not offered.
double probabilityWhenWritten(const Trace& trace, uint32_t position, uint32_t frame) {
    const std::vector<Trace::DatedEvent>& events = trace.history(position, frame);
    double probability = 0.0;
    for (const Trace::DatedEvent& dated : events) {
        const bool isWritten = dated.event.kind == EventKind::Commit || dated.event.kind == EventKind::Edit;
        if (dated.step <= frame && isWritten) {
            probability = std::isnan(dated.event.probability) ? 0.0 : static_cast<double>(dated.event.probability);
        }
    }
    return probability;
}

/// The slots that this run has committed.
std::vector<Withdrawable> committedSlots(const Trace& trace) {
    const uint32_t frame = trace.steps();
    const Canvas& canvas = trace.canvas(frame);
    std::vector<Withdrawable> slots;
    for (uint32_t position = 0; position < canvas.textLength(); ++position) {
        if (canvas.region(position) == SlotRegion::Answer && !canvas.isMasked(position)) {
            slots.push_back({.position = position, .weight = std::exp(-probabilityWhenWritten(trace, position, frame))});
        }
    }
    return slots;
}

}  // namespace

RemdmChances remdmChances(const DecodeSettings& settings, uint32_t stepIndex) {
    const double stride = (1.0 - settings.eps) / settings.steps;
    const double now = 1.0 - stride * stepIndex;
    const double next = now - stride;
    if (settings.remask == RemaskRule::Loop) {
        const bool isInLoop = now <= settings.loopOn && now > settings.loopOff;
        return {
            .alphaNow = loopAlpha(settings, now, now), .alphaNext = loopAlpha(settings, now, next), .sigma = isInLoop ? settings.eta : 0.0};
    }
    RemdmChances chances{.alphaNow = 1.0 - now, .alphaNext = 1.0 - next};
    // The largest sigma with which no chance becomes negative.
    const double most = chances.alphaNow > 0.0 ? std::min(1.0, (1.0 - chances.alphaNext) / chances.alphaNow) : 1.0;
    switch (settings.remask) {
        case RemaskRule::Cap: chances.sigma = std::min(settings.eta, most); break;
        case RemaskRule::Rescale: chances.sigma = settings.eta * most; break;
        case RemaskRule::Confidence: chances.sigma = most; break;
        case RemaskRule::Loop: break;
    }
    return chances;
}

bool RemdmPolicy::isFinished(const Trace& trace) const {
    const bool isAnyOpen = trace.canvas(trace.steps()).maskedCount() > 0;
    return trace.modelSteps() >= settings().steps && (!isAnyOpen || trace.steps() >= mostSteps(trace));
}

StepPlan RemdmPolicy::plan(const Trace& trace) const {
    StepPlan plan = planOver(trace, 0, trace.promptLength(), trace.canvas(trace.steps()).textLength());
    plan.isGreedy = trace.modelSteps() >= settings().steps;
    if (!plan.isGreedy) {
        plan.filter = TokenFilter{.topP = settings().topP, .topK = settings().topK};
    }
    return plan;
}

std::vector<SlotEvent> RemdmPolicy::withdrawals(const Trace& trace, const RemdmChances& chances) const {
    const std::vector<Withdrawable> slots = committedSlots(trace);
    const double weights =
        std::accumulate(slots.begin(), slots.end(), 0.0, [](double sum, const Withdrawable& slot) { return sum + slot.weight; });
    std::vector<SlotEvent> events;
    for (const Withdrawable& slot : slots) {
        const double share = settings().remask == RemaskRule::Confidence ? slot.weight / weights : 1.0;
        const double chance = chances.sigma * share;
        if (orderDraw(settings().seed, trace.steps() + 1, slot.position) < chance) {
            events.push_back({.kind = EventKind::Remask,
                              .position = slot.position,
                              .before = trace.canvas(trace.steps()).token(slot.position),
                              .after = ids().mask,
                              .probability = static_cast<float>(chance)});
        }
    }
    return events;
}

std::vector<SlotEvent> RemdmPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    std::vector<uint32_t> chosen(forecast.beliefs.size());
    std::iota(chosen.begin(), chosen.end(), 0U);
    if (plan.isGreedy) {
        rank(plan, forecast, UnmaskOrder::LowConfidence, trace.steps() + 1);
        return commitsOf(trace, forecast.beliefs, chosen);
    }
    const RemdmChances chances = remdmChances(settings(), trace.modelSteps());
    const double chance = chances.commit(settings().remask == RemaskRule::Confidence ? 0.0 : chances.sigma);
    std::erase_if(chosen, [&](uint32_t index) {
        SlotBelief& belief = forecast.beliefs[index];
        const double draw = orderDraw(settings().seed, trace.steps() + 1, belief.position);
        belief.score = static_cast<float>(-draw);
        return draw >= chance;
    });
    // Decided on the canvas before the step, so that nothing is withdrawn in the step that commits it.
    std::vector<SlotEvent> events = withdrawals(trace, chances);
    const std::vector<SlotEvent> commits = commitsOf(trace, forecast.beliefs, chosen);
    events.insert(events.end(), commits.begin(), commits.end());
    return events;
}

}  // namespace crystallite
