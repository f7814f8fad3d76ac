#include "app/trace_events.h"

namespace crystallite {
namespace {

bool guessChanged(const StepRecord& before, const StepRecord& now) {
    for (const SlotBelief& belief : now.beliefs) {
        const SlotBelief* earlier = before.findBelief(belief.position);
        if (earlier != nullptr && !earlier->candidates.empty() && !belief.candidates.empty() &&
            earlier->candidates.front().id != belief.candidates.front().id) {
            return true;
        }
    }
    return false;
}

bool startsBlock(const Trace& trace, uint32_t frame) {
    return frame == 1 || (frame > 1 && trace.record(frame).block != trace.record(frame - 1).block);
}

}  // namespace

bool isEventFrame(const Trace& trace, uint32_t frame) {
    if (frame == 0 || frame > trace.steps()) {
        return false;
    }
    const StepRecord& now = trace.record(frame);
    return !now.events.empty() || (frame > 1 && guessChanged(trace.record(frame - 1), now));
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

}  // namespace crystallite
