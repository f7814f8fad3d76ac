#include "engine/trace/branch.h"

#include "engine/trace/run_id.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace crystallite {
namespace {

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

std::vector<TokenId> controlIdsOf(const Trace& trace) {
    std::vector<TokenId> ids;
    for (const auto& [id, bytes] : trace.pieces()) {
        if (trace.isControl(id)) {
            ids.push_back(id);
        }
    }
    return ids;
}

/// Whether the slot was given before the first step; what a hand pinned later is the person's own to take back.
bool isGiven(const Trace& trace, const Canvas& now, uint32_t position) {
    const std::optional<uint32_t> first = trace.canvas(0).positionOf(now.key(position));
    return first && trace.canvas(0).region(*first) == SlotRegion::Pinned;
}

std::string whyNotLeftToRight(const Canvas& now, const SlotEvent& event, const std::string& slot) {
    const std::vector<uint32_t> open = now.maskedSlots();
    const bool isCommit = event.kind == EventKind::Commit && !open.empty() && open.front() == event.position;
    const bool isPinOfLast = event.kind == EventKind::Pin && (open.empty() || event.position < open.front());
    if (isCommit || isPinOfLast || event.kind == EventKind::Unpin) {
        return {};
    }
    const bool isWritten = open.empty() || event.position < open.front();
    return isWritten ? "The model writes from left to right, and what stands behind " + slot +
                           " was written after it; branch at the step before it was written."
                     : "The model writes from left to right and cannot look ahead to " + slot + "; only the next slot, " +
                           std::to_string(open.front()) + ", can be written by hand.";
}

std::string whyNotInserted(const Canvas& now, const SlotEvent& event, const std::string& slot) {
    if (event.position < now.promptLength() || event.position > now.textLength()) {
        return "A slot can be inserted from " + std::to_string(now.promptLength()) + " to " + std::to_string(now.textLength()) +
               ", not at " + std::to_string(event.position) + ".";
    }
    return now.room() == 0 ? "There is no room left to insert " + slot + "; branch with room for more slots." : std::string();
}

std::string whyNotWritten(const Trace& trace, const SlotEvent& event, const std::string& slot) {
    const TraceHeader& header = trace.header();
    if (event.after >= header.vocabulary) {
        return "Token " + std::to_string(event.after) + " for " + slot + " is outside the vocabulary of " +
               std::to_string(header.vocabulary) + ".";
    }
    if (event.after == header.maskId) {
        return "The mask is no token to write in " + slot + "; mask the slot again instead.";
    }
    const bool isKnown = std::isnan(event.probability) || (event.probability >= 0.0F && event.probability <= 1.001F);
    return isKnown ? std::string() : "The probability of the token for " + slot + " is impossible; it must be 0 to 1, or NaN.";
}

/// What the slot would have to hold.
std::string whyNotHeld(const Canvas& now, const SlotEvent& event, const std::string& slot) {
    const bool isMasked = now.isMasked(event.position);
    switch (event.kind) {
        case EventKind::Commit: return isMasked ? "" : "The " + slot + " holds a token already; exchange it, or mask it first.";
        case EventKind::Edit: return isMasked ? "The " + slot + " is masked; write into it instead of exchanging it." : "";
        case EventKind::Remask: return isMasked ? "The " + slot + " is masked already." : "";
        case EventKind::Pin: return isMasked ? "The " + slot + " is masked; write into it before it is pinned." : "";
        case EventKind::Unpin:
            return now.region(event.position) == SlotRegion::Pinned ? "" : "The " + slot + " is not pinned; there is nothing to undo.";
        case EventKind::Prefer: return isMasked ? "" : "The " + slot + " holds a token already; only a masked slot can come first.";
        case EventKind::Insert:
        case EventKind::Delete: break;
    }
    return {};
}

std::string whyNotSlot(const Trace& trace, const Canvas& now, const SlotEvent& event, const std::string& slot) {
    if (event.position >= now.textLength()) {
        return "The " + slot + " is outside the text of " + std::to_string(now.textLength()) + " slots.";
    }
    const SlotRegion region = now.region(event.position);
    if (region == SlotRegion::Prompt || isGiven(trace, now, event.position)) {
        return "The " + slot + " was given with the prompt; another prompt is another run: start it anew.";
    }
    if (region == SlotRegion::Pinned && event.kind != EventKind::Unpin) {
        return event.kind == EventKind::Pin ? "The " + slot + " is pinned already." : "The " + slot + " is pinned; unpin it first.";
    }
    return whyNotHeld(now, event, slot);
}

/// Why the change cannot be made, as a sentence; empty when it can.
std::string whyNot(const Trace& trace, const Canvas& now, const SlotEvent& event) {
    const std::string slot = "slot " + std::to_string(event.position);
    const bool changesLength = event.kind == EventKind::Insert || event.kind == EventKind::Delete;
    const bool isWritten = event.kind == EventKind::Commit || event.kind == EventKind::Edit;
    std::string why = changesLength ? whyLengthIsFixed(trace) : std::string();
    if (why.empty()) {
        why = event.kind == EventKind::Insert ? whyNotInserted(now, event, slot) : whyNotSlot(trace, now, event, slot);
    }
    if (why.empty() && isWritten) {
        why = whyNotWritten(trace, event, slot);
    }
    if (why.empty() && trace.header().settings.policy == DecodePolicy::LeftToRight) {
        why = whyNotLeftToRight(now, event, slot);
    }
    if (why.empty() && !now.admits(event)) {
        why = "The change of " + slot + " says that it holds token " + std::to_string(event.before) + ", which it does not.";
    }
    return why;
}

/// The canvas of a run before its first step with more room behind the text. Keys of inserted slots follow those of the room.
Canvas withRoom(const Canvas& initial, uint32_t room) {
    const uint32_t prompt = initial.promptLength();
    return {initial.tokens().first(prompt), initial.textLength() - prompt, initial.maskId(), initial.pinnedSlots(), room};
}

}  // namespace

