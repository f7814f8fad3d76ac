#include "app/hand_change.h"

#include "app/canvas/hand_marks.h"
#include "app/canvas/slot_names.h"
#include "app/conversions.h"
#include "app/token_text.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace crystallite {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();  // the model said nothing about it

Error refusal(const QString& sentence) {
    return {ErrorKind::InvalidArgument, sentence.toStdString()};
}

QString lowerFirst(QString text) {
    return text.isEmpty() ? text : text.front().toLower() + text.mid(1);
}

/// "position 12", "row 2, column 8", "positions 12 to 14"
QString placeOf(const Trace& trace, SlotSpan span) {
    return span.first == span.last ? lowerFirst(placeName(trace, span.first))
                                   : translate("positions %1 to %2").arg(span.first + 1).arg(span.last + 1);
}

/// A change that is being put together on a canvas of its own, so that every event says what it found.
class Draft {
public:
    Draft(const Trace& trace, uint32_t frame) : canvas_(trace.canvas(frame)) {}

    [[nodiscard]] const Canvas& canvas() const { return canvas_; }
    [[nodiscard]] bool isPinned(uint32_t position) const { return canvas_.region(position) == SlotRegion::Pinned; }

    void add(EventKind kind, uint32_t position, TokenId after, float probability = kUnknown) {
        const SlotEvent event{
            .kind = kind, .position = position, .before = canvas_.token(position), .after = after, .probability = probability};
        change_.events.push_back(event);
        if (canvas_.admits(event)) {  // whatever does not fit is refused where the step is added
            canvas_.apply(event);
        }
    }
    void mark(EventKind kind, uint32_t position) { add(kind, position, canvas_.token(position)); }
    /// An insert stands before what is there, even behind the last slot.
    void insert(uint32_t position) {
        change_.events.push_back({.kind = EventKind::Insert,
                                  .position = position,
                                  .before = canvas_.maskId(),
                                  .after = canvas_.maskId(),
                                  .probability = kUnknown});
    }
    /// A pinned slot is unpinned for it.
    void write(uint32_t position, const TypedToken& token, float probability) {
        if (canvas_.isMasked(position) || canvas_.token(position) != token.id) {
            unpin(position);
            add(canvas_.isMasked(position) ? EventKind::Commit : EventKind::Edit, position, token.id, probability);
        }
        change_.tokens.push_back(token);
    }
    void pin(uint32_t position) {
        if (!isPinned(position)) {
            mark(EventKind::Pin, position);
        }
    }
    void unpin(uint32_t position) {
        if (isPinned(position)) {
            mark(EventKind::Unpin, position);
        }
    }
    [[nodiscard]] HandChange take(const QString& text) {
        change_.text = text;
        return std::move(change_);
    }

private:
    Canvas canvas_;
    HandChange change_;
};

/// Empty: the slots are behind the prompt and inside the text.
QString reasonAgainst(const Trace& trace, uint32_t frame, SlotSpan span) {
    const Canvas& canvas = trace.canvas(frame);
    if (span.last >= canvas.textLength()) {
        return translate("There is no slot here: the text ends at position %1.").arg(canvas.textLength());
    }
    return span.first < canvas.promptLength()
               ? translate("Position %1 is part of the prompt, which stays as it was given.").arg(span.first + 1)
               : QString();
}

TypedToken typedToken(const Trace& trace, TokenId id) {
    return {.id = id, .bytes = trace.piece(id), .special = trace.isControl(id)};
}

QString quoted(const Trace& trace, TokenId id) {
    return QStringLiteral("“%1”").arg(tokenLabel(trace, id));
}

QString wordsOf(const std::vector<TypedToken>& tokens) {
    std::string text;
    for (const TypedToken& token : tokens) {
        text += token.bytes;
    }
    return QStringLiteral("“%1”").arg(toQString(text).trimmed());
}

}  // namespace

Result<HandChange> togglePin(const Trace& trace, uint32_t frame, SlotSpan span) {
    if (const QString reason = reasonAgainst(trace, frame, span); !reason.isEmpty()) {
        return refusal(reason);
    }
    Draft draft(trace, frame);
    bool allPinned = true;
    for (uint32_t position = span.first; position <= span.last; ++position) {
        allPinned = allPinned && draft.isPinned(position);
    }
    const QString place = placeOf(trace, span);
    for (uint32_t position = span.first; position <= span.last; ++position) {
        if (allPinned) {
            draft.unpin(position);
            continue;
        }
        if (draft.canvas().isMasked(position)) {
            const SlotBelief* belief = standingBelief(trace, frame, position);
            if (belief == nullptr || belief->candidates.empty()) {
                return refusal(
                    translate("Position %1 has no guess to pin yet; type words there with T, or compute a step first.").arg(position + 1));
            }
            const Candidate& guess = belief->candidates.front();
            draft.write(position, typedToken(trace, guess.id), guess.probability);
        }
        draft.pin(position);
    }
    const QString what = span.first == span.last ? quoted(trace, draft.canvas().token(span.first)) + QLatin1Char(' ') : QString();
    return draft.take((allPinned ? translate("unpin %1at %2") : translate("pin %1at %2")).arg(what, place));
}

Result<HandChange> remask(const Trace& trace, uint32_t frame, SlotSpan span) {
    if (const QString reason = reasonAgainst(trace, frame, span); !reason.isEmpty()) {
        return refusal(reason);
    }
    Draft draft(trace, frame);
    const Canvas before = draft.canvas();
    for (uint32_t position = span.first; position <= span.last; ++position) {
        if (!before.isMasked(position)) {
            draft.unpin(position);
            draft.add(EventKind::Remask, position, before.maskId());
        }
    }
    const QString what =
        span.first == span.last && !before.isMasked(span.first) ? quoted(trace, before.token(span.first)) + QLatin1Char(' ') : QString();
    HandChange change = draft.take(translate("remask %1at %2").arg(what, placeOf(trace, span)));
    if (change.events.empty()) {
        return refusal(translate("Nothing to remask: %1 is masked already.").arg(placeOf(trace, span)));
    }
    return change;
}

