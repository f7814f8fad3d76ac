#include "app/run_tables.h"

#include "app/conversions.h"
#include "app/report_line.h"
#include "app/token_text.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace crystallite {
namespace {

QString text(const char* latin1) {
    return QLatin1String(latin1);
}

QString nameOfRegion(SlotRegion region) {
    switch (region) {
        case SlotRegion::Prompt: return text("prompt");
        case SlotRegion::Answer: return text("answer");
        case SlotRegion::Pinned: return text("pinned");
        case SlotRegion::Room: return text("room");
    }
    return {};
}

QStringList frameHeader() {
    QStringList header{text("position"), text("key"),   text("region"),   text("masked"), text("token_id"),
                       text("token"),    text("event"), text("step"),     text("p"),      text("entropy_nats"),
                       text("margin"),   text("score"), text("drawn_id"), text("drawn"),  text("drawn_p")};
    for (uint32_t rank = 1; rank <= kRecordedCandidates; ++rank) {
        for (const char* what : {"id_%1", "token_%1", "p_%1"}) {
            header << text(what).arg(rank);
        }
    }
    return header;
}

void addBelief(QStringList& cells, const Trace& trace, const SlotBelief& belief) {
    cells << plainNumber(belief.entropy) << plainNumber(belief.margin) << (std::isnan(belief.score) ? QString() : plainNumber(belief.score))
          << QString::number(belief.sampledId) << tokenLabel(trace, belief.sampledId) << plainNumber(belief.sampledProbability);
    for (const Candidate& candidate : belief.candidates) {
        cells << QString::number(candidate.id) << tokenLabel(trace, candidate.id) << plainNumber(candidate.probability);
    }
}

/// Empty for a word that a person typed: the model said nothing about it.
QString probabilityCell(float probability) {
    return std::isnan(probability) ? QString() : plainNumber(probability);
}

QStringList slotCells(const Trace& trace, uint32_t frame, uint32_t position) {
    const Canvas& canvas = trace.canvas(frame);
    const bool masked = canvas.isMasked(position);
    const bool visible = !masked && canvas.region(position) != SlotRegion::Room;
    const auto change = trace.lastChange(position, frame);
    QStringList cells{QString::number(position + 1), QString::number(canvas.key(position) + 1), nameOfRegion(canvas.region(position)),
                      QString::number(masked ? 1 : 0)};
    cells << (visible ? QString::number(canvas.token(position)) : QString())
          << (visible ? tokenLabel(trace, canvas.token(position)) : QString());
    cells << (change ? toQString(nameOf(change->event.kind)) : QString()) << (change ? QString::number(change->step) : QString())
          << (change ? probabilityCell(change->event.probability) : QString());
    if (const SlotBelief* belief = frame == 0 ? nullptr : trace.belief(frame, position, frame)) {
        addBelief(cells, trace, *belief);
    }
    return cells;
}

}  // namespace

QString frameAsTsv(const Trace& trace, uint32_t frame) {
    const QStringList header = frameHeader();
    TsvTable table(header);
    for (uint32_t position = 0; position < trace.slots(); ++position) {
        QStringList cells = slotCells(trace, frame, position);
        while (cells.size() < header.size()) {
            cells << QString();
        }
        table.addRow(cells);
    }
    return table.text();
}

QString curvesAsTsv(const Trace& trace) {
    constexpr std::array kKinds = {EventKind::Commit, EventKind::Remask, EventKind::Edit,  EventKind::Insert,
                                   EventKind::Delete, EventKind::Pin,    EventKind::Unpin, EventKind::Prefer};
    TsvTable table({text("step"), text("block"), text("masked_before"), text("masked_after"), text("commits"), text("remasks"),
                    text("edits"), text("inserts"), text("deletes"), text("pins"), text("unpins"), text("prefers"), text("by_hand"),
                    text("mean_entropy_nats"), text("milliseconds"), text("evaluations"), text("rows")});
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        QStringList cells{QString::number(step), QString::number(record.block + 1), QString::number(record.maskedBefore),
                          QString::number(record.maskedAfter)};
        for (const EventKind kind : kKinds) {
            cells << QString::number(
                std::count_if(record.events.begin(), record.events.end(), [kind](const SlotEvent& event) { return event.kind == kind; }));
        }
        cells << QString::number(record.byHand ? 1 : 0);
        cells << (record.beliefs.empty() ? QString() : QString::number(meanEntropy(record), 'g', 17))
              << QString::number(record.milliseconds, 'g', 17) << QString::number(record.forwardPasses)
              << QString::number(record.rowsComputed);
        table.addRow(cells);
    }
    return table.text();
}

}  // namespace crystallite
