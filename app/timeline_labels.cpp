#include "app/timeline_labels.h"

#include "app/conversions.h"

#include <QLocale>
#include <QPainter>

#include <array>

namespace crystallite {
namespace {

constexpr double kLabelGap = 10.0;  // between the labels and the columns

constexpr std::array kNamed{Track::Blocks,  Track::Steps,   Track::Marks,     Track::Masked,
                            Track::Entropy, Track::Commits, Track::Revisions, Track::Time};

QString number(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

QString axis(double top) {
    return translate(" 0–%1").arg(QLocale().toString(top, 'g', 4));
}

QRectF labelArea(const TimelineScene& scene, Track track) {
    const QRectF& row = scene.geometry.track(track);
    return {kTimelineMargin, row.top(), row.left() - kTimelineMargin - kLabelGap, row.height()};
}

QString explanation(Track track) {
    switch (track) {
        case Track::Blocks: return translate("Outer blocks, in the order in which the run worked on them.");
        case Track::Steps: return translate("Inner steps, counted over all blocks. Step 0 is the canvas before the first one.");
        case Track::Marks: return translate("Bookmarks and the range that playback repeats.");
        case Track::Masked: return translate("Slots of the answer that are still masked, as a share of all.");
        case Track::Entropy: return translate("Mean entropy over the distributions of the step, in nats.");
        case Track::Commits: return translate("Tokens committed in the step.");
        case Track::Revisions:
            return translate(
                "What was changed again in the step: triangle, a token was remasked; diamond, one was exchanged for another; plus and "
                "minus, a slot was inserted or deleted. A ring is a step that a person made by hand.");
        case Track::Time: return translate("Wall time of the step in milliseconds. A bright top: longer than the scale.");
        case Track::Heatmap:
            return translate("Every position of the answer over the steps: the lighter an open slot stands out, the larger its entropy.");
    }
    return {};
}

QString tag(Track track) {
    switch (track) {
        case Track::Marks: return translate("set by you");
        case Track::Entropy: return translate("derived: a mean of measured values");
        default: return translate("measured");
    }
}

}  // namespace

QFont timelineFont(const QFont& base) {
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 0.85);
    return font;
}

QString trackLabel(Track track, const TimelineScales& scales) {
    switch (track) {
        case Track::Blocks: return translate("block");
        case Track::Steps: return translate("step");
        case Track::Marks: return translate("marks");
        case Track::Masked: return translate("masked");
        case Track::Entropy: return translate("entropy") + axis(scales.entropyNats);
        case Track::Commits: return translate("commits") + axis(scales.commits);
        case Track::Revisions: return translate("revisions");
        case Track::Time: return translate("ms") + axis(scales.milliseconds);
        case Track::Heatmap: return translate("position × step");
    }
    return {};
}

QString trackValue(Track track, const TimelineSeries& series, uint32_t frame) {
    const FrameNumbers& numbers = series.at(frame);
    const QString none = QStringLiteral("–");
    switch (track) {
        case Track::Blocks: return frame == 0 ? none : QLocale().toString(numbers.block + 1);
        case Track::Steps: return QLocale().toString(frame);
        case Track::Masked: return QLocale().toString(numbers.masked);
        case Track::Entropy: return numbers.meanEntropy ? number(*numbers.meanEntropy, 2) : none;
        case Track::Commits: return frame == 0 ? none : QLocale().toString(numbers.commits);
        case Track::Revisions: return frame == 0 ? none : QLocale().toString(static_cast<uint>(numbers.revisions.size()));
        case Track::Time: return frame == 0 ? none : number(numbers.milliseconds, 1);
        case Track::Marks:
        case Track::Heatmap: break;
    }
    return {};
}

QString trackHelp(Track track, const TimelineScales& scales) {
    return QStringLiteral("%1\n%2\n%3").arg(trackLabel(track, scales), explanation(track), tag(track));
}

void drawLabels(QPainter& painter, const TimelineScene& scene) {
    if (scene.series.frames() == 0) {
        return;  // names of nothing, and scales of no numbers
    }
    painter.setPen(toQColor(scene.theme.mutedText));
    for (const Track track : kNamed) {
        if (scene.geometry.shows(track)) {
            painter.drawText(labelArea(scene, track), int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip),
                             trackLabel(track, scene.series.scales()));
        }
    }
}

void drawValues(QPainter& painter, const TimelineScene& scene, uint32_t frame) {
    if (!scene.geometry.labelsHaveValues() || frame >= scene.series.frames()) {
        return;
    }
    painter.setPen(toQColor(scene.theme.text));
    for (const Track track : kNamed) {
        if (scene.geometry.shows(track)) {
            painter.drawText(labelArea(scene, track), int(Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip),
                             trackValue(track, scene.series, frame));
        }
    }
}

}  // namespace crystallite
