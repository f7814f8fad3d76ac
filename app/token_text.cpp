#include "app/token_text.h"

#include "app/canvas/token_display.h"
#include "app/conversions.h"
#include "app/reading_text.h"

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

/// Slots of the answer that hold a token.
uint32_t committedSlots(const Canvas& canvas) {
    uint32_t committed = 0;
    for (uint32_t position = 0; position < canvas.textLength(); ++position) {
        committed += canvas.region(position) == SlotRegion::Answer && !canvas.isMasked(position) ? 1 : 0;
    }
    return committed;
}

}  // namespace

QString tokenLabel(const Trace& trace, TokenId id) {
    return spokenName(displayToken(trace, id));
}

QString readingText(const Trace& trace, uint32_t frame) {
    return readFrame(trace, frame).text;
}

uint32_t plannedSteps(const Trace& trace) {
    // A policy that takes as many steps as it needs is over before the most that it can take.
    const bool isOver = trace.status() == RunStatus::Complete;
    return std::max(trace.steps(), trace.slots() == 0 || isOver ? 0 : trace.header().settings.steps);
}

QString frameSentence(const Trace& trace, uint32_t frame) {
    if (trace.slots() == 0) {
        return translate("No run yet.");
    }
    const uint32_t masked = trace.canvas(frame).maskedCount();
    if (frame == 0) {
        return translate("Before the first step. %1 masked.").arg(masked);
    }
    const auto& events = trace.record(frame).events;
    const uint32_t committed = committedSlots(trace.canvas(frame));
    const QString who = trace.record(frame).byHand ? translate("By hand: ") : QString();
    QString sentence =
        who + translate("Step %1 of %2. %3 committed, %4 masked").arg(frame).arg(plannedSteps(trace)).arg(committed).arg(masked);
    const std::pair<EventKind, QString> rarer[] = {{EventKind::Remask, translate(", %1 remasked")},
                                                   {EventKind::Edit, translate(", %1 edited")},
                                                   {EventKind::Insert, translate(", %1 inserted")},
                                                   {EventKind::Delete, translate(", %1 deleted")},
                                                   {EventKind::Pin, translate(", %1 pinned")},
                                                   {EventKind::Unpin, translate(", %1 unpinned")},
                                                   {EventKind::Prefer, translate(", %1 to be committed next")}};
    for (const auto& [kind, part] : rarer) {
        const auto count =
            std::count_if(events.begin(), events.end(), [kind = kind](const SlotEvent& event) { return event.kind == kind; });
        if (count > 0) {
            sentence += part.arg(count);
        }
    }
    return sentence + QLatin1Char('.');
}

double meanMilliseconds(const Trace& trace) {
    double total = 0.0;
    uint32_t steps = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const bool computed = !trace.record(step).byHand;
        total += computed ? trace.record(step).milliseconds : 0.0;
        steps += computed ? 1 : 0;
    }
    return steps == 0 ? 0.0 : total / steps;
}

}  // namespace crystallite
