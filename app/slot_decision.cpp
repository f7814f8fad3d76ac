#include "app/slot_decision.h"

#include "app/canvas/hand_marks.h"
#include "app/conversions.h"
#include "app/policy_text.h"
#include "app/slot_bound.h"
#include "app/token_text.h"

#include "engine/trace/decode_option.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace crystallite {
namespace {

/// What the order compares, as a noun with its comparison.
QString betterBy(const DecodeSettings& settings) {
    if (settings.policy == DecodePolicy::Dream && settings.algTemp > 0.0 && settings.order != UnmaskOrder::Origin) {
        return translate("a higher score with its noise");
    }
    switch (settings.order) {
        case UnmaskOrder::LowConfidence: return translate("a higher confidence");
        case UnmaskOrder::Margin: return translate("a larger margin");
        case UnmaskOrder::Entropy: return translate("a lower entropy");
        case UnmaskOrder::Random: return translate("a luckier draw");
        case UnmaskOrder::LeftToRight: return translate("a place further left");
        case UnmaskOrder::Origin: return translate("a luckier draw");
    }
    return {};
}

QString withoutBelief(const SlotReport& report, const Trace& trace) {
    if (report.frame == 0) {
        return translate("Nothing is decided before the first step.");
    }
    if (report.changedInFrame()) {
        return report.change->event.kind == EventKind::Insert
                   ? translate("Added: the token before it asked for more room.")
                   : translate("Withdrawn: “%1” was masked again.").arg(tokenLabel(trace, report.change->event.before));
    }
    const uint32_t asked = trace.beliefStep(report.frame);
    if (asked == 0) {
        return translate("Nothing is decided before the first step of the sampler.");
    }
    const StepRecord& record = trace.record(asked);
    return translate("Not asked in this step, which works on slots %1 to %2 and computed nothing about this one.")
        .arg(record.eligibleBegin + 1)
        .arg(record.eligibleEnd);
}

QString notEligible(const StepRecord& record) {
    return translate("Not eligible: this step works on block %1, slots %2 to %3.")
        .arg(record.block + 1)
        .arg(record.eligibleBegin + 1)
        .arg(record.eligibleEnd);
}

QString beaten(const SlotReport& report, const DecodeSettings& settings) {
    const QString sentence = report.commitsOfStep == 1
                                 ? translate("Not committed: the slot committed in this step had %1.")
                                 : translate("Not committed: the %1 slots committed in this step had %2.").arg(report.commitsOfStep);
    return sentence.arg(betterBy(settings));
}

QString openDecision(const SlotReport& report, const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    if (!report.belief) {
        return withoutBelief(report, trace);
    }
    if (report.changedInFrame()) {
        return translate("The model asked for more room: the slot stays open, and another one comes behind it.");
    }
    if (!report.rank) {
        return notEligible(trace.record(report.beliefStep));
    }
    if (report.belief->sampledId == trace.header().maskId) {
        return translate("Not committed: it drew the mask itself, which changes nothing.");
    }
    if (report.commitsOfStep == 0) {
        return translate("Not committed: this step commits nothing.");
    }
    if (settings.order == UnmaskOrder::Origin) {
        return translate("Not committed: every slot decides by a draw of its own, and this one was not lucky.");
    }
    const QString bound = missedBoundText(report, trace);
    return bound.isEmpty() ? beaten(report, settings) : bound;
}

/// What was drawn, where that was not the best guess.
QString drawText(const SlotReport& report, const Trace& trace) {
    const SlotBelief& belief = *report.belief;
    if (belief.candidates.empty() || belief.candidates.front().id == report.change->event.after) {
        return {};
    }
    return translate("“%1” was drawn instead of the best guess “%2”.")
        .arg(tokenLabel(trace, report.change->event.after), tokenLabel(trace, belief.candidates.front().id));
}

/// A person decided; what the sampler may still do to the slot follows from its region.
QString decidedByHand(const SlotReport& report, const Trace& trace) {
    const bool isPinned = trace.canvas(report.frame).region(report.position) == SlotRegion::Pinned;
    const QString who = translate("Changed by a person at step %1, which asked the model nothing.").arg(report.change->step);
    QString what;
    if (isPinned) {
        what = translate("It is pinned: the sampler never changes it.");
    } else if (report.change->event.kind == EventKind::Prefer) {
        what = translate("The next step commits it before the slots that the sampler would choose.");
    } else if (report.state == SlotState::Masked) {
        what = translate("The next step asks about it.");
    } else {
        what = revisesTokens(trace.header().settings) ? translate("The sampler may change it again.")
                                                      : translate("This sampler will not change committed tokens.");
    }
    return who + QLatin1Char(' ') + what;
}

QString writtenDecision(const SlotReport& report, const Trace& trace) {
    const SlotEvent& event = report.change->event;
    if (event.kind == EventKind::Edit) {
        return translate("Exchanged at step %1: “%2” became more probable than “%3”.")
            .arg(report.change->step)
            .arg(tokenLabel(trace, event.after), tokenLabel(trace, event.before));
    }
    QString text = translate("Committed at step %1").arg(report.change->step);
    if (report.basis == BeliefBasis::AtChange && report.rank) {
        text += translate(": rank %1 of %2 eligible, %3 committed.").arg(*report.rank).arg(report.eligible).arg(report.commitsOfStep);
    } else {
        text += QLatin1Char('.');
    }
    if (report.basis != BeliefBasis::AtChange) {
        return text;
    }
    for (const QString& more : {metBoundText(report, trace), drawText(report, trace)}) {
        text += more.isEmpty() ? QString() : QLatin1Char(' ') + more;
    }
    return text;
}

QString tokenDecision(const SlotReport& report, const Trace& trace) {
    const SlotBelief& belief = *report.belief;
    const QString drawn = tokenLabel(trace, belief.sampledId);
    const QString kept = belief.sampledId == *report.token
                             ? translate("Kept in this step: the model drew “%1” again.").arg(drawn)
                             : translate("Kept in this step: “%1” with p %2 did not exceed the bound of an exchange.")
                                   .arg(drawn, localNumber(double{belief.sampledProbability}));
    return writtenDecision(report, trace) + QLatin1Char(' ') + kept;
}

ReportLine setting(const QString& name, const QString& value, const char* quantity) {
    return {.name = name, .value = value, .help = translate("As the engine used it"), .quantity = QLatin1String(quantity)};
}

void addSettings(std::vector<ReportLine>& lines, const DecodeSettings& settings) {
    lines.push_back(setting(translate("policy"), toQString(nameOf(settings.policy)), "policy"));
    lines.back().help = policyText(settings.policy);
    lines.push_back(setting(translate("order"), toQString(nameOf(settings.order)), "order"));
    lines.push_back(setting(translate("temperature"), localNumber(double{settings.temperature}), "temperature"));
    lines.back().plain = plainNumber(settings.temperature);
    for (const char* name : {"top_p", "top_k", "alg_temp"}) {
        const DecodeOption* option = findDecodeOption(name);
        if (option->appliesTo(settings) && option->valueIn(settings) != option->valueIn({})) {
            lines.push_back(setting(optionLabel(name), localNumber(option->valueIn(settings), option->isWhole() ? 0 : 2), name));
        }
    }
}

}  // namespace