std::string whyLengthIsFixed(const Trace& trace) {
    const TraceHeader& header = trace.header();
    const DecodeSettings& settings = header.settings;
    if (header.layout) {
        return "The canvas is a board; no cell can be inserted or deleted.";
    }
    if (settings.policy == DecodePolicy::LeftToRight) {
        return "The model writes from left to right; ask for a longer or shorter answer instead of inserting or deleting slots.";
    }
    if (settings.blockAnchor == BlockAnchor::Text || settings.blocks() != 1) {
        return "The run is denoised in blocks of " + std::to_string(settings.effectiveBlockLength()) +
               " slots, which stay where they are; insert and delete slots in a run of one block.";
    }
    if (settings.cache != CacheKind::None) {
        return "The cache " + std::string(nameOf(settings.cache)) +
               " keeps keys and values by the places of their slots; insert and delete slots in a run without a cache.";
    }
    return {};
}

Result<Trace> branchOf(const Trace& parent, uint32_t frame, uint32_t extraRoom) {
    if (frame > parent.steps() || parent.slots() == 0) {
        return invalid("The run has " + std::to_string(parent.steps()) + " steps; it has no branch after step " + std::to_string(frame) +
                       ".");
    }
    if (const std::string why = whyLengthIsFixed(parent); extraRoom > 0 && !why.empty()) {
        return invalid(why);
    }
    TraceHeader header = parent.header();
    constexpr uint32_t kMostRoom = 1U << 20U;
    if (extraRoom > kMostRoom || uint64_t{parent.slots()} + extraRoom > kMostRoom) {
        return invalid("Room for " + std::to_string(extraRoom) + " more slots makes a canvas of more than " + std::to_string(kMostRoom) +
                       "; ask for less.");
    }
    header.extraRoom += extraRoom;
    header.id = newRunId();
    header.startedAt = utcNow();
    header.origin = RunOrigin{.parent = parent.header().id, .step = frame};
    const Canvas& initial = parent.canvas(0);
    Trace branch(std::move(header), withRoom(initial, initial.room() + extraRoom), parent.pieces(), controlIdsOf(parent));
    for (uint32_t step = 1; step <= frame; ++step) {
        branch.append(parent.record(step));
    }
    std::vector<Bookmark> bookmarks = parent.bookmarks();
    std::erase_if(bookmarks, [frame](const Bookmark& bookmark) { return bookmark.frame > frame; });
    branch.setBookmarks(std::move(bookmarks));
    branch.setStatus(RunStatus::Stopped);
    return branch;
}

Result<void> appendByHand(Trace& trace, std::vector<SlotEvent> events) {
    if (events.empty() || trace.slots() == 0) {
        return invalid("There is nothing to change; name a slot.");
    }
    const uint32_t frame = trace.steps();
    Canvas after = trace.canvas(frame);
    for (const SlotEvent& event : events) {
        if (const std::string why = whyNot(trace, after, event); !why.empty()) {
            return invalid(why);
        }
        after.apply(event);
    }
    StepRecord record{.number = frame + 1,
                      .block = frame == 0 ? 0 : trace.record(frame).block,
                      .forwardPasses = 0,
                      .maskedBefore = trace.canvas(frame).maskedCount(),
                      .maskedAfter = after.maskedCount(),
                      .byHand = true,
                      .events = std::move(events)};
    trace.append(std::move(record));
    trace.setStatus(RunStatus::Stopped);
    return {};
}

std::vector<uint32_t> preferredSlots(const Trace& trace) {
    const Canvas& now = trace.canvas(trace.steps());
    std::vector<uint32_t> slots;
    const auto isWaiting = [&](uint32_t position) {
        const auto last = trace.lastChange(position, trace.steps());
        return now.isMasked(position) && last && last->event.kind == EventKind::Prefer;
    };
    for (const uint32_t step : trace.handSteps()) {
        Canvas canvas = trace.canvas(step - 1);
        for (const SlotEvent& event : trace.record(step).events) {
            const std::optional<uint32_t> position =
                event.kind == EventKind::Prefer ? now.positionOf(canvas.key(event.position)) : std::nullopt;
            const bool isNew = position && isWaiting(*position) && std::find(slots.begin(), slots.end(), *position) == slots.end();
            if (isNew) {
                slots.push_back(*position);
            }
            canvas.apply(event);
        }
    }
    return slots;
}

}  // namespace crystallite
