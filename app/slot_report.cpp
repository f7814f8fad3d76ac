#include "app/slot_report.h"

#include "app/conversions.h"
#include "app/token_text.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

QString decimals(double value, int digits = 2) {
    return QLocale().toString(value, 'f', digits);
}

void addRank(SlotReport& report, const StepRecord& record) {
    const float own = report.belief->score;
    uint32_t better = 0;
    for (const SlotBelief& other : record.beliefs) {
        if (std::isnan(other.score)) {
            continue;
        }
        ++report.eligible;
        // Equal scores keep the order of their positions, as the sampler's stable ranking does.
        if (other.score > own || (other.score == own && other.position < report.belief->position)) {
            ++better;
        }
    }
    if (!std::isnan(own)) {
        report.rank = better + 1;
    }
}

void addBelief(SlotReport& report, const Trace& trace, uint32_t step) {
    const StepRecord& record = trace.record(step);
    const SlotBelief* belief = trace.belief(step, report.position, report.frame);
    if (belief == nullptr) {
        return;
    }
    report.belief = *belief;
    report.beliefStep = step;
    float listed = 0.0F;
    for (const Candidate& candidate : belief->candidates) {
        listed += candidate.probability;
    }
    report.otherProbability = std::max(0.0F, 1.0F - listed);
    report.commitsOfStep = static_cast<uint32_t>(
        std::count_if(record.events.begin(), record.events.end(), [](const SlotEvent& event) { return event.kind == EventKind::Commit; }));
    addRank(report, record);
}

SlotState stateOf(const Canvas& canvas, uint32_t position, uint32_t frame, const std::optional<Trace::DatedEvent>& change) {
    if (canvas.region(position) == SlotRegion::Room) {
        return SlotState::Room;
    }
    if (canvas.isMasked(position)) {
        return SlotState::Masked;
    }
    if (!change) {
        return canvas.region(position) == SlotRegion::Pinned ? SlotState::Pinned : SlotState::Prompt;
    }
    return change->step == frame ? SlotState::JustCommitted : SlotState::Committed;
}

/// What the order compares, as a noun with its comparison.
QString betterBy(UnmaskOrder order) {
    switch (order) {
        case UnmaskOrder::LowConfidence: return translate("a higher confidence");
        case UnmaskOrder::Margin: return translate("a larger margin");
        case UnmaskOrder::Entropy: return translate("a lower entropy");
        case UnmaskOrder::Random: return translate("a luckier draw (random order ignores confidence)");
        case UnmaskOrder::LeftToRight: return translate("a place further left");
        case UnmaskOrder::Origin: return translate("a luckier draw (every slot decides by chance)");
    }
    return {};
}

QString orderText(const DecodeSettings& settings) {
    const QString order =
        translate("Order %1, temperature %2.").arg(toQString(nameOf(settings.order)), decimals(double{settings.temperature}, 1));
    return settings.policy == DecodePolicy::Llada ? order : translate("Policy %1. ").arg(toQString(nameOf(settings.policy))) + order;
}

QString maskedDecision(const SlotReport& report, const Trace& trace) {
    if (!report.belief) {
        return translate("Nothing is decided before the first step.");
    }
    const DecodeSettings& settings = trace.header().settings;
    if (!report.rank) {
        const StepRecord& record = trace.record(report.beliefStep);
        return translate("Not eligible: this step works on block %1, slots %2 to %3.")
            .arg(record.block + 1)
            .arg(record.eligibleBegin + 1)
            .arg(record.eligibleEnd);
    }
    if (report.commitsOfStep == 0) {
        return translate("Not committed: this step commits nothing. ") + orderText(settings);
    }
    const QString others = report.commitsOfStep == 1
                               ? translate("Not committed: the slot committed in this step had %1. ")
                               : translate("Not committed: the %1 slots committed in this step had %2. ").arg(report.commitsOfStep);
    return others.arg(betterBy(settings.order)) + orderText(settings);
}

