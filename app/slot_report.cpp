#include "app/slot_report.h"

#include "app/canvas/hand_marks.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

void addRank(SlotReport& report, const StepRecord& record) {
    const float own = report.belief->score;
    uint32_t better = 0;
    for (const SlotBelief& other : record.beliefs) {
        if (std::isnan(other.score)) {
            continue;
        }
        ++report.eligible;
        // Equal scores keep the order of their positions, as the sampler's stable ranking does.
        if (other.score > own || (other.score == own && other.position < report.belief->position)) {
            ++better;
        }
    }
    if (!std::isnan(own)) {
        report.rank = better + 1;
    }
}

void addBelief(SlotReport& report, const Trace& trace, uint32_t step, BeliefBasis basis) {
    const SlotBelief* belief = trace.belief(step, report.position, report.frame);
    if (belief == nullptr) {
        return;
    }
    const StepRecord& record = trace.record(step);
    report.basis = basis;
    report.belief = *belief;
    report.beliefStep = step;
    float listed = 0.0F;
    for (const Candidate& candidate : belief->candidates) {
        listed += candidate.probability;
    }
    report.otherProbability = std::max(0.0F, 1.0F - listed);
    report.commitsOfStep = static_cast<uint32_t>(
        std::count_if(record.events.begin(), record.events.end(), [](const SlotEvent& event) { return event.kind == EventKind::Commit; }));
    addRank(report, record);
}

/// A token that a person pinned was written by hand or by the run, and says so; one that was given at the start was not.
SlotState stateOf(const Canvas& canvas, uint32_t position, bool changed) {
    if (canvas.region(position) == SlotRegion::Room) {
        return SlotState::Room;
    }
    if (canvas.isMasked(position)) {
        return SlotState::Masked;
    }
    if (changed) {
        return SlotState::Held;
    }
    return canvas.region(position) == SlotRegion::Pinned ? SlotState::Pinned : SlotState::Prompt;
}

void chooseBelief(SlotReport& report, const Trace& trace) {
    const uint32_t asked = trace.beliefStep(report.frame);
    if (asked == 0 || (report.state != SlotState::Masked && report.state != SlotState::Held)) {
        return;
    }
    if (report.state == SlotState::Masked) {
        addBelief(report, trace, asked, BeliefBasis::OpenSlot);
        return;
    }
    if (report.change->step < asked) {
        addBelief(report, trace, asked, BeliefBasis::Token);
    }
    if (!report.belief) {
        // What a person wrote was written upon what the step before it believed of the slot.
        addBelief(report, trace, trace.beliefStep(report.change->step), BeliefBasis::AtChange);
    }
}

}  // namespace

double equivalentWords(float entropyNats) {
    return std::exp(static_cast<double>(entropyNats));
}

uint32_t SlotReport::lastAsked() const {
    uint32_t last = 0;
    for (const SlotMoment& moment : history.moments) {
        last = moment.step <= frame ? moment.step : last;
    }
    return last;
}

SlotReport reportSlot(const Trace& trace, uint32_t position, uint32_t frame) {
    SlotReport report{.position = position, .frame = frame};
    const Canvas& canvas = trace.canvas(frame);
    report.change = trace.lastChange(position, frame);
    report.changedByHand = report.change && isByHand(trace, report.change->step);
    report.state = stateOf(canvas, position, report.change.has_value());
    if (report.state == SlotState::Room) {
        return report;
    }
    if (report.state != SlotState::Masked) {
        report.token = canvas.token(position);
    }
    chooseBelief(report, trace);
    report.history = historyOf(trace, position, frame);
    return report;
}

}  // namespace crystallite
