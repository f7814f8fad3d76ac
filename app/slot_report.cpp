#include "app/slot_report.h"

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
    if (report.frame == 0 || (report.state != SlotState::Masked && report.state != SlotState::Held)) {
        return;
    }
    if (report.state == SlotState::Masked) {
        addBelief(report, trace, report.frame, BeliefBasis::OpenSlot);
        return;
    }
    if (!report.changedInFrame()) {
        addBelief(report, trace, report.frame, BeliefBasis::Token);
    }
    if (!report.belief) {
        addBelief(report, trace, report.change->step, BeliefBasis::AtChange);
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
