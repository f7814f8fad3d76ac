#include "app/canvas/slot_names.h"

#include "app/canvas/cell_visual.h"
#include "app/canvas/hand_marks.h"
#include "app/canvas/token_display.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <span>

namespace crystallite {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("crystallite::SlotNames", text);
}

int percent(float probability) {
    return static_cast<int>(std::lround(probability * 100.0F));
}

QString tokenName(const Trace& trace, TokenId id) {
    return spokenName(displayToken(trace, id));
}

const SlotBelief* beliefAt(const Trace& trace, uint32_t frame, uint32_t position) {
    const uint32_t asked = trace.beliefStep(frame);
    return asked == 0 ? nullptr : trace.belief(asked, position, frame);
}

/// ", masked by hand at step 12"; empty where the sampler made the slot what it is.
QString openByHand(const Trace& trace, uint32_t frame, uint32_t position) {
    QString text;
    if (const auto last = handEvent(trace, frame, position)) {
        text = last->event.kind == EventKind::Remask   ? translated(", masked by hand at step %1").arg(last->step)
               : last->event.kind == EventKind::Insert ? translated(", inserted by hand at step %1").arg(last->step)
                                                       : QString();
    }
    if (const uint32_t queue = queueNumber(trace, frame, position); queue > 0) {
        text += translated(", to be committed next, number %1 in the queue").arg(queue);
    }
    return text;
}

QString heldByHand(const Trace& trace, uint32_t frame, uint32_t position, const Trace::DatedEvent& last) {
    const QString token = tokenName(trace, trace.canvas(frame).token(position));
    switch (last.event.kind) {
        case EventKind::Pin: return translated("token %1, pinned by hand at step %2").arg(token).arg(last.step);
        case EventKind::Unpin: return translated("token %1, unpinned by hand at step %2").arg(token).arg(last.step);
        default: return translated("token %1, written by hand at step %2").arg(token).arg(last.step);
    }
}

QString openName(const Trace& trace, uint32_t frame, uint32_t position) {
    const SlotBelief* belief = beliefAt(trace, frame, position);
    if (belief == nullptr || belief->candidates.empty()) {
        return translated("masked") + openByHand(trace, frame, position);
    }
    const Candidate& best = belief->candidates.front();
    return translated("masked, best guess %1 %2 percent").arg(tokenName(trace, best.id)).arg(percent(best.probability)) +
           openByHand(trace, frame, position);
}

QString heldName(const Trace& trace, uint32_t frame, uint32_t position) {
    const Canvas& canvas = trace.canvas(frame);
    const QString token = tokenName(trace, canvas.token(position));
    if (canvas.region(position) == SlotRegion::Prompt) {
        return translated("prompt token %1, locked").arg(token);
    }
    if (const auto last = handEvent(trace, frame, position)) {
        return heldByHand(trace, frame, position, *last);
    }
    const auto last = writingEvent(trace, frame, position);
    if (!last) {
        return translated("token %1, locked").arg(token);
    }
    const QString sentence = last->event.kind == EventKind::Edit ? translated("token %1, changed at step %2 at %3 percent")
                                                                 : translated("token %1, committed at step %2 at %3 percent");
    return sentence.arg(token).arg(last->step).arg(percent(last->event.probability));
}

}  // namespace

QString canvasName(const Trace& trace, uint32_t frame) {
    if (trace.slots() == 0) {
        return translated("Canvas, empty");
    }
    const uint32_t planned = trace.status() == RunStatus::Running ? trace.header().settings.steps : trace.steps();
    return translated("Canvas, step %1 of %2, %3 masked")
        .arg(frame)
        .arg(std::max(planned, trace.steps()))
        .arg(trace.canvas(frame).maskedCount());
}

QString placeName(const Trace& trace, uint32_t position) {
    if (const auto& board = trace.header().layout) {
        return translated("Row %1, column %2").arg(position / board->columns + 1).arg(position % board->columns + 1);
    }
    return translated("Position %1").arg(position + 1);
}

QString slotName(const Trace& trace, uint32_t frame, uint32_t position) {
    if (trace.canvas(frame).region(position) == SlotRegion::Room) {
        return placeName(trace, position) + QStringLiteral(", ") + translated("behind the text");
    }
    const bool open = trace.canvas(frame).isMasked(position);
    return placeName(trace, position) + QStringLiteral(", ") + (open ? openName(trace, frame, position) : heldName(trace, frame, position));
}

QString slotToolTip(const Trace& trace, uint32_t frame, uint32_t position) {
    QStringList lines{slotName(trace, frame, position)};
    const SlotBelief* belief = trace.canvas(frame).isMasked(position) ? beliefAt(trace, frame, position) : nullptr;
    if (belief != nullptr) {
        const size_t shown = std::min<size_t>(belief->candidates.size(), shardCount(belief->entropy, kRecordedCandidates));
        for (const Candidate& candidate : std::span(belief->candidates).first(shown)) {
            lines.append(QStringLiteral("%1  %2").arg(candidate.probability, 0, 'f', 2).arg(tokenName(trace, candidate.id)));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

QString foldToolTip(const Trace& trace, uint32_t frame, SlotRange fold) {
    const FoldCount count = countFold(trace, frame, fold);
    QStringList parts{translated("%1 end-of-text").arg(count.ends)};
    if (count.open > 0) {
        parts.append(translated("%1 masked").arg(count.open));
    }
    if (count.others > 0) {
        parts.append(translated("%1 other").arg(count.others));
    }
    return translated("Positions %1 to %2: %3").arg(fold.begin + 1).arg(fold.end).arg(parts.join(QStringLiteral(", "))) +
           QLatin1Char('\n') + translated("Click to unfold.");
}

QString maskedToolTip(const Trace& trace, uint32_t frame) {
    const Canvas& canvas = trace.canvas(frame);
    return translated("%1 of %2 slots of the answer are masked").arg(canvas.maskedCount()).arg(answerSlots(canvas));
}

}  // namespace crystallite
