#include "app/slot_bound.h"

#include "app/conversions.h"

#include "engine/trace/decode_option.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace crystallite {
namespace {

bool hasThreshold(const DecodeSettings& settings) {
    return findDecodeOption("threshold")->appliesTo(settings);
}

/// Fast-dLLM's threshold is met by a confidence that equals it, the others' are not.
bool meets(const DecodeSettings& settings, float score) {
    return settings.policy == DecodePolicy::Threshold ? double{score} >= settings.threshold : double{score} > settings.threshold;
}

/// Of the factor policy, what the slot at this rank needs: (n + 1)(1 - p) <= factor. Fast-dLLM, arXiv 2505.22618.
double factorBound(const DecodeSettings& settings, uint32_t rank) {
    return 1.0 - settings.factor / (rank + 1.0);
}

/// Of the entropy-bound policy: the entropies of the slots up to this one in the order of their scores, but for the largest.
/// Ben-Hamu et al., arXiv 2505.24857.
double entropyUpTo(const SlotReport& report, const Trace& trace) {
    double sum = 0.0;
    double largest = 0.0;
    for (const SlotBelief& other : trace.record(report.beliefStep).beliefs) {
        const bool before =
            other.score > report.belief->score || (other.score == report.belief->score && other.position <= report.belief->position);
        if (before) {
            sum += double{other.entropy};
            largest = std::max(largest, double{other.entropy});
        }
    }
    return sum - largest;
}

ReportLine scoreLine(const QString& name, float value, const QString& help) {
    return {.name = name,
            .value = localNumber(double{value}, 3),
            .help = help,
            .quantity = QStringLiteral("score"),
            .plain = plainNumber(value)};
}

/// The settings want the end of the text behind every other slot.
bool isPutLast(float score) {
    return score == std::numeric_limits<float>::lowest();
}

}  // namespace

void addScore(std::vector<ReportLine>& lines, const SlotReport& report, const DecodeSettings& settings) {
    const float score = report.belief->score;
    if (std::isnan(score) || settings.order == UnmaskOrder::LeftToRight) {
        return;
    }
    if (isPutLast(score)) {
        lines.push_back({.name = translate("score"),
                         .value = translate("last"),
                         .help = translate("The settings commit the end of the text behind everything else"),
                         .quantity = QStringLiteral("score"),
                         .plain = QStringLiteral("last")});
        return;
    }
    const bool isDraw = settings.order == UnmaskOrder::Random || (settings.order == UnmaskOrder::Origin && score < 0.0F);
    if (isDraw) {
        lines.push_back(scoreLine(translate("draw"), std::abs(score),
                                  settings.order == UnmaskOrder::Random
                                      ? translate("A uniform number; the largest commit first")
                                      : translate("A uniform number; below the step's chance the slot commits")));
        lines.back().plain = plainNumber(score);
        return;
    }
    if (settings.policy == DecodePolicy::Dream && settings.algTemp > 0.0) {
        lines.push_back(scoreLine(translate("score with noise"), score,
                                  translate("What the order compares, divided by the order noise, plus Gumbel noise")));
        return;
    }
    switch (settings.order) {
        case UnmaskOrder::Margin:
            lines.push_back(scoreLine(translate("score: margin"), score, translate("Of the distribution that was drawn from")));
            return;
        case UnmaskOrder::Entropy:
            lines.push_back(scoreLine(translate("score: −entropy"), score, translate("Of the distribution that was drawn from")));
            return;
        default:
            lines.push_back(scoreLine(translate("score: confidence"), score,
                                      translate("Probability of the drawn token in the distribution that was drawn from")));
            return;
    }
}

void addBound(std::vector<ReportLine>& lines, const SlotReport& report, const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    if (report.basis == BeliefBasis::Token) {
        lines.push_back({.name = translate("exchange bound"),
                         .value = localNumber(settings.editThreshold),
                         .help = translate("Another token must be more probable than this"),
                         .quantity = QStringLiteral("edit_threshold")});
    } else if (hasThreshold(settings)) {
        lines.push_back({.name = translate("threshold"),
                         .value = localNumber(settings.threshold),
                         .help = translate("The confidence from which a slot commits"),
                         .quantity = QStringLiteral("threshold")});
    } else if (settings.policy == DecodePolicy::Factor && report.rank) {
        lines.push_back({.name = translate("needed at this rank"),
                         .value = localNumber(factorBound(settings, *report.rank), 3),
                         .tag = ValueTag::Derived,
                         .help = translate("1 − factor / (rank + 1)"),
                         .quantity = QStringLiteral("needed confidence")});
    } else if (settings.policy == DecodePolicy::EntropyBound && report.rank) {
        lines.push_back(
            {.name = translate("entropy up to here"),
             .value = translate("%1 of %2 nats").arg(localNumber(entropyUpTo(report, trace)), localNumber(settings.entropyBound)),
             .tag = ValueTag::Derived,
             .help = translate("The sum over the slots up to this rank, but for the largest, and the bound that the step may spend"),
             .quantity = QStringLiteral("entropy up to rank"),
             .plain = QString::number(entropyUpTo(report, trace), 'g', 9)});
    }
}

QString missedBoundText(const SlotReport& report, const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    const float score = report.belief->score;
    if (isPutLast(score)) {
        return translate("Not committed: the settings commit the end of the text last.");
    }
    if (hasThreshold(settings)) {
        if (!meets(settings, score)) {
            return translate("Not committed: its confidence %1 does not reach the threshold %2.")
                .arg(localNumber(double{score}, 3), localNumber(settings.threshold));
        }
        return settings.policy == DecodePolicy::Klass
                   ? translate("Not committed: it is sure enough, but its distribution has not stopped changing.")
                   : QString();
    }
    if (settings.policy == DecodePolicy::Factor) {
        return translate("Not committed: its confidence %1 does not reach %2, which its rank needs.")
            .arg(localNumber(double{score}, 3), localNumber(factorBound(settings, *report.rank), 3));
    }
    if (settings.policy == DecodePolicy::EntropyBound) {
        return translate("Not committed: with it the step's entropy would be %1 nats, above the bound %2.")
            .arg(localNumber(entropyUpTo(report, trace)), localNumber(settings.entropyBound));
    }
    return {};
}

QString metBoundText(const SlotReport& report, const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    if (!hasThreshold(settings) || std::isnan(report.belief->score) || isPutLast(report.belief->score)) {
        return {};
    }
    const QString score = localNumber(double{report.belief->score}, 3);
    const QString threshold = localNumber(settings.threshold);
    return meets(settings, report.belief->score)
               ? translate("Its confidence %1 reaches the threshold %2.").arg(score, threshold)
               : translate("Its confidence %1 is below the threshold %2; the best slots commit all the same.").arg(score, threshold);
}

}  // namespace crystallite
