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
    // A hand may have filled the block of this step, or opened one before it.
    StepPlan plan = trace.handSteps().empty() ? planBlock(trace, trace.steps() / stepsPerBlock(settings())) : planFirstOpenBlock(trace);
    // The published loop keeps open what a block has left, because the model drew the mask there; later blocks may still commit it.
    if (settings().strictReference) {
        plan.begin = std::min(plan.begin, plan.slots.front());
    }
    return plan;
}

std::vector<SlotEvent> EvenSchedulePolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, settings().order, trace.steps() + 1);
    const bool isByClock = trace.handSteps().empty();
    const uint32_t firstFrame = isByClock ? plan.block * stepsPerBlock(settings()) : firstFrameOf(trace, plan.block);
    const uint32_t commits = commitsDue(trace, plan.block, firstFrame);
    return commitsOf(trace, forecast.beliefs, chooseSlots(forecast.beliefs, commits));
}

}  // namespace crystallite
