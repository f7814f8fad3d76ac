#include "engine/diffusion/samplers/wino.h"

#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>

namespace crystallite {
namespace {

/// The most slots that commit while `open` of the block are open.
uint32_t mostCommits(uint32_t open) {
    return std::min(std::max(static_cast<uint32_t>(0.7 * open), 5U), 20U);
}

/// Commits of the step before, if it worked on the same block.
uint32_t lastCommits(const Trace& trace, uint32_t block) {
    constexpr uint32_t kAtFirst = 30;
    const uint32_t last = trace.beliefStep(trace.steps());
    if (last == 0 || trace.record(last).block != block) {
        return kAtFirst;
    }
    const std::vector<SlotEvent>& events = trace.record(last).events;
    return static_cast<uint32_t>(
        std::count_if(events.begin(), events.end(), [](const SlotEvent& event) { return event.kind == EventKind::Commit; }));
}

}  // namespace

StepPlan WinoPolicy::plan(const Trace& trace) const {
    StepPlan plan = planFirstOpenBlock(trace);
    plan.confirms = true;
    return plan;
}

std::vector<SlotEvent> WinoPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, UnmaskOrder::LowConfidence, trace.steps() + 1);
    const uint32_t open = trace.canvas(trace.steps()).maskedCount(plan.begin, plan.end);
    std::vector<uint32_t> chosen = chooseSlots(forecast.beliefs, mostCommits(open));
    const auto isSure = [&](uint32_t index) { return static_cast<double>(forecast.beliefs[index].score) > settings().threshold; };
    chosen.resize(std::max<size_t>(static_cast<size_t>(std::count_if(chosen.begin(), chosen.end(), isSure)), 1));
    std::vector<SlotEvent> events = commitsOf(trace, forecast.beliefs, chosen);
    if (chosen.size() > 1) {
        const std::vector<SlotEvent> withdrawn = withdrawals(trace, plan, forecast.confirmed);
        events.insert(events.end(), withdrawn.begin(), withdrawn.end());
    }
    return events;
}

std::vector<SlotEvent> WinoPolicy::withdrawals(const Trace& trace, const StepPlan& plan, const std::vector<float>& confirmed) const {
    const Canvas& canvas = trace.canvas(trace.steps());
    std::vector<SlotEvent> events;
    for (uint32_t position = plan.begin; position < plan.end; ++position) {
        const float probability = confirmed[position - plan.begin];
        const bool isOurs = canvas.region(position) == SlotRegion::Answer && !canvas.isMasked(position);
        if (isOurs && static_cast<double>(probability) < settings().thresholdBack) {
            events.push_back({.kind = EventKind::Remask,
                              .position = position,
                              .before = canvas.token(position),
                              .after = ids().mask,
                              .probability = probability});
        }
    }
    const uint32_t last = lastCommits(trace, plan.block);
    if (events.size() >= last) {
        std::stable_sort(events.begin(), events.end(),
                         [](const SlotEvent& a, const SlotEvent& b) { return a.probability < b.probability; });
        events.resize(last - std::min(last, 1U));
    }
    return events;
}

}  // namespace crystallite
