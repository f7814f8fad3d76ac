#include "engine/diffusion/samplers/dream_on.h"

#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>

namespace crystallite {
namespace {

/// 0 where it is not among the recorded candidates.
float probabilityOf(const SlotBelief& belief, TokenId id) {
    const auto found =
        std::find_if(belief.candidates.begin(), belief.candidates.end(), [id](const Candidate& one) { return one.id == id; });
    return found == belief.candidates.end() ? 0.0F : found->probability;
}

}  // namespace

StepPlan DreamOnPolicy::plan(const Trace& trace) const {
    const Canvas& canvas = trace.canvas(trace.steps());
    StepPlan plan = planOver(trace, 0, trace.promptLength(), canvas.textLength());
    plan.filter = TokenFilter{.topP = settings().topP, .topK = settings().topK};
    return plan;
}

std::vector<SlotEvent> DreamOnPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, UnmaskOrder::Entropy, trace.steps() + 1);
    const std::vector<SlotEvent> commits = commitsOf(trace, forecast.beliefs, chooseSlots(forecast.beliefs, 1));
    if (commits.empty()) {
        return commits;
    }
    if (commits.front().after == ids().expand) {
        return expansion(commits.front());
    }
    return commits.front().after == ids().eos ? ending(commits.front(), forecast.beliefs) : commits;
}

std::vector<SlotEvent> DreamOnPolicy::expansion(const SlotEvent& commit) const {
    const SlotEvent opened{.kind = EventKind::Remask,
                           .position = commit.position,
                           .before = commit.after,
                           .after = ids().mask,
                           .probability = commit.probability};
    const SlotEvent added{.kind = EventKind::Insert,
                          .position = commit.position + 1,
                          .before = ids().mask,
                          .after = ids().mask,
                          .probability = commit.probability};
    return {commit, opened, added};
}

std::vector<SlotEvent> DreamOnPolicy::ending(const SlotEvent& commit, const std::vector<SlotBelief>& beliefs) const {
    std::vector<SlotEvent> events = {commit};
    for (const SlotBelief& belief : beliefs) {
        if (belief.position > commit.position) {
            events.push_back({.kind = EventKind::Commit,
                              .position = belief.position,
                              .before = ids().mask,
                              .after = commit.after,
                              .probability = probabilityOf(belief, commit.after)});
        }
    }
    // From the right, so that no deletion moves a slot that is still to go.
    for (size_t index = events.size(); index-- > 0;) {
        events.push_back({.kind = EventKind::Delete,
                          .position = events[index].position,
                          .before = commit.after,
                          .after = ids().mask,
                          .probability = events[index].probability});
    }
    return events;
}

}  // namespace crystallite