Result<HandChange> writeTokens(const Trace& trace, uint32_t frame, uint32_t position, const std::vector<TypedToken>& tokens) {
    if (tokens.empty()) {
        return refusal(translate("Type at least one word."));
    }
    if (const QString reason = reasonAgainst(trace, frame, {.first = position, .last = position}); !reason.isEmpty()) {
        return refusal(reason);
    }
    if (const uint32_t room = roomFrom(trace, frame, position); tokens.size() > room) {
        return refusal((room == 1
                            ? translate("The words need %1 slots, but from here there is only 1; shorten them or start further left.")
                            : translate("The words need %1 slots, but from here there are only %2; shorten them or start further left."))
                           .arg(tokens.size())
                           .arg(room));
    }
    Draft draft(trace, frame);
    uint32_t place = position;
    for (const TypedToken& token : tokens) {
        float probability = kUnknown;
        if (const SlotBelief* belief = standingBelief(trace, frame, place)) {
            const auto found = std::ranges::find(belief->candidates, token.id, &Candidate::id);
            probability = found == belief->candidates.end() ? kUnknown : found->probability;
        }
        draft.write(place, token, probability);
        draft.pin(place);
        ++place;
    }
    HandChange change = draft.take(translate("write %1 at %2").arg(wordsOf(tokens), placeOf(trace, {position, place - 1})));
    if (change.events.empty()) {
        return refusal(translate("These words are pinned here already."));
    }
    return change;
}

Result<HandChange> chooseCandidate(const Trace& trace, uint32_t frame, uint32_t position, const Candidate& candidate) {
    const SlotSpan span{.first = position, .last = position};
    if (const QString reason = reasonAgainst(trace, frame, span); !reason.isEmpty()) {
        return refusal(reason);
    }
    Draft draft(trace, frame);
    const bool wasPinned = draft.isPinned(position);
    draft.write(position, typedToken(trace, candidate.id), candidate.probability);
    if (wasPinned) {
        draft.pin(position);
    }
    HandChange change = draft.take(translate("choose %1 at %2").arg(quoted(trace, candidate.id), placeOf(trace, span)));
    if (change.events.empty()) {
        return refusal(translate("%1 stands there already.").arg(quoted(trace, candidate.id)));
    }
    return change;
}

Result<HandChange> preferSlots(const Trace& trace, uint32_t frame, SlotSpan span) {
    if (const QString reason = reasonAgainst(trace, frame, span); !reason.isEmpty()) {
        return refusal(reason);
    }
    Draft draft(trace, frame);
    const std::vector<uint32_t> queue = preferredSlots(trace, frame);
    bool anyOpen = false;
    for (uint32_t position = span.first; position <= span.last; ++position) {
        const bool open = draft.canvas().isMasked(position);
        anyOpen = anyOpen || open;
        if (open && std::ranges::find(queue, position) == queue.end()) {
            draft.mark(EventKind::Prefer, position);
        }
    }
    HandChange change = draft.take(translate("commit %1 next").arg(placeOf(trace, span)));
    if (change.events.empty()) {
        return refusal(anyOpen ? translate("It is in the queue already; undo takes it out.")
                               : translate("Only an open slot can be committed next; remask this one first."));
    }
    return change;
}

Result<HandChange> insertSlot(const Trace& trace, uint32_t frame, uint32_t position) {
    const Canvas& canvas = trace.canvas(frame);
    if (trace.header().layout) {
        return refusal(translate("A board has the cells that it has: none can be inserted."));
    }
    if (position < canvas.promptLength() || position > canvas.textLength()) {
        return refusal(translate("A slot can be inserted behind the prompt and up to the end of the text, which is position %1.")
                           .arg(canvas.textLength()));
    }
    Draft draft(trace, frame);
    draft.insert(position);
    return draft.take(translate("insert a slot at position %1").arg(position + 1));
}

Result<HandChange> deleteSlots(const Trace& trace, uint32_t frame, SlotSpan span) {
    if (trace.header().layout) {
        return refusal(translate("A board has the cells that it has: none can be deleted."));
    }
    if (const QString reason = reasonAgainst(trace, frame, span); !reason.isEmpty()) {
        return refusal(reason);
    }
    const Canvas& canvas = trace.canvas(frame);
    if (span.count() >= canvas.textLength() - canvas.promptLength()) {
        return refusal(translate("That would delete every slot of the answer; leave at least one."));
    }
    Draft draft(trace, frame);
    for (uint32_t position = span.last + 1; position-- > span.first;) {
        draft.unpin(position);
        draft.add(EventKind::Delete, position, draft.canvas().maskId());
    }
    return draft.take(translate("delete %1").arg(placeOf(trace, span)));
}

const SlotBelief* standingBelief(const Trace& trace, uint32_t frame, uint32_t position) {
    const uint32_t step = trace.beliefStep(frame);
    return step == 0 ? nullptr : trace.belief(step, position, frame);
}

uint32_t roomFrom(const Trace& trace, uint32_t frame, uint32_t position) {
    const Canvas& canvas = trace.canvas(frame);
    return position < canvas.promptLength() ? 0 : canvas.textLength() - std::min(position, canvas.textLength());
}

}  // namespace crystallite
