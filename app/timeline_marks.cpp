#include "app/timeline_marks.h"

#include "app/shell_style.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

constexpr double kFlagWidth = 7.0;
constexpr double kReach = 4.0;  // how far beside a flag it is still meant
constexpr double kBracketHeight = 3.0;
constexpr double kDiscRadius = 3.0;
constexpr double kDiscDistance = 5.0;  // left of the heatmap

double poleOf(const TimelineGeometry& geometry, uint32_t frame) {
    return geometry.snapped(geometry.column(frame).center().x());
}

bool isInView(const TimelineGeometry& geometry, uint32_t frame) {
    return frame >= geometry.window().first() && frame <= geometry.window().last();
}

void drawFlag(QPainter& painter, const TimelineScene& scene, uint32_t frame, bool isHere) {
    const TimelineGeometry& geometry = scene.geometry;
    const QRectF& row = geometry.track(Track::Marks);
    const double x = poleOf(geometry, frame);
    const QColor colour = toQColor(isHere ? scene.theme.text : scene.theme.accent);
    const double pennant = row.top() + (row.height() - 1) * 0.6;
    painter.fillRect(QRectF(x, row.top(), 1.0, row.height()), colour);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(
        QPolygonF({QPointF(x + 1, row.top()), QPointF(x + 1 + kFlagWidth, (row.top() + pennant) / 2), QPointF(x + 1, pennant)}));
}

void drawRange(QPainter& painter, const TimelineScene& scene, const FrameRange& range, bool loops) {
    const TimelineGeometry& geometry = scene.geometry;
    const double left = std::max(geometry.edge(range.first), geometry.columns().left());
    const double right = std::min(geometry.edge(range.last + 1), geometry.columns().right());
    if (right <= left) {
        return;
    }
    const QColor accent = toQColor(scene.theme.accent);
    painter.fillRect(QRectF(left, geometry.columns().top(), right - left, geometry.columns().height()),
                     toQColor(scene.theme.accent, 0.10F));
    // Filled while playback repeats it, an outline while it is only set.
    const QRectF& row = geometry.track(Track::Marks);
    const QRectF bracket(left, row.bottom() - kBracketHeight, right - left, kBracketHeight);
    if (loops) {
        painter.fillRect(bracket, accent);
    } else {
        painter.setPen(QPen(accent, 1.0));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bracket.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    for (const uint32_t end : {range.first, range.last + 1}) {
        if (const double x = geometry.edge(end); x >= geometry.columns().left() && x <= geometry.columns().right()) {
            painter.fillRect(QRectF(x - (end == range.first ? 0.0 : 1.0), row.top(), 1.0, geometry.columns().bottom() - row.top()), accent);
        }
    }
}

}  // namespace

void drawMarks(QPainter& painter, const TimelineScene& scene, const RunMarks& marks, const Canvas& canvas, uint32_t frame) {
    const TimelineGeometry& geometry = scene.geometry;
    const uint32_t firstSlot = canvas.promptLength();
    if (marks.range()) {
        drawRange(painter, scene, *marks.range(), marks.loops());
    }
    for (const Bookmark& bookmark : marks.bookmarks()) {
        if (isInView(geometry, bookmark.frame) && geometry.shows(Track::Marks)) {
            drawFlag(painter, scene, bookmark.frame, bookmark.frame == frame);
        }
    }
    painter.setPen(QPen(toQColor(scene.theme.panel), 1.0));
    painter.setBrush(toQColor(scene.theme.warning));
    for (const uint32_t key : marks.breakpoints()) {
        const std::optional<uint32_t> position = canvas.positionOf(key);
        if (position && *position >= firstSlot && *position - firstSlot < geometry.shape().answerSlots) {
            const QRectF row = geometry.heatmapRow(*position - firstSlot);
            painter.drawEllipse(QPointF(row.left() - kDiscDistance, row.center().y()), kDiscRadius, kDiscRadius);
        }
    }
}

std::optional<Bookmark> bookmarkAt(const TimelineGeometry& geometry, const RunMarks& marks, QPointF point) {
    if (!geometry.shows(Track::Marks) || geometry.trackAt(point.y()) != Track::Marks) {
        return std::nullopt;
    }
    std::optional<Bookmark> nearest;
    double least = kFlagWidth / 2 + kReach;
    for (const Bookmark& bookmark : marks.bookmarks()) {
        // The pennant hangs at the right of its pole.
        const double distance = std::abs(point.x() - poleOf(geometry, bookmark.frame) - kFlagWidth / 2);
        if (isInView(geometry, bookmark.frame) && distance <= least) {
            least = distance;
            nearest = bookmark;
        }
    }
    return nearest;
}

}  // namespace crystallite