bool revisesTokens(const DecodeSettings& settings) {
    return settings.policy == DecodePolicy::Remdm || settings.policy == DecodePolicy::Wino || settings.policy == DecodePolicy::Llada21;
}

bool ignoresConfidence(const DecodeSettings& settings) {
    return settings.order == UnmaskOrder::Random || settings.order == UnmaskOrder::LeftToRight || settings.order == UnmaskOrder::Origin;
}

QString decisionText(const SlotReport& report, const Trace& trace) {
    if (report.changedByHand) {
        return decidedByHand(report, trace);
    }
    QString text;
    switch (report.state) {
        case SlotState::Prompt: return translate("Part of the prompt: the sampler never changes it.");
        case SlotState::Pinned: return translate("Given: the sampler never changes it.");
        case SlotState::Room: return translate("No part of the text: it may grow up to here.");
        case SlotState::Masked: text = openDecision(report, trace); break;
        case SlotState::Held:
            text = report.basis == BeliefBasis::Token ? tokenDecision(report, trace) : writtenDecision(report, trace);
            break;
    }
    if (ignoresConfidence(trace.header().settings)) {
        text += QLatin1Char(' ') + translate("This order ignores how sure the model is.");
    }
    return text;
}

std::vector<ReportLine> decisionLines(const SlotReport& report, const Trace& trace) {
    std::vector<ReportLine> lines;
    const DecodeSettings& settings = trace.header().settings;
    if (report.belief) {
        const SlotBelief& belief = *report.belief;
        lines.push_back(
            {.name = translate("drawn"),
             .value = translate("“%1”, p %2").arg(tokenLabel(trace, belief.sampledId), localNumber(double{belief.sampledProbability})),
             .help = translate("What a commit in this step would have written; its probability is without temperature"),
             .quantity = QStringLiteral("drawn"),
             .plain = QStringLiteral("%1 %2").arg(tokenLabel(trace, belief.sampledId), plainNumber(belief.sampledProbability))});
        addScore(lines, report, settings);
        if (report.rank) {
            lines.push_back({.name = translate("rank among eligible"),
                             .value = translate("%1 of %2").arg(*report.rank).arg(report.eligible),
                             .tag = ValueTag::Derived,
                             .help = translate("Place by the score; 1 commits first"),
                             .quantity = QStringLiteral("rank"),
                             .plain = QStringLiteral("%1/%2").arg(*report.rank).arg(report.eligible)});
        }
        addBound(lines, report, trace);
    }
    addSettings(lines, settings);
    return lines;
}

}  // namespace crystallite
