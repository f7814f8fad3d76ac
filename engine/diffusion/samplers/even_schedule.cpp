#include "engine/diffusion/samplers/even_schedule.h"

#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>

namespace crystallite {
namespace {

uint32_t stepsPerBlock(const DecodeSettings& settings) {
    return settings.steps / settings.blocks();
}

}  // namespace

StepPlan EvenSchedulePolicy::plan(const Trace& trace) const {
    StepPlan plan = planBlock(trace, trace.steps() / stepsPerBlock(settings()));
    // The published loop keeps open what a block has left, because the model drew the mask there; later blocks may still commit it.
    if (settings().strictReference) {
        plan.begin = std::min(plan.begin, plan.slots.front());
    }
    return plan;
}

std::vector<SlotEvent> EvenSchedulePolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, settings().order, trace.steps() + 1);
    const uint32_t commits = commitsDue(trace, plan.block, plan.block * stepsPerBlock(settings()));
    return commitsOf(forecast.beliefs, chooseSlots(forecast.beliefs, commits));
}

}  // namespace crystallite
