#include "app/timeline_curves.h"

#include "app/shell_style.h"

#include <QPainter>

#include <algorithm>

namespace crystallite {
namespace {

constexpr double kTickWidth = 4.0;
constexpr double kTickGap = 2.0;
constexpr uint32_t kMostTicks = 10;  // nobody counts more at a glance
constexpr double kDotRadius = 1.7;
constexpr double kDotColumn = 5.0;  // narrower columns have the line alone
constexpr double kMarkSize = 7.0;   // of a revision
constexpr double kMarkGap = 1.5;
constexpr double kCapHeight = 2.0;

void fillBar(QPainter& painter, const TimelineGeometry& geometry, QRectF bar, double share, const QColor& colour) {
    if (share > 0.0) {
        // Anything at all is at least a pixel high.
        const double height = std::max(geometry.snapped(bar.height() * std::min(share, 1.0)), 1.0 / geometry.shape().pixelRatio);
        bar.setTop(bar.bottom() - height);
        painter.fillRect(bar, colour);
    }
}

QPointF entropyPoint(const TimelineScene& scene, uint32_t frame) {
    const QRectF cell = scene.geometry.cell(Track::Entropy, frame).adjusted(0, kDotRadius, 0, -kDotRadius);
    const double share = *scene.series.at(frame).meanEntropy / scene.series.scales().entropyNats;
    return {cell.center().x(), cell.bottom() - share * cell.height()};
}

void drawEntropy(QPainter& painter, const TimelineScene& scene, uint32_t frame) {
    if (!scene.series.at(frame).meanEntropy) {
        return;
    }
    const QPointF here = entropyPoint(scene, frame);
    if (frame > 0 && scene.series.at(frame - 1).meanEntropy) {
        painter.setPen(QPen(toQColor(scene.theme.guess, 0.6F), 1.0));
        painter.drawLine(entropyPoint(scene, frame - 1), here);
    }
    if (scene.geometry.columnWidth() >= kDotColumn) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(toQColor(scene.theme.guess));
        painter.drawEllipse(here, kDotRadius, kDotRadius);
    }
}

void drawCommits(QPainter& painter, const TimelineScene& scene, uint32_t frame) {
    const TimelineGeometry& geometry = scene.geometry;
    const uint32_t commits = scene.series.at(frame).commits;
    const QRectF bar = geometry.bar(Track::Commits, frame);
    const QColor colour = toQColor(scene.theme.committed);
    if (!drawsCommitTicks(geometry, scene.series.scales())) {
        fillBar(painter, geometry, bar, commits / scene.series.scales().commits, colour);
        return;
    }
    double x = geometry.snapped(bar.center().x() - (commits * (kTickWidth + kTickGap) - kTickGap) / 2);
    for (uint32_t tick = 0; tick < commits; ++tick, x += kTickWidth + kTickGap) {
        painter.fillRect(QRectF(geometry.snapped(x), bar.top() + 2, kTickWidth, bar.height() - 4), colour);
    }
}

/// Each kind has a shape of its own: a triangle for a remask, a diamond for an edit, plus and minus for slots that come and go.
void drawRevision(QPainter& painter, EventKind kind, QPointF centre, double size) {
    const double half = size / 2;
    if (kind == EventKind::Remask) {
        painter.drawPolygon(QPolygonF({centre + QPointF(0, -half), centre + QPointF(half, half), centre + QPointF(-half, half)}));
    } else if (kind == EventKind::Edit) {
        painter.drawPolygon(
            QPolygonF({centre + QPointF(0, -half), centre + QPointF(half, 0), centre + QPointF(0, half), centre + QPointF(-half, 0)}));
    } else {
        painter.drawRect(QRectF(centre.x() - half, centre.y() - 1, size, 2));
        if (kind == EventKind::Insert) {
            painter.drawRect(QRectF(centre.x() - 1, centre.y() - half, 2, size));
        }
    }
}

/// A ring of its own: a step by hand is no step of the sampler, whatever it changed.
void drawHand(QPainter& painter, const TimelineScene& scene, const QRectF& cell) {
    constexpr double kLine = 1.5;
    const double size = std::min({kMarkSize + 1, cell.height() - kLine, std::max(cell.width() - kLine, 3.0)});
    painter.setPen(QPen(toQColor(scene.theme.accent), kLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(cell.center(), size / 2, size / 2);
}

void drawRevisions(QPainter& painter, const TimelineScene& scene, uint32_t frame) {
    const QRectF cell = scene.geometry.cell(Track::Revisions, frame);
    if (scene.series.at(frame).byHand) {
        drawHand(painter, scene, cell);
        return;
    }
    const std::vector<EventKind>& revisions = scene.series.at(frame).revisions;
    if (revisions.empty()) {
        return;
    }
    const double size = std::min(kMarkSize, cell.height() - 1);
    // Where they have no room beside each other, the first stands for all; the number is beside the row's name.
    const double needed = static_cast<double>(revisions.size()) * (size + kMarkGap) - kMarkGap;
    const size_t drawn = needed > cell.width() ? 1 : revisions.size();
    double x = cell.center().x() - (static_cast<double>(drawn - 1) * (size + kMarkGap)) / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(toQColor(scene.theme.remasked));
    for (size_t index = 0; index < drawn; ++index, x += size + kMarkGap) {
        drawRevision(painter, revisions[index], QPointF(x, cell.center().y()), size);
    }
}

void drawTime(QPainter& painter, const TimelineScene& scene, uint32_t frame) {
    const double share = scene.series.at(frame).milliseconds / scene.series.scales().milliseconds;
    QRectF bar = scene.geometry.bar(Track::Time, frame);
    fillBar(painter, scene.geometry, bar, share, toQColor(scene.theme.facetEdge));
    if (share > 1.0) {
        bar.setHeight(kCapHeight);
        painter.fillRect(bar, toQColor(scene.theme.text));
    }
}

}  // namespace

bool drawsCommitTicks(const TimelineGeometry& geometry, const TimelineScales& scales) {
    return scales.mostCommits <= kMostTicks && scales.mostCommits * (kTickWidth + kTickGap) <= geometry.columnWidth();
}

void drawCurves(QPainter& painter, const TimelineScene& scene, uint32_t first, uint32_t last) {
    const TimelineGeometry& geometry = scene.geometry;
    if (geometry.shape().answerSlots == 0) {
        return;
    }
    const QColor maskedColour = mix(scene.theme.panel, scene.theme.masked, 0.75F);
    for (uint32_t frame = first; frame <= last; ++frame) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        const double share = static_cast<double>(scene.series.at(frame).masked) / geometry.shape().answerSlots;
        fillBar(painter, geometry, geometry.bar(Track::Masked, frame), share, maskedColour);
        if (geometry.shows(Track::Time)) {
            drawTime(painter, scene, frame);
        }
        drawCommits(painter, scene, frame);
        painter.setRenderHint(QPainter::Antialiasing, true);
        drawEntropy(painter, scene, frame);
        if (geometry.shows(Track::Revisions)) {
            drawRevisions(painter, scene, frame);
        }
    }
}

}  // namespace crystallite
