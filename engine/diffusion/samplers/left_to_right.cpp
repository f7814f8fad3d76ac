#include "engine/diffusion/samplers/left_to_right.h"

namespace crystallite {

StepPlan LeftToRightPolicy::plan(const Trace& trace) const {
    const uint32_t next = trace.canvas(trace.steps()).maskedSlots().front();
    StepPlan plan = planOver(trace, 0, next, next + 1);
    plan.slots = {next};
    // Under llada, as older traces have it, tokens are drawn from the whole distribution.
    const bool isPlain = settings().temperature == 0.0F && settings().topP == 1.0 && settings().topK == 0;
    if (settings().policy == DecodePolicy::LeftToRight && !isPlain) {
        plan.filter = TokenFilter{.topP = settings().topP, .topK = settings().topK};
    }
    return plan;
}

std::vector<SlotEvent> LeftToRightPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, UnmaskOrder::LeftToRight, trace.steps() + 1);
    return commitsOf(trace, forecast.beliefs, {0});
}

}  // namespace crystallite
