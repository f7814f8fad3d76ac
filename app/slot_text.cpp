#include "app/slot_text.h"

#include "app/conversions.h"
#include "app/slot_decision.h"
#include "app/token_text.h"

#include "engine/trace/block_grid.h"

#include <QByteArray>

namespace crystallite {
namespace {

QString regionText(SlotRegion region) {
    switch (region) {
        case SlotRegion::Prompt: return translate("prompt");
        case SlotRegion::Answer: return translate("answer");
        case SlotRegion::Pinned: return translate("given among the open slots");
        case SlotRegion::Room: return translate("behind the text");
    }
    return {};
}

QString changedText(const SlotReport& report, const Trace& trace) {
    const SlotEvent& event = report.change->event;
    const QString p = localNumber(double{event.probability});
    const bool now = report.changedInFrame();
    switch (event.kind) {
        case EventKind::Commit:
            return now ? translate("committed in this step with p %1").arg(p)
                       : translate("committed at step %1 with p %2").arg(report.change->step).arg(p);
        case EventKind::Edit:
            return now ? translate("exchanged in this step with p %1").arg(p)
                       : translate("exchanged at step %1 with p %2").arg(report.change->step).arg(p);
        case EventKind::Remask: {
            const QString token = tokenLabel(trace, event.before);
            return now ? translate("masked again in this step; it was “%1”").arg(token)
                       : translate("masked; “%1” was withdrawn at step %2").arg(token).arg(report.change->step);
        }
        case EventKind::Insert:
            return now ? translate("masked; the slot was added in this step")
                       : translate("masked; the slot was added at step %1").arg(report.change->step);
        case EventKind::Delete:
        case EventKind::Pin:
        case EventKind::Unpin:
        case EventKind::Prefer: break;
    }
    return translate("masked");
}

/// What a person made of the slot, which is the last that happened to it.
QString handText(const SlotReport& report, const Trace& trace) {
    const Trace::DatedEvent& change = *report.change;
    const auto at = [&change](const QString& text) { return text.arg(change.step); };
    switch (change.event.kind) {
        case EventKind::Commit:
        case EventKind::Edit: return at(translate("written by hand at step %1"));
        case EventKind::Remask:
            return translate("masked by hand at step %1; it was “%2”").arg(change.step).arg(tokenLabel(trace, change.event.before));
        case EventKind::Insert: return at(translate("masked; inserted by hand at step %1"));
        case EventKind::Pin: return at(translate("pinned by hand at step %1"));
        case EventKind::Unpin: return at(translate("unpinned by hand at step %1"));
        case EventKind::Prefer: return at(translate("masked; put into the queue by hand at step %1"));
        case EventKind::Delete: break;
    }
    return translate("changed by hand");
}

QString noBeliefText(const SlotReport& report) {
    if (report.frame == 0) {
        return translate("No step yet: the model has not been asked.");
    }
    if (report.state != SlotState::Masked) {
        return translate("Given: the model is not asked about it.");
    }
    if (report.changedInFrame()) {
        return report.change->event.kind == EventKind::Insert
                   ? translate("The slot was added at the end of this step; the next one asks about it.")
                   : translate("It held a token while this step asked; the next one asks again.");
    }
    const QString sentence = translate("Not asked in this step.");
    return report.lastAsked() == 0 ? sentence : sentence + QLatin1Char(' ') + translate("Last asked in step %1.").arg(report.lastAsked());
}

ReportLine measured(const QString& name, const QString& value, const char* quantity, const QString& help = {}) {
    return {.name = name, .value = value, .help = help, .quantity = QLatin1String(quantity)};
}

void addToken(std::vector<ReportLine>& lines, const SlotReport& report, const Trace& trace) {
    const std::string& piece = trace.piece(*report.token);
    lines.push_back(measured(translate("token"), QStringLiteral("“%1”").arg(tokenLabel(trace, *report.token)), "token",
                             translate("As it is spoken; the bytes below are what it is")));
    lines.back().plain = tokenLabel(trace, *report.token);
    lines.push_back(measured(translate("id"), QString::number(*report.token), "token id"));
    const QByteArray bytes(piece.data(), static_cast<qsizetype>(piece.size()));
    lines.push_back(measured(translate("bytes"), QString::fromLatin1(bytes.toHex(' ').toUpper()), "bytes",
                             translate("Of the token's piece, in hexadecimal; E2 begins a character of several bytes")));
}

void addPlace(std::vector<ReportLine>& lines, const SlotReport& report, const Trace& trace) {
    const Canvas& canvas = trace.canvas(report.frame);
    lines.push_back(measured(translate("region"), regionText(canvas.region(report.position)), "region"));
    const BlockGrid grid(trace.header().settings, trace.promptLength());
    if (report.position >= trace.promptLength() && grid.count() > 1 && report.state != SlotState::Room) {
        lines.push_back({.name = translate("block"),
                         .value = translate("%1 of %2").arg(grid.blockOf(report.position) + 1).arg(grid.count()),
                         .tag = ValueTag::Derived,
                         .help = translate("From the position and the block length of the settings"),
                         .quantity = QStringLiteral("block"),
                         .plain = QString::number(grid.blockOf(report.position) + 1)});
    }
    if (canvas.keys() > canvas.size()) {
        lines.push_back(measured(translate("slot number"), QString::number(canvas.key(report.position) + 1), "slot key",
                                 translate("Stays with the slot when others are added or removed before it")));
    }
}

void addAge(std::vector<ReportLine>& lines, const SlotReport& report) {
    if (!report.change) {
        return;
    }
    const uint32_t age = report.frame - report.change->step;
    lines.push_back({.name = translate("age"),
                     .value = age == 1 ? translate("1 step") : translate("%1 steps").arg(age),
                     .tag = ValueTag::Derived,
                     .help = translate("Steps since the slot last changed"),
                     .quantity = QStringLiteral("age"),
                     .plain = QString::number(age)});
}

void addBelief(TsvTable& table, const SlotReport& report, const Trace& trace) {
    if (!report.belief) {
        return;
    }
    table.addLine(measured({}, QString::number(report.beliefStep), "belief of step"));
    for (const Candidate& candidate : report.belief->candidates) {
        ReportLine line = measured({}, plainNumber(candidate.probability), "");
        line.quantity = QStringLiteral("p(%1)").arg(tokenLabel(trace, candidate.id));
        table.addLine(line);
    }
    ReportLine other = measured({}, plainNumber(report.otherProbability), "p(other)");
    other.tag = ValueTag::Derived;
    table.addLine(other);
    ReportLine commits = measured({}, QString::number(report.commitsOfStep), "commits of that step");
    commits.tag = ValueTag::Derived;
    table.addLine(commits);
}

}  // namespace

QString stateText(const SlotReport& report, const Trace& trace) {
    if (report.changedByHand) {
        return handText(report, trace);
    }
    switch (report.state) {
        case SlotState::Prompt: return translate("prompt, locked");
        case SlotState::Pinned: return translate("given, locked");
        case SlotState::Room: return translate("behind the text");
        case SlotState::Masked: return report.change ? changedText(report, trace) : translate("masked");
        case SlotState::Held: return changedText(report, trace);
    }
    return {};
}

ReportLine stateLine(const SlotReport& report, const Trace& trace) {
    return measured(translate("state"), stateText(report, trace), "state");
}

QString basisText(const SlotReport& report, const Trace& trace) {
    switch (report.basis) {
        case BeliefBasis::None: return noBeliefText(report);
        case BeliefBasis::OpenSlot: return translate("Of step %1, about the open slot.").arg(report.beliefStep);
        case BeliefBasis::Token:
            return translate("Of step %1, about the token that stands here: this model is asked about tokens, too.").arg(report.beliefStep);
        case BeliefBasis::AtChange: break;
    }
    if (report.changedByHand) {
        return translate("Of step %1, before it was changed by hand.").arg(report.beliefStep);
    }
    const bool exchanged = report.change->event.kind == EventKind::Edit;
    const QString sentence =
        exchanged
            ? translate("Of step %1, which exchanged “%2”.").arg(report.beliefStep).arg(tokenLabel(trace, report.change->event.before))
            : translate("Of step %1, which committed it.").arg(report.beliefStep);
    return report.changedInFrame() ? sentence
                                   : sentence + QLatin1Char(' ') + translate("Frozen: the model was not asked about the token since.");
}

QString changeName(const SlotChange& change) {
    const QString name = changeName(change.kind);
    return change.byHand ? translate("%1 by hand").arg(name) : name;
}

QString changeName(SlotChange::Kind kind) {
    switch (kind) {
        case SlotChange::Kind::Guess: return translate("best guess");
        case SlotChange::Kind::Commit: return translate("committed");
        case SlotChange::Kind::Remask: return translate("withdrawn");
        case SlotChange::Kind::Edit: return translate("exchanged for");
        case SlotChange::Kind::Insert: return translate("slot added");
        case SlotChange::Kind::Delete: return translate("slot removed");
        case SlotChange::Kind::Pin: return translate("pinned");
        case SlotChange::Kind::Unpin: return translate("unpinned");
        case SlotChange::Kind::Prefer: return translate("put into the queue");
    }
    return {};
}

std::vector<ReportLine> nowLines(const SlotReport& report, const Trace& trace) {
    std::vector<ReportLine> lines;
    if (report.token) {
        addToken(lines, report, trace);
    }
    addPlace(lines, report, trace);
    addAge(lines, report);
    return lines;
}

std::vector<ReportLine> distributionLines(const SlotReport& report) {
    if (!report.belief) {
        return {};
    }
    const SlotBelief& belief = *report.belief;
    return {{.name = translate("entropy"),
             .value = translate("%1 nats").arg(localNumber(double{belief.entropy})),
             .help = translate("Computed on the device from the model's whole distribution"),
             .quantity = QStringLiteral("entropy nats"),
             .plain = plainNumber(belief.entropy)},
            {.name = translate("as many words"),
             .value = translate("about %1").arg(localNumber(equivalentWords(belief.entropy), belief.entropy < 2.0F ? 1 : 0)),
             .tag = ValueTag::Derived,
             .help = translate("exp(entropy): as uncertain as a fair choice among this many words"),
             .quantity = QStringLiteral("equivalent words"),
             .plain = plainNumber(static_cast<float>(equivalentWords(belief.entropy)))},
            {.name = translate("margin p₁−p₂"),
             .value = localNumber(double{belief.margin}, 3),
             .help = translate("Computed on the device: best guess minus second best"),
             .quantity = QStringLiteral("margin"),
             .plain = plainNumber(belief.margin)}};
}

QString reportAsTsv(const SlotReport& report, const Trace& trace) {
    TsvTable table({QStringLiteral("quantity"), QStringLiteral("value"), QStringLiteral("tag")});
    table.addLine(measured({}, QString::number(report.position + 1), "position"));
    table.addLine(measured({}, QString::number(report.frame), "step"));
    table.addLine(stateLine(report, trace));
    for (const ReportLine& line : nowLines(report, trace)) {
        table.addLine(line);
    }
    addBelief(table, report, trace);
    for (const ReportLine& line : distributionLines(report)) {
        table.addLine(line);
    }
    for (const ReportLine& line : decisionLines(report, trace)) {
        table.addLine(line);
    }
    for (const SlotChange& change : report.history.changes) {
        ReportLine line = measured({}, QStringLiteral("%1 %2").arg(tokenLabel(trace, change.token), plainNumber(change.probability)), "");
        line.quantity = QStringLiteral("step %1 %2").arg(change.step).arg(changeName(change));
        table.addLine(line);
    }
    return table.text();
}

}  // namespace crystallite
