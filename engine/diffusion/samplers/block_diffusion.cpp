#include "engine/diffusion/samplers/block_diffusion.h"

#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>
#include <limits>

namespace crystallite {
namespace {

/// Draws as the published samplers do: where the distribution is cut, or chance speaks, from what is left of it at the temperature.
void drawByFilter(const DecodeSettings& settings, StepPlan& plan) {
    if (settings.temperature > 0.0F || settings.topP < 1.0 || settings.topK > 0) {
        plan.filter = TokenFilter{.topP = settings.topP, .topK = settings.topK};
    }
}

bool hasThreshold(DecodePolicy policy) {
    return policy == DecodePolicy::Dynamic || policy == DecodePolicy::Llada2;
}

/// Of `ranked`, how many lie above the threshold.
uint32_t countAbove(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& ranked, double threshold) {
    return static_cast<uint32_t>(
        std::count_if(ranked.begin(), ranked.end(), [&](uint32_t index) { return static_cast<double>(beliefs[index].score) > threshold; }));
}

void keepFirst(std::vector<uint32_t>& ranked, uint32_t count) {
    ranked.resize(std::min<size_t>(ranked.size(), count));
}

}  // namespace

StepPlan BlockSchedulePolicy::plan(const Trace& trace) const {
    StepPlan plan = planFirstOpenBlock(trace);
    if (hasThreshold(settings().policy)) {
        drawByFilter(settings(), plan);
    }
    return plan;
}

std::vector<SlotEvent> BlockSchedulePolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, settings().order, trace.steps() + 1);
    uint32_t commits = commitsDue(trace, plan.block, firstFrameOf(trace, plan.block));
    std::vector<uint32_t> chosen = rankSlots(forecast.beliefs);
    if (hasThreshold(settings().policy)) {
        commits = std::max(commits, countAbove(forecast.beliefs, chosen, settings().threshold));
    }
    keepFirst(chosen, commits);
    return commitsOf(trace, forecast.beliefs, chosen);
}

std::optional<uint32_t> TokenEditPolicy::unsettledBlock(const Trace& trace) const {
    // What a hand did since asked nothing and settles nothing.
    const uint32_t lastStep = trace.beliefStep(trace.steps());
    if (lastStep == 0) {
        return std::nullopt;
    }
    const StepRecord& last = trace.record(lastStep);
    const BlockGrid grid = gridOf(trace);
    const auto isOpen = [&](uint32_t frame) { return trace.canvas(frame).maskedCount(grid.begin(last.block), grid.end(last.block)) > 0; };
    // Later blocks see a block that a hand opened: it comes first.
    const Canvas& canvas = trace.canvas(trace.steps());
    if (canvas.maskedCount(0, grid.begin(last.block)) > 0) {
        return std::nullopt;
    }
    if (isOpen(trace.steps())) {
        return last.block;
    }
    if (last.events.empty()) {
        return std::nullopt;
    }
    uint32_t postSteps = 0;
    for (uint32_t step = trace.steps(); step > 0 && trace.record(step).block == last.block && !isOpen(step - 1); --step) {
        postSteps += trace.record(step).byHand ? 0 : 1;
    }
    return postSteps < settings().maxPostSteps ? std::optional(last.block) : std::nullopt;
}

bool TokenEditPolicy::isFinished(const Trace& trace) const {
    const bool isOver = trace.canvas(trace.steps()).maskedCount() == 0 || hasEnded(trace);
    return trace.steps() >= mostSteps(trace) || (isOver && !unsettledBlock(trace));
}

StepPlan TokenEditPolicy::plan(const Trace& trace) const {
    const std::optional<uint32_t> unsettled = unsettledBlock(trace);
    StepPlan plan = unsettled ? planBlock(trace, *unsettled) : planFirstOpenBlock(trace);
    const Canvas& canvas = trace.canvas(trace.steps());
    plan.slots.clear();
    for (uint32_t slot = plan.begin; slot < plan.end; ++slot) {
        if (canvas.region(slot) == SlotRegion::Answer) {
            plan.slots.push_back(slot);
        }
    }
    drawByFilter(settings(), plan);
    return plan;
}

std::vector<SlotEvent> TokenEditPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    const Canvas& canvas = trace.canvas(trace.steps());
    rank(plan, forecast, UnmaskOrder::LowConfidence, trace.steps() + 1);
    std::vector<uint32_t> commits;
    std::vector<uint32_t> edits;
    for (const uint32_t index : rankSlots(forecast.beliefs)) {
        (canvas.isMasked(forecast.beliefs[index].position) ? commits : edits).push_back(index);
    }
    keepFirst(commits, std::max(countAbove(forecast.beliefs, commits, settings().threshold), 1U));
    keepFirst(edits, countAbove(forecast.beliefs, edits, settings().editThreshold));
    for (SlotBelief& belief : forecast.beliefs) {
        // Tokens are exchanged without regard to each other; the ranking is that of the open slots.
        belief.score = canvas.isMasked(belief.position) ? belief.score : std::numeric_limits<float>::quiet_NaN();
    }
    std::vector<SlotEvent> events = commitsOf(trace, forecast.beliefs, commits);
    for (const uint32_t index : edits) {
        const SlotBelief& belief = forecast.beliefs[index];
        const TokenId held = canvas.token(belief.position);
        if (belief.sampledId != held && belief.sampledId != ids().mask) {
            events.push_back({.kind = EventKind::Edit,
                              .position = belief.position,
                              .before = held,
                              .after = belief.sampledId,
                              .probability = belief.sampledProbability});
        }
    }
    return events;
}

StepPlan SubBlockPolicy::plan(const Trace& trace) const {
    const BlockGrid grid = gridOf(trace);
    const uint32_t open = trace.canvas(trace.steps()).maskedSlots().front();
    const uint32_t block = grid.blockOf(open);
    const uint32_t border = grid.borderBefore(open);
    StepPlan plan;
    if (open == border && border > 0) {
        plan = planOver(trace, block, open, open + 1);
        plan.asksNext = true;
    } else {
        const uint32_t begin = border + (open - border) / settings().subBlock * settings().subBlock;
        const uint32_t end = std::min(begin + settings().subBlock, grid.end(block));
        plan = planOver(trace, block, std::max(begin, grid.begin(block)), end);
    }
    drawByFilter(settings(), plan);
    return plan;
}

std::vector<SlotEvent> SubBlockPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, UnmaskOrder::LowConfidence, trace.steps() + 1);
    std::vector<uint32_t> chosen = rankSlots(forecast.beliefs);
    keepFirst(chosen, std::max(countAbove(forecast.beliefs, chosen, settings().threshold), 1U));
    return commitsOf(trace, forecast.beliefs, chosen);
}

}  // namespace crystallite
