#include "app/trace_events.h"

#include "app/canvas/hand_marks.h"

#include <algorithm>

namespace crystallite {
namespace {

bool differ(const SlotBelief* earlier, const SlotBelief* now) {
    return earlier != nullptr && now != nullptr && !earlier->candidates.empty() && !now->candidates.empty() &&
           earlier->candidates.front().id != now->candidates.front().id;
}

/// Beliefs are about the canvas before their step; a slot may stand elsewhere than in the step before.
bool anyGuessFlips(const Trace& trace, uint32_t frame) {
    const auto flips = [&](const SlotBelief& now) { return differ(trace.belief(frame - 1, now.position, frame - 1), &now); };
    return frame > 1 && std::ranges::any_of(trace.record(frame).beliefs, flips);
}

}  // namespace

bool isEventFrame(const Trace& trace, uint32_t frame) {
    return frame >= 1 && frame <= trace.steps() &&
           (trace.record(frame).byHand || !trace.record(frame).events.empty() || anyGuessFlips(trace, frame));
}

uint32_t nextEventFrame(const Trace& trace, uint32_t frame) {
    for (uint32_t later = frame + 1; later <= trace.steps(); ++later) {
        if (isEventFrame(trace, later)) {
            return later;
        }
    }
    return trace.steps();
}

uint32_t previousEventFrame(const Trace& trace, uint32_t frame) {
    for (uint32_t earlier = frame; earlier-- > 1;) {
        if (isEventFrame(trace, earlier)) {
            return earlier;
        }
    }
    return 0;
}

bool startsBlock(const Trace& trace, uint32_t frame) {
    return frame == 1 || (frame > 1 && trace.record(frame).block != trace.record(frame - 1).block);
}

uint32_t nextBlockFrame(const Trace& trace, uint32_t frame) {
    for (uint32_t later = frame + 1; later <= trace.steps(); ++later) {
        if (startsBlock(trace, later)) {
            return later;
        }
    }
    return trace.steps();
}

uint32_t previousBlockFrame(const Trace& trace, uint32_t frame) {
    for (uint32_t earlier = frame; earlier-- > 1;) {
        if (startsBlock(trace, earlier)) {
            return earlier;
        }
    }
    return 0;
}

std::optional<EventKind> changeOf(const Trace& trace, uint32_t key, uint32_t frame) {
    if (frame == 0 || frame > trace.steps()) {
        return std::nullopt;
    }
    // A slot that the step deleted stands on the canvas before it only, one that it inserted on the one after it.
    const uint32_t there = trace.canvas(frame).positionOf(key) ? frame : frame - 1;
    const std::optional<uint32_t> position = trace.canvas(there).positionOf(key);
    std::optional<EventKind> kind;
    if (position) {
        for (const Trace::DatedEvent& change : trace.history(*position, there)) {
            // What a pin is about may have been written in the same step, which says more.
            if (change.step == frame && !(kind && isMarkByHand(change.event.kind))) {
                kind = change.event.kind;
            }
        }
    }
    return kind;
}

bool guessFlips(const Trace& trace, uint32_t key, uint32_t frame) {
    if (frame < 2 || frame > trace.steps()) {
        return false;
    }
    const std::optional<uint32_t> position = trace.canvas(frame - 1).positionOf(key);
    return position && differ(trace.belief(frame - 1, *position, frame - 1), trace.record(frame).findBelief(*position));
}

std::optional<uint32_t> breakAt(const Trace& trace, const std::set<uint32_t>& keys, uint32_t frame) {
    const auto breaks = [&](uint32_t key) { return changeOf(trace, key, frame) || guessFlips(trace, key, frame); };
    const auto found = std::ranges::find_if(keys, breaks);
    return found == keys.end() ? std::nullopt : std::optional(*found);
}

std::optional<Break> nextBreak(const Trace& trace, const std::set<uint32_t>& keys, uint32_t frame) {
    for (uint32_t later = frame + 1; !keys.empty() && later <= trace.steps(); ++later) {
        if (const std::optional<uint32_t> key = breakAt(trace, keys, later)) {
            return Break{.frame = later, .key = *key};
        }
    }
    return std::nullopt;
}

std::optional<Break> previousBreak(const Trace& trace, const std::set<uint32_t>& keys, uint32_t frame) {
    for (uint32_t earlier = keys.empty() ? 0 : frame; earlier-- > 1;) {
        if (const std::optional<uint32_t> key = breakAt(trace, keys, earlier)) {
            return Break{.frame = earlier, .key = *key};
        }
    }
    return std::nullopt;
}

}  // namespace crystallite
