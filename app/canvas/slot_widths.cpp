#include "app/canvas/slot_widths.h"

#include <algorithm>
#include <utility>

namespace crystallite {

namespace {

constexpr float kOpenSlotContent = 2.6F;     // em; an English word of five letters
constexpr float kNarrowestOpenSlot = 0.70F;  // em; keeps a full stop wide enough for its facets

SlotWidth widthOf(const Trace& trace, TokenId id, const AdvanceOf& advance) {
    const TokenDisplay display = displayToken(trace, id);
    return {.content = advance(id), .wordGap = display.leadingSpace, .endsRow = display.endsRow};
}

/// What the slot is last known to hold: its token, or the likeliest candidate where a stopped run left it open.
TokenId lastKnown(const Trace& trace, uint32_t position) {
    const Canvas& last = trace.canvas(trace.steps());
    if (last.isMasked(position) && trace.steps() > 0) {
        const SlotBelief* belief = trace.belief(trace.steps(), position, trace.steps());
        if (belief != nullptr && !belief->candidates.empty()) {
            return belief->candidates.front().id;
        }
    }
    return last.token(position);
}

}  // namespace

std::vector<SlotWidth> replayWidths(const Trace& trace, const AdvanceOf& advance) {
    std::vector<SlotWidth> widths(trace.slots());
    const Canvas& last = trace.canvas(trace.steps());
    for (uint32_t position = 0; position < trace.slots(); ++position) {
        const TokenId id = lastKnown(trace, position);
        const bool isUnknown = last.isMasked(position) && id == trace.header().maskId;
        if (isUnknown || last.region(position) == SlotRegion::Room) {
            widths[position] = {.content = kOpenSlotContent, .wordGap = true};
            continue;
        }
        widths[position] = widthOf(trace, id, advance);
        if (position >= trace.promptLength()) {
            widths[position].content = std::max(widths[position].content, kNarrowestOpenSlot);
        }
    }
    return widths;
}

std::vector<SlotWidth> initialWidths(const Trace& trace, const AdvanceOf& advance) {
    std::vector<SlotWidth> widths(trace.slots());
    const Canvas& canvas = trace.canvas(0);
    for (uint32_t position = 0; position < trace.slots(); ++position) {
        const bool isOpen = canvas.isMasked(position) || canvas.region(position) == SlotRegion::Room;
        widths[position] =
            isOpen ? SlotWidth{.content = kOpenSlotContent, .wordGap = true} : widthOf(trace, canvas.token(position), advance);
    }
    return widths;
}

std::vector<SlotWidth> grownWidths(std::vector<SlotWidth> widths, const Trace& trace, uint32_t step, const AdvanceOf& advance) {
    const auto grow = [&](uint32_t position, TokenId id, bool held) {
        const SlotWidth wanted = widthOf(trace, id, advance);
        widths[position].content = std::max(widths[position].content, wanted.content);
        widths[position].endsRow = widths[position].endsRow || (held && wanted.endsRow);
    };
    const StepRecord& record = trace.record(step);
    for (const SlotBelief& belief : record.beliefs) {
        if (!belief.candidates.empty()) {
            grow(belief.position, belief.candidates.front().id, false);
        }
    }
    for (const SlotEvent& event : record.events) {
        if (event.kind == EventKind::Commit || event.kind == EventKind::Edit) {
            grow(event.position, event.after, true);
        }
    }
    return widths;
}

}  // namespace crystallite
