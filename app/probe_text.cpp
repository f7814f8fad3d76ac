#include "app/probe_text.h"

#include "app/canvas/slot_names.h"
#include "app/canvas/token_display.h"
#include "app/conversions.h"
#include "app/token_text.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <numeric>

namespace crystallite {
namespace {

/// A token that the trace may not mention.
QString tokenOf(const ProbeResult& result, const Trace& trace, TokenId id) {
    const auto piece = result.pieces.find(id);
    return trace.isEnd(id) || piece == result.pieces.end() ? tokenLabel(trace, id) : spokenName(displayBytes(piece->second));
}

QString slotLabel(const ProbeResult& result, const Trace& trace, uint32_t slot) {
    const Canvas& canvas = trace.canvas(result.frame);
    const QString held = canvas.isMasked(slot) ? toQString(kMaskText) : tokenOf(result, trace, canvas.token(slot));
    return QStringLiteral("%1 %2").arg(slot + 1).arg(held);
}

QString chosenText(const AttentionChoice& choice, const SlotAttention& attention) {
    const QString layer =
        choice.layer ? translate("layer %1").arg(*choice.layer + 1) : translate("mean of %1 layers").arg(attention.layers);
    const QString head = choice.head ? translate("head %1").arg(*choice.head + 1) : translate("mean of %1 heads").arg(attention.heads);
    return layer + QStringLiteral(", ") + head;
}

QString attentionSentence(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice) {
    const SlotAttention& attention = *result.attention;
    const std::vector<float> weights = attention.mean(choice.layer, choice.head);
    const auto most = static_cast<uint32_t>(std::max_element(weights.begin(), weights.end()) - weights.begin());
    QString sentence =
        translate("It looks most at “%1”: %2 of its attention (%3).")
            .arg(slotLabel(result, trace, most), QLocale().toString(double{weights[most]}, 'f', 3), chosenText(choice, attention));
    if (attention.row != result.position) {
        sentence += QLatin1Char(' ') + translate("The row of the slot before it predicts it, and does the looking.");
    }
    return sentence;
}

QString distributionSentence(const ProbeResult& result, const Trace& trace) {
    const QLocale locale;
    const QString entropy = translate("Entropy %1 nats.").arg(locale.toString(double{result.belief->entropy}, 'f', 2));
    if (!result.leftOut) {
        return entropy + QLatin1Char(' ') + translate("Step %1 is decided on this canvas.").arg(result.frame + 1);
    }
    return translate("Masked, all other slots give “%1” p %2: rank %3 of %4.")
               .arg(tokenOf(result, trace, result.leftOut->id), locale.toString(double{result.leftOut->probability}, 'f', 3))
               .arg(result.leftOut->rank)
               .arg(result.leftOut->of) +
           QLatin1Char(' ') + entropy;
}

std::vector<MeasuredLine> slotLines(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice, size_t most) {
    const std::vector<float> weights = result.attention->mean(choice.layer, choice.head);
    std::vector<uint32_t> order(weights.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&weights](uint32_t a, uint32_t b) { return weights[a] > weights[b]; });
    std::vector<MeasuredLine> lines;
    double rest = 0.0;
    for (const uint32_t slot : order) {
        if (lines.size() < most && weights[slot] > 0.0F) {
            lines.push_back({.label = slotLabel(result, trace, slot), .share = double{weights[slot]}});
        } else {
            rest += double{weights[slot]};
        }
    }
    lines.push_back({.label = translate("other"), .share = rest, .isOther = true});
    return lines;
}

}  // namespace

QString probeName(ProbeKind kind) {
    switch (kind) {
        case ProbeKind::Attention: return translate("Attention");
        case ProbeKind::LeaveOneOut: return translate("Leave one out");
        case ProbeKind::Candidates: return translate("64 candidates");
    }
    return {};
}

QString obstacleText(ProbeKind kind, const Trace& trace, uint32_t frame, uint32_t position) {
    switch (obstacleTo(kind, trace.canvas(frame), trace.header().settings, position)) {
        case ProbeObstacle::None: return {};
        case ProbeObstacle::NoSuchSlot:
        case ProbeObstacle::BehindText: return translate("The slot is no part of the text.");
        case ProbeObstacle::IsOpen: return translate("The slot is masked; there is no token to leave out.");
        case ProbeObstacle::HoldsToken: return translate("The slot holds a token; leave it out to see what else could stand there.");
    }
    return {};
}

