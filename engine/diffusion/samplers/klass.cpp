#include "engine/diffusion/samplers/klass.h"

#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>
#include <iterator>

namespace crystallite {

std::optional<uint32_t> KlassPolicy::publishedBlock(const Trace& trace) const {
    const uint32_t steps = trace.steps();
    uint32_t block = steps == 0 ? 0 : trace.record(steps).block;
    const Canvas& canvas = trace.canvas(steps);
    const auto isOpen = [&](uint32_t number) {
        const StepPlan plan = planBlock(trace, number);
        return canvas.maskedCount(plan.begin, plan.end) > 0;
    };
    if (steps - firstFrameOf(trace, block) >= settings().steps / settings().blocks()) {
        ++block;
    }
    while (block < settings().blocks() && !isOpen(block)) {
        ++block;
    }
    return block < settings().blocks() ? std::optional(block) : std::nullopt;
}

bool KlassPolicy::isFinished(const Trace& trace) const {
    return Policy::isFinished(trace) || (followsPublished(trace) && !publishedBlock(trace));
}

StepPlan KlassPolicy::plan(const Trace& trace) const {
    if (followsPublished(trace)) {
        StepPlan plan = planBlock(trace, *publishedBlock(trace));
        plan.comparing = {.begin = trace.promptLength(), .end = trace.canvas(0).textLength(), .since = 0};
        return plan;
    }
    StepPlan plan = planFirstOpenBlock(trace);
    plan.comparing = {.begin = plan.begin, .end = plan.end, .since = undisturbedSince(trace, firstFrameOf(trace, plan.block))};
    return plan;
}

std::vector<SlotEvent> KlassPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, UnmaskOrder::LowConfidence, trace.steps() + 1);
    const uint32_t firstFrame = firstFrameOf(trace, plan.block);
    const uint32_t stepInBlock = trace.steps() - undisturbedSince(trace, firstFrame);
    const auto isSettled = [&](const std::vector<float>& drift) {
        const auto history = static_cast<std::ptrdiff_t>(settings().klHistory);
        return stepInBlock + 1 >= settings().klHistory && std::ssize(drift) >= history &&
               std::all_of(drift.end() - history, drift.end(), [this](float nats) { return nats < settings().klBound; });
    };
    std::vector<uint32_t> chosen = rankSlots(forecast.beliefs);
    std::erase_if(chosen, [&](uint32_t index) {
        return !(forecast.beliefs[index].score > settings().threshold) || !isSettled(forecast.drift[index]);
    });
    if (chosen.empty()) {
        chosen = chooseSlots(forecast.beliefs, commitsDue(trace, plan.block, firstFrame));
    }
    return commitsOf(trace, forecast.beliefs, chosen);
}

}  // namespace crystallite
