#include "app/timeline_preview.h"

#include "app/conversions.h"
#include "app/token_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <optional>

namespace crystallite {
namespace {

constexpr qsizetype kShownChanges = 8;
constexpr uint32_t kSpokenChanges = 3;
constexpr uint32_t kSlotsBefore = 5;  // the first change
constexpr qsizetype kLetters = 90;

QString withProbability(const Trace& trace, const SlotEvent& event) {
    if (std::isnan(event.probability)) {
        return tokenLabel(trace, event.after);  // a word that a person typed
    }
    return QStringLiteral("%1 %2").arg(tokenLabel(trace, event.after), QLocale().toString(double{event.probability}, 'f', 2));
}

QString changeText(const Trace& trace, const SlotEvent& event) {
    switch (event.kind) {
        case EventKind::Commit: return withProbability(trace, event);
        case EventKind::Remask: return translate("%1 remasked").arg(tokenLabel(trace, event.before));
        case EventKind::Edit: return translate("%1 to %2").arg(tokenLabel(trace, event.before), withProbability(trace, event));
        case EventKind::Insert: return translate("slot inserted");
        case EventKind::Delete: return translate("slot deleted");
        case EventKind::Pin: return translate("%1 pinned").arg(tokenLabel(trace, event.after));
        case EventKind::Unpin: return translate("%1 unpinned").arg(tokenLabel(trace, event.after));
        case EventKind::Prefer: return translate("slot to be committed next");
    }
    return {};
}

QString spokenChange(const Trace& trace, const SlotEvent& event) {
    if (event.kind != EventKind::Commit || std::isnan(event.probability)) {
        return changeText(trace, event);
    }
    return translate("%1 %2 percent").arg(tokenLabel(trace, event.after)).arg(std::lround(event.probability * 100.0F));
}

/// Step of the frame inside its stretch of one block, 1 first.
uint32_t innerStep(const Trace& trace, uint32_t frame) {
    uint32_t first = frame;
    while (first > 1 && trace.record(first - 1).block == trace.record(frame).block) {
        --first;
    }
    return frame - first + 1;
}

QStringList numbersOf(const Trace& trace, uint32_t frame) {
    const QLocale locale;
    QStringList numbers{translate("%1 masked").arg(trace.canvas(frame).maskedCount())};
    if (frame == 0) {
        return numbers;
    }
    const StepRecord& record = trace.record(frame);
    if (!record.beliefs.empty()) {
        numbers << translate("entropy %1 nats").arg(locale.toString(meanEntropy(record), 'f', 2));
    }
    if (record.byHand) {
        numbers << translate("changed by hand, the model was not asked");
        return numbers;
    }
    numbers << translate("%1 ms").arg(locale.toString(record.milliseconds, 'f', 1));
    if (trace.record(trace.steps()).block > 0) {
        numbers << translate("block %1, its step %2").arg(record.block + 1).arg(innerStep(trace, frame));
    }
    return numbers;
}

bool changedAt(const Trace& trace, uint32_t position, uint32_t frame) {
    const auto change = trace.lastChange(position, frame);
    return frame > 0 && change && change->step == frame;
}

/// First slot of the excerpt: a little before the first change, or the start of the answer.
uint32_t excerptBegin(const Trace& trace, uint32_t frame) {
    const uint32_t text = trace.canvas(frame).textLength();
    uint32_t first = trace.promptLength();
    for (uint32_t position = first; position < text; ++position) {
        if (changedAt(trace, position, frame)) {
            first = position;
            break;
        }
    }
    if (const auto& board = trace.header().layout) {
        return first - first % board->columns;
    }
    return first - std::min(first, kSlotsBefore);
}

std::vector<TimelinePreview::Piece> excerpt(const Trace& trace, uint32_t frame) {
    const Canvas& canvas = trace.canvas(frame);
    const uint32_t begin = excerptBegin(trace, frame);
    const std::string separator = trace.header().layout ? " " : "";
    std::vector<TimelinePreview::Piece> pieces;
    qsizetype letters = 0;
    uint32_t position = begin;
    // Bytes are joined before they become letters, because a letter may be cut between two tokens.
    while (position < canvas.textLength() && letters < kLetters) {
        const bool changed = changedAt(trace, position, frame);
        std::string bytes;
        for (;
             position < canvas.textLength() && changedAt(trace, position, frame) == changed && letters + qsizetype(bytes.size()) < kLetters;
             ++position) {
            bytes += canvas.isMasked(position) ? std::string(" ") + kMaskText : separator + trace.piece(canvas.token(position));
        }
        QString text = toQString(bytes);
        text.replace(QLatin1Char('\n'), QStringLiteral("↵"));
        letters += text.size();
        pieces.push_back({.text = text, .changed = changed});
    }
    if (begin > 0 && !pieces.empty() && !trace.header().layout) {
        pieces.front().text.prepend(QStringLiteral("…"));
    }
    if (position < canvas.textLength() && !pieces.empty()) {
        pieces.back().text.append(QStringLiteral(" …"));
    }
    return pieces;
}

}  // namespace

TimelinePreview previewOf(const Trace& trace, uint32_t frame, const std::vector<Bookmark>& bookmarks) {
    TimelinePreview preview;
    if (frame > trace.steps()) {
        preview.title = translate("Step %1: not computed yet").arg(frame);
        return preview;
    }
    preview.title = frame == 0 ? translate("Before the first step") : translate("Step %1 of %2").arg(frame).arg(plannedSteps(trace));
    preview.numbers = numbersOf(trace, frame);
    if (frame > 0) {
        for (const SlotEvent& event : trace.record(frame).events) {
            if (preview.changes.size() == kShownChanges) {
                preview.more = static_cast<uint32_t>(trace.record(frame).events.size()) - uint32_t{kShownChanges};
                break;
            }
            preview.changes << changeText(trace, event);
        }
    }
    preview.text = excerpt(trace, frame);
    for (const Bookmark& bookmark : bookmarks) {
        if (bookmark.frame == frame) {
            preview.notes << (bookmark.note.empty() ? translate("bookmark") : toQString(bookmark.note));
        }
    }
    return preview;
}

QString spokenFrame(const Trace& trace, uint32_t frame) {
    const QString sentence = frameSentence(trace, frame);
    if (trace.slots() == 0 || frame == 0 || trace.record(frame).events.empty()) {
        return sentence;
    }
    const auto& events = trace.record(frame).events;
    QStringList changes;
    for (size_t index = 0; index < std::min<size_t>(events.size(), kSpokenChanges); ++index) {
        changes << spokenChange(trace, events[index]);
    }
    if (events.size() > kSpokenChanges) {
        changes << translate("and %1 more").arg(events.size() - kSpokenChanges);
    }
    return sentence + QLatin1Char(' ') + translate("In this step: %1.").arg(changes.join(QStringLiteral(", ")));
}

QString previewHtml(const TimelinePreview& preview, const QString& muted, const QString& changed) {
    const auto coloured = [](const QString& colour, const QString& text) {
        return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colour, text.toHtmlEscaped());
    };
    const auto news = [&](const QString& text) { return QStringLiteral("<b>%1</b>").arg(coloured(changed, text)); };
    const QString point = QStringLiteral(" · ");
    QString html = QStringLiteral("<b>%1</b>").arg(preview.title.toHtmlEscaped());
    if (!preview.numbers.isEmpty()) {
        html += QStringLiteral("<br>") + coloured(muted, preview.numbers.join(point));
    }
    if (!preview.changes.isEmpty()) {
        html += QStringLiteral("<br>") + news(preview.changes.join(point));
        html += preview.more > 0 ? coloured(muted, point + translate("%1 more").arg(preview.more)) : QString();
    }
    if (!preview.text.empty()) {
        html += QStringLiteral("<br>");
        for (const TimelinePreview::Piece& piece : preview.text) {
            html += piece.changed ? news(piece.text) : piece.text.toHtmlEscaped();
        }
    }
    for (const QString& note : preview.notes) {
        html += QStringLiteral("<br>⚑ ") + note.toHtmlEscaped();
    }
    return html;
}

}  // namespace crystallite