double expectedMilliseconds(const Trace& trace) {
    double milliseconds = 0.0;
    uint64_t rows = 0;
    uint64_t passes = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        milliseconds += record.milliseconds;
        rows += record.rowsComputed;
        passes += record.forwardPasses;
    }
    if (rows > 0) {
        return milliseconds / static_cast<double>(rows) * trace.canvas(trace.steps()).textLength();
    }
    return passes == 0 ? 0.0 : milliseconds / static_cast<double>(passes);
}

QString probeCostText(uint32_t passes, double milliseconds) {
    const QString count = passes == 1 ? translate("1 extra pass") : translate("%1 extra passes").arg(passes);
    if (milliseconds <= 0.0) {
        return count;
    }
    const QString time = milliseconds < 1000.0
                             ? translate("about %1 ms").arg(QLocale().toString(std::max(1.0, passes * milliseconds), 'f', 0))
                             : translate("about %1 s").arg(QLocale().toString(passes * milliseconds / 1000.0, 'f', 1));
    return count + QStringLiteral(", ") + time;
}

QString measuredWhere(const ProbeResult& result, const Trace& trace) {
    const QString passes = result.passes == 1 ? translate("1 extra pass") : translate("%1 extra passes").arg(result.passes);
    return translate("%1, canvas of step %2, %3, %4 ms")
        .arg(placeName(trace, result.position))
        .arg(result.frame)
        .arg(passes, QLocale().toString(result.milliseconds, 'f', 1));
}

QString measuredSentence(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice) {
    return result.attention ? attentionSentence(result, trace, choice) : distributionSentence(result, trace);
}

std::vector<MeasuredLine> measuredLines(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice, size_t most) {
    if (result.attention) {
        return slotLines(result, trace, choice, most);
    }
    std::vector<MeasuredLine> lines;
    double rest = 1.0;
    for (const Candidate& candidate : result.belief->candidates) {
        lines.push_back({.label = tokenOf(result, trace, candidate.id), .share = double{candidate.probability}});
        rest -= double{candidate.probability};
    }
    lines.push_back({.label = translate("other"), .share = std::max(0.0, rest), .isOther = true});
    return lines;
}

QString measuredAsTsv(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice) {
    const QString tag = QStringLiteral("measured, extra pass");
    // Full precision and the C locale: this goes to spreadsheets and scripts.
    const auto number = [](double value) { return QString::number(value, 'g', 9); };
    QStringList lines{QStringLiteral("quantity\tvalue\ttag")};
    const auto line = [&](const QString& quantity, const QString& value) {
        lines << quantity + QLatin1Char('\t') + value + QLatin1Char('\t') + tag;
    };
    line(QStringLiteral("measurement"), probeName(result.kind));
    line(QStringLiteral("position"), QString::number(result.position + 1));
    line(QStringLiteral("canvas of step"), QString::number(result.frame));
    line(QStringLiteral("extra passes"), QString::number(result.passes));
    line(QStringLiteral("ms"), number(result.milliseconds));
    if (result.attention) {
        line(QStringLiteral("weights of"), chosenText(choice, *result.attention));
        const std::vector<float> weights = result.attention->mean(choice.layer, choice.head);
        for (uint32_t slot = 0; slot < weights.size(); ++slot) {
            line(QStringLiteral("weight(%1)").arg(slotLabel(result, trace, slot)), number(double{weights[slot]}));
        }
    }
    if (result.leftOut) {
        line(QStringLiteral("left out"), tokenOf(result, trace, result.leftOut->id));
        line(QStringLiteral("p of it"), number(double{result.leftOut->probability}));
        line(QStringLiteral("rank of it"), QStringLiteral("%1/%2").arg(result.leftOut->rank).arg(result.leftOut->of));
    }
    if (result.belief) {
        line(QStringLiteral("entropy nats"), number(double{result.belief->entropy}));
        for (const Candidate& candidate : result.belief->candidates) {
            line(QStringLiteral("p(%1)").arg(tokenOf(result, trace, candidate.id)), number(double{candidate.probability}));
        }
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

SlotLight lightOf(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice) {
    SlotLight light{.frame = result.frame, .source = result.position, .weights = result.attention->mean(choice.layer, choice.head)};
    light.weights.resize(trace.slots(), 0.0F);  // what stands behind the text is not looked at
    light.caption = translate("Attention of %1 at step %2, %3: measured by an extra pass")
                        .arg(placeName(trace, result.position))
                        .arg(result.frame)
                        .arg(chosenText(choice, *result.attention));
    return light;
}

}  // namespace crystallite
