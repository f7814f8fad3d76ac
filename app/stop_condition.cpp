#include "app/stop_condition.h"

#include "app/trace_events.h"

#include <algorithm>

namespace crystallite {
namespace {

/// Slots of the text that were not given.
uint32_t answerSlots(const Canvas& canvas) {
    uint32_t slots = 0;
    for (uint32_t position = 0; position < canvas.textLength(); ++position) {
        slots += canvas.region(position) == SlotRegion::Answer ? 1 : 0;
    }
    return slots;
}

bool holds(const MaskedShareBelow& wanted, const Trace& trace, uint32_t frame) {
    const Canvas& canvas = trace.canvas(frame);
    return static_cast<double>(canvas.maskedCount()) < wanted.share * answerSlots(canvas);
}

bool holds(const MeanEntropyBelow& wanted, const Trace& trace, uint32_t frame) {
    const StepRecord& record = trace.record(frame);
    return !record.beliefs.empty() && meanEntropy(record) < wanted.nats;
}

bool holds(const AnyRevision&, const Trace& trace, uint32_t frame) {
    const auto revises = [](const SlotEvent& event) { return event.kind == EventKind::Remask || event.kind == EventKind::Edit; };
    return std::ranges::any_of(trace.record(frame).events, revises);
}

bool holds(const SlotCommits& wanted, const Trace& trace, uint32_t frame) {
    return changeOf(trace, wanted.key, frame) == EventKind::Commit;
}

bool holds(const TextContains& wanted, const Trace& trace, uint32_t frame) {
    // No token that a person can type holds a zero byte, so no text reaches across a masked slot.
    constexpr std::string_view kMasked("\0", 1);
    return trace.answerText(frame, kMasked, false).find(wanted.text) != std::string::npos;
}

bool holds(const NextBlock&, const Trace& trace, uint32_t frame) {
    return startsBlock(trace, frame);
}

}  // namespace

bool fulfils(const StopCondition& condition, const Trace& trace, uint32_t frame) {
    return std::visit([&](const auto& wanted) { return holds(wanted, trace, frame); }, condition);
}

std::optional<uint32_t> nextFulfilling(const StopCondition& condition, const Trace& trace, uint32_t frame) {
    for (uint32_t later = frame + 1; later <= trace.steps(); ++later) {
        if (fulfils(condition, trace, later)) {
            return later;
        }
    }
    return std::nullopt;
}

}  // namespace crystallite
