#include "app/stop_text.h"

#include "app/canvas/slot_names.h"
#include "app/conversions.h"
#include "app/trace_events.h"

#include <QLocale>

namespace crystallite {
namespace {

QString changeText(std::optional<EventKind> change) {
    if (!change) {
        return translate("%1 has another likeliest token at step %2.");
    }
    switch (*change) {
        case EventKind::Commit: return translate("%1 was committed at step %2.");
        case EventKind::Remask: return translate("%1 was masked again at step %2.");
        case EventKind::Edit: return translate("%1 was exchanged at step %2.");
        case EventKind::Insert: return translate("%1 was inserted at step %2.");
        case EventKind::Delete: return translate("%1 was deleted at step %2.");
        case EventKind::Pin: return translate("%1 was pinned by hand at step %2.");
        case EventKind::Unpin: return translate("%1 was unpinned by hand at step %2.");
        case EventKind::Prefer: return translate("%1 was put into the queue by hand at step %2.");
    }
    return {};
}

struct Clause {
    const Trace& trace;
    uint32_t frame;

    QString operator()(const MaskedShareBelow& wanted) const {
        return translate("the masked share is below %1 %").arg(QLocale().toString(wanted.share * 100.0, 'g', 3));
    }
    QString operator()(const MeanEntropyBelow& wanted) const {
        return translate("the mean entropy is below %1 nats").arg(QLocale().toString(wanted.nats, 'g', 3));
    }
    QString operator()(const AnyRevision&) const { return translate("a token is masked again or exchanged"); }
    QString operator()(const SlotCommits& wanted) const {
        return translate("this slot is committed: %1").arg(placeOf(trace, wanted.key, frame));
    }
    QString operator()(const TextContains& wanted) const { return translate("the text contains “%1”").arg(toQString(wanted.text)); }
    QString operator()(const NextBlock&) const { return translate("another block begins"); }
};

}  // namespace

QString placeOf(const Trace& trace, uint32_t key, uint32_t frame) {
    const std::optional<uint32_t> now = trace.canvas(frame).positionOf(key);
    const std::optional<uint32_t> position = now || frame == 0 ? now : trace.canvas(frame - 1).positionOf(key);
    return position ? placeName(trace, *position) : translate("A slot that is no longer there");
}

QString breakText(const Trace& trace, uint32_t key, uint32_t frame) {
    return changeText(changeOf(trace, key, frame)).arg(placeOf(trace, key, frame)).arg(frame);
}

QString conditionText(const StopCondition& condition, const Trace& trace, uint32_t frame) {
    return std::visit(Clause{trace, frame}, condition);
}

}  // namespace crystallite