QString commitDecision(const SlotReport& report, const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    QString text = translate("Committed at step %1").arg(report.commit->step);
    if (report.rank) {
        text += translate(": rank %1 of %2 eligible, %3 due.").arg(*report.rank).arg(report.eligible).arg(report.commitsOfStep);
    } else {
        text += QLatin1Char('.');
    }
    if (report.belief && !report.belief->candidates.empty() && report.belief->candidates.front().id != report.commit->event.after) {
        text += QLatin1Char(' ') +
                translate("Temperature drew “%1” instead of the best guess “%2”.")
                    .arg(tokenLabel(trace, report.commit->event.after), tokenLabel(trace, report.belief->candidates.front().id));
    }
    return text + QLatin1Char(' ') + orderText(settings);
}

}  // namespace

double equivalentWords(float entropyNats) {
    return std::exp(static_cast<double>(entropyNats));
}

SlotReport reportSlot(const Trace& trace, uint32_t position, uint32_t frame) {
    SlotReport report{.position = position, .frame = frame};
    const Canvas& canvas = trace.canvas(frame);
    const auto change = trace.lastChange(position, frame);
    report.state = stateOf(canvas, position, frame, change);
    if (report.state == SlotState::Room) {
        return report;
    }
    if (report.state != SlotState::Masked) {
        report.token = canvas.token(position);
        report.commit = change;
    }
    const uint32_t step = report.commit ? report.commit->step : frame;
    if (step > 0 && report.state != SlotState::Prompt && report.state != SlotState::Pinned) {
        addBelief(report, trace, step);
    }
    for (uint32_t each = 1; each <= trace.steps(); ++each) {
        if (const SlotBelief* belief = trace.belief(each, position, frame)) {
            report.moments.push_back({.step = each,
                                      .entropy = belief->entropy,
                                      .topProbability = belief->candidates.empty() ? 0.0F : belief->candidates.front().probability});
        }
    }
    return report;
}

QString stateText(const SlotReport& report) {
    switch (report.state) {
        case SlotState::Prompt: return translate("prompt, locked");
        case SlotState::Pinned: return translate("pinned");
        case SlotState::Masked: return translate("masked");
        case SlotState::Room: return translate("behind the text");
        case SlotState::JustCommitted:
            return translate("committed in this step with p %1").arg(decimals(double{report.commit->event.probability}));
        case SlotState::Committed:
            return translate("committed at step %1 with p %2")
                .arg(report.commit->step)
                .arg(decimals(double{report.commit->event.probability}));
    }
    return {};
}

QString decisionText(const SlotReport& report, const Trace& trace) {
    switch (report.state) {
        case SlotState::Prompt: return translate("Part of the prompt: the sampler never changes it.");
        case SlotState::Pinned: return translate("Pinned: the sampler never changes it.");
        case SlotState::Masked: return maskedDecision(report, trace);
        case SlotState::Room: return translate("No part of the text: it may grow up to here.");
        case SlotState::JustCommitted:
        case SlotState::Committed: return commitDecision(report, trace);
    }
    return {};
}

QString reportAsTsv(const SlotReport& report, const Trace& trace) {
    // Full precision and the C locale: this goes to spreadsheets and scripts.
    const auto number = [](float value) { return QString::number(double{value}, 'g', 9); };
    QStringList lines{QStringLiteral("quantity\tvalue\ttag")};
    const auto line = [&lines](const QString& quantity, const QString& value, const char* tag) {
        lines << quantity + QLatin1Char('\t') + value + QLatin1Char('\t') + QLatin1String(tag);
    };
    line(QStringLiteral("position"), QString::number(report.position + 1), "measured");
    line(QStringLiteral("step"), QString::number(report.frame), "measured");
    line(QStringLiteral("state"), stateText(report), "measured");
    if (report.belief) {
        line(QStringLiteral("belief of step"), QString::number(report.beliefStep), "measured");
        for (const Candidate& candidate : report.belief->candidates) {
            line(QStringLiteral("p(%1)").arg(tokenLabel(trace, candidate.id)), number(candidate.probability), "measured");
        }
        line(QStringLiteral("p(other)"), number(report.otherProbability), "derived");
        line(QStringLiteral("entropy nats"), number(report.belief->entropy), "measured");
        line(QStringLiteral("margin"), number(report.belief->margin), "measured");
        if (report.rank) {
            line(QStringLiteral("rank"), QStringLiteral("%1/%2").arg(*report.rank).arg(report.eligible), "derived");
        }
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace crystallite
