#include "app/frame_path.h"

#include "app/trace_events.h"

#include <algorithm>

namespace crystallite {
namespace {

std::optional<uint32_t> frameBehind(const FrameRange& frames, bool loops, uint32_t frame, PlayDirection direction) {
    const uint32_t first = firstPlayed(frames, direction);
    const uint32_t last = lastPlayed(frames, direction);
    if (frame < frames.first || frame > frames.last) {
        return first;
    }
    if (frame == last) {
        return loops && first != last ? std::optional(first) : std::nullopt;
    }
    return direction == PlayDirection::Forward ? frame + 1 : frame - 1;
}

}  // namespace

FrameRange playedFrames(const RunMarks& marks, uint32_t lastFrame) {
    if (!marks.loops() || !marks.range()) {
        return {.first = 0, .last = lastFrame};
    }
    return {.first = std::min(marks.range()->first, lastFrame), .last = std::min(marks.range()->last, lastFrame)};
}

uint32_t firstPlayed(const FrameRange& frames, PlayDirection direction) {
    return direction == PlayDirection::Forward ? frames.first : frames.last;
}

uint32_t lastPlayed(const FrameRange& frames, PlayDirection direction) {
    return direction == PlayDirection::Forward ? frames.last : frames.first;
}

PlayProgress playOn(const Trace& trace, const RunMarks& marks, uint32_t frame, PlayDirection direction, uint32_t steps) {
    const FrameRange frames = playedFrames(marks, trace.steps());
    PlayProgress progress{.frame = frame};
    // After the machine has slept, hours may be due: one round of a loop shows as much as a thousand.
    steps = std::min(steps, frames.last - frames.first + 1);
    for (uint32_t step = 0; step < steps && !progress.breakKey; ++step) {
        const std::optional<uint32_t> next = frameBehind(frames, marks.loops(), progress.frame, direction);
        if (!next) {
            break;
        }
        progress.frame = *next;
        progress.breakKey = breakAt(trace, marks.breakpoints(), progress.frame);
    }
    progress.ended = !frameBehind(frames, marks.loops(), progress.frame, direction);
    return progress;
}

}  // namespace crystallite
