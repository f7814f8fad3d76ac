#include "app/canvas/slot_folds.h"

namespace crystallite {

std::vector<SlotRange> endRuns(const Trace& trace) {
    std::vector<SlotRange> runs;
    if (trace.slots() == 0 || trace.header().layout) {
        return runs;
    }
    const Canvas& last = trace.canvas(trace.steps());
    const auto isEnd = [&](uint32_t position) {
        return last.region(position) == SlotRegion::Answer && !last.isMasked(position) && trace.isEnd(last.token(position));
    };
    uint32_t begin = 0;
    while (begin < last.size()) {
        uint32_t end = begin;
        while (end < last.size() && isEnd(end)) {
            ++end;
        }
        if (end - begin >= kLeastFold) {
            runs.push_back({.begin = begin, .end = end});
        }
        begin = end + 1;
    }
    return runs;
}

FoldCount countFold(const Trace& trace, uint32_t frame, SlotRange fold) {
    FoldCount count;
    const Canvas& canvas = trace.canvas(frame);
    for (uint32_t position = fold.begin; position < fold.end; ++position) {
        if (canvas.isMasked(position)) {
            ++count.open;
        } else {
            ++(trace.isEnd(canvas.token(position)) ? count.ends : count.others);
        }
        const auto last = trace.lastChange(position, frame);
        count.committed = count.committed || (last && last->step == frame && last->event.kind == EventKind::Commit);
    }
    return count;
}

}  // namespace crystallite
