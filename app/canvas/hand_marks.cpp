#include "app/canvas/hand_marks.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace crystallite {
namespace {

/// When the slot was asked for, as (step, place among the events of it); nothing when it was not, or was written or given up since.
std::optional<std::pair<uint32_t, size_t>> askedFor(const Trace& trace, uint32_t frame, uint32_t position) {
    std::optional<std::pair<uint32_t, size_t>> asked;
    for (const Trace::DatedEvent& dated : trace.history(position, frame)) {
        if (dated.step > frame) {
            break;
        }
        if (dated.event.kind == EventKind::Prefer) {
            const std::vector<SlotEvent>& events = trace.record(dated.step).events;
            asked = std::pair(dated.step, static_cast<size_t>(std::ranges::find(events, dated.event) - events.begin()));
        } else if (dated.event.kind == EventKind::Commit) {
            asked.reset();
        }
    }
    return asked;
}

}  // namespace

bool isByHand(const Trace& trace, uint32_t step) {
    return step > 0 && step <= trace.steps() && trace.record(step).byHand;
}

bool isMarkByHand(EventKind kind) {
    return kind == EventKind::Pin || kind == EventKind::Unpin || kind == EventKind::Prefer;
}

std::optional<Trace::DatedEvent> handEvent(const Trace& trace, uint32_t frame, uint32_t position) {
    auto last = trace.lastChange(position, frame);
    return last && isByHand(trace, last->step) ? last : std::nullopt;
}

std::optional<Trace::DatedEvent> writingEvent(const Trace& trace, uint32_t frame, uint32_t position) {
    std::optional<Trace::DatedEvent> writing;
    for (const Trace::DatedEvent& dated : trace.history(position, frame)) {
        const bool writes = dated.event.kind == EventKind::Commit || dated.event.kind == EventKind::Edit;
        if (dated.step <= frame && writes) {
            writing = dated;
        }
    }
    return writing;
}

std::vector<uint32_t> preferredSlots(const Trace& trace, uint32_t frame) {
    std::vector<std::tuple<uint32_t, size_t, uint32_t>> asked;
    for (const uint32_t position : trace.canvas(frame).maskedSlots()) {
        if (const auto when = askedFor(trace, frame, position)) {
            asked.emplace_back(when->first, when->second, position);
        }
    }
    std::ranges::sort(asked);
    std::vector<uint32_t> slots;
    std::ranges::transform(asked, std::back_inserter(slots), [](const auto& each) { return std::get<2>(each); });
    return slots;
}

uint32_t queueNumber(const Trace& trace, uint32_t frame, uint32_t position) {
    if (!trace.canvas(frame).isMasked(position) || !askedFor(trace, frame, position)) {
        return 0;
    }
    const std::vector<uint32_t> queue = preferredSlots(trace, frame);
    return static_cast<uint32_t>(std::ranges::find(queue, position) - queue.begin()) + 1;
}

}  // namespace crystallite
