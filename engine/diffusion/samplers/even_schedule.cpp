#include "engine/diffusion/samplers/even_schedule.h"

#include "engine/base/assert.h"
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
    const uint32_t perBlock = stepsPerBlock(settings());
    const uint32_t commits = scheduleOf(trace, plan.block, plan.block * perBlock)[trace.steps() % perBlock];
    return commitsOf(forecast.beliefs, chooseSlots(forecast.beliefs, commits));
}

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
    return commitsOf(forecast.beliefs, {0});
}

std::optional<uint32_t> KlassPolicy::publishedBlock(const Trace& trace) const {
    const uint32_t steps = trace.steps();
    uint32_t block = steps == 0 ? 0 : trace.record(steps).block;
    const Canvas& canvas = trace.canvas(steps);
    const auto isOpen = [&](uint32_t number) {
        const StepPlan plan = planBlock(trace, number);
        return canvas.maskedCount(plan.begin, plan.end) > 0;
    };
    if (steps - firstFrameOf(trace, block) >= stepsPerBlock(settings())) {
        ++block;
    }
    while (block < settings().blocks() && !isOpen(block)) {
        ++block;
    }
    return block < settings().blocks() ? std::optional(block) : std::nullopt;
}

bool KlassPolicy::isFinished(const Trace& trace) const {
    return Policy::isFinished(trace) || (followsPublished() && !publishedBlock(trace));
}

StepPlan KlassPolicy::plan(const Trace& trace) const {
    if (followsPublished()) {
        StepPlan plan = planBlock(trace, *publishedBlock(trace));
        plan.comparing = {.begin = trace.promptLength(), .end = trace.canvas(0).textLength(), .since = 0};
        return plan;
    }
    StepPlan plan = planFirstOpenBlock(trace);
    plan.comparing = {.begin = plan.begin, .end = plan.end, .since = firstFrameOf(trace, plan.block)};
    return plan;
}

std::vector<SlotEvent> KlassPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, UnmaskOrder::LowConfidence, trace.steps() + 1);
    const uint32_t firstFrame = firstFrameOf(trace, plan.block);
    const uint32_t stepInBlock = trace.steps() - firstFrame;
    const auto isSettled = [&](const std::vector<float>& drift) {
        const auto history = static_cast<std::ptrdiff_t>(settings().klHistory);
        return stepInBlock + 1 >= settings().klHistory && std::ssize(drift) >= history &&
               std::all_of(drift.end() - history, drift.end(), [this](float nats) { return nats < settings().klBound; });
    };
    std::vector<uint32_t> chosen = chooseSlots(forecast.beliefs, static_cast<uint32_t>(forecast.beliefs.size()));
    std::erase_if(chosen, [&](uint32_t index) {
        return !(forecast.beliefs[index].score > settings().threshold) || !isSettled(forecast.drift[index]);
    });
    if (chosen.empty()) {
        const std::vector<uint32_t> schedule = scheduleOf(trace, plan.block, firstFrame);
        chosen = chooseSlots(forecast.beliefs, stepInBlock < schedule.size() ? schedule[stepInBlock] : 1);
    }
    return commitsOf(forecast.beliefs, chosen);
}

}  // namespace crystallite
