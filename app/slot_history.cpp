#include "app/slot_history.h"

#include <bit>
#include <optional>

namespace crystallite {
namespace {

SlotChange changeOf(const Trace::DatedEvent& dated) {
    const SlotEvent& event = dated.event;
    SlotChange change{.step = dated.step, .token = event.after, .probability = event.probability};
    switch (event.kind) {
        case EventKind::Commit: change.kind = SlotChange::Kind::Commit; break;
        case EventKind::Edit: change.kind = SlotChange::Kind::Edit; break;
        case EventKind::Remask:
            change.kind = SlotChange::Kind::Remask;
            change.token = event.before;
            break;
        case EventKind::Insert: change.kind = SlotChange::Kind::Insert; break;
        case EventKind::Delete: change.kind = SlotChange::Kind::Delete; break;
        case EventKind::Pin: change.kind = SlotChange::Kind::Pin; break;
        case EventKind::Unpin: change.kind = SlotChange::Kind::Unpin; break;
        case EventKind::Prefer: change.kind = SlotChange::Kind::Prefer; break;
    }
    return change;
}

void addBelief(SlotHistory& history, const SlotBelief& belief, uint32_t step, std::optional<TokenId>& guess) {
    const Candidate best = belief.candidates.empty() ? Candidate{} : belief.candidates.front();
    history.moments.push_back({.step = step, .entropy = belief.entropy, .topProbability = best.probability});
    if (!belief.candidates.empty() && guess != best.id) {
        guess = best.id;
        history.changes.push_back({.step = step, .kind = SlotChange::Kind::Guess, .token = best.id, .probability = best.probability});
    }
}

}  // namespace

bool operator==(const SlotChange& a, const SlotChange& b) {
    return a.step == b.step && a.kind == b.kind && a.token == b.token && a.byHand == b.byHand &&
           std::bit_cast<uint32_t>(a.probability) == std::bit_cast<uint32_t>(b.probability);
}

SlotHistory historyOf(const Trace& trace, uint32_t position, uint32_t frame) {
    SlotHistory history;
    const std::vector<Trace::DatedEvent>& events = trace.history(position, frame);
    auto event = events.begin();
    std::optional<TokenId> guess;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        if (const SlotBelief* belief = trace.belief(step, position, frame)) {
            addBelief(history, *belief, step, guess);
        }
        for (; event != events.end() && event->step == step; ++event) {
            history.changes.push_back(changeOf(*event));
            history.changes.back().byHand = trace.record(step).byHand;
        }
    }
    return history;
}

}  // namespace crystallite
