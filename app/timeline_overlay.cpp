#include "app/timeline_overlay.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace crystallite {
namespace {

constexpr float kAheadVeil = 0.55F;
constexpr double kLeastBox = 6.0;  // a box narrower than this has no inside
constexpr double kBoxWidth = 1.5;
constexpr double kBoxRadius = 3.0;
constexpr double kChipMargin = 4.0;
constexpr double kTickRoom = 4.0;
constexpr double kTallRow = 4.0;  // a lower row is marked by a line through it
constexpr float kLineShare = 0.65F;
constexpr double kPointer = 4.0;
constexpr double kPointerDistance = 2.0;  // left of the heatmap

/// A pointer at the left of the row, and a fainter line that leads the eye to the cursor.
void drawRow(QPainter& painter, const TimelineScene& scene, uint32_t slot, float opacity) {
    const TimelineGeometry& geometry = scene.geometry;
    if (slot >= geometry.shape().answerSlots || !geometry.shows(Track::Heatmap)) {
        return;
    }
    const QRectF row = geometry.heatmapRow(slot);
    const double y = row.center().y();
    const QColor colour = toQColor(scene.theme.focusRing, opacity);
    painter.setPen(QPen(toQColor(scene.theme.focusRing, opacity * kLineShare), 1.0, Qt::DotLine));
    if (row.height() >= kTallRow) {
        painter.drawLine(row.topLeft(), row.topRight());
        painter.drawLine(row.bottomLeft(), row.bottomRight());
    } else {
        painter.drawLine(QPointF(row.left(), y), QPointF(row.right(), y));
    }
    const double tip = row.left() - kPointerDistance;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(
        QPolygonF({QPointF(tip, y), QPointF(tip - kPointer, y - kPointer * 0.8), QPointF(tip - kPointer, y + kPointer * 0.8)}));
}

/// The number of the step on a plate over the ruler.
void drawChip(QPainter& painter, const TimelineScene& scene, const QRectF& column, uint32_t frame, const QColor& colour) {
    const QRectF& ruler = scene.geometry.track(Track::Steps);
    const QString text = QLocale().toString(frame);
    const double letters = QFontMetricsF(painter.font()).horizontalAdvance(text);
    const double width = std::max(column.width(), letters + 2 * kChipMargin);
    QRectF chip(column.center().x() - width / 2, ruler.top(), width, ruler.height());
    // Inside the view, so that the number is whole at both ends.
    chip.moveLeft(std::clamp(chip.left(), scene.geometry.columns().left() - kChipMargin,
                             std::max(scene.geometry.columns().left(), scene.geometry.columns().right() + kChipMargin - width)));
    // A number of the ruler under an edge of the plate would be read together with it.
    if (column.width() < letters + 2 * kChipMargin) {
        painter.fillRect(chip.adjusted(-letters, 0, letters, -kTickRoom), toQColor(scene.theme.panel));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(chip, kBoxRadius, kBoxRadius);
    painter.setPen(toQColor(scene.theme.window));
    painter.drawText(chip, int(Qt::AlignCenter | Qt::TextDontClip), text);
}

}  // namespace

void drawUnderMarks(QPainter& painter, const TimelineScene& scene, const TimelineCursor& cursor) {
    const TimelineGeometry& geometry = scene.geometry;
    const double rulersEnd = geometry.track(Track::Steps).bottom();
    if (cursor.frame < cursor.lastFrame) {
        const double left = std::max(geometry.edge(cursor.frame + 1), geometry.columns().left());
        const double right = std::min(geometry.edge(cursor.lastFrame + 1), geometry.columns().right());
        if (right > left) {
            painter.fillRect(QRectF(left, rulersEnd, right - left, geometry.columns().bottom() - rulersEnd),
                             toQColor(scene.theme.panel, kAheadVeil));
        }
    }
    if (cursor.hoveredFrame && *cursor.hoveredFrame != cursor.frame) {
        painter.fillRect(geometry.column(*cursor.hoveredFrame), toQColor(scene.theme.text, 0.10F));
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    if (cursor.hoveredSlot && cursor.hoveredSlot != cursor.selectedSlot) {
        drawRow(painter, scene, *cursor.hoveredSlot, 0.4F);
    }
    if (cursor.selectedSlot) {
        drawRow(painter, scene, *cursor.selectedSlot, 0.85F);
    }
}

void drawCursor(QPainter& painter, const TimelineScene& scene, const TimelineCursor& cursor) {
    const TimelineGeometry& geometry = scene.geometry;
    if (cursor.frame < geometry.window().first() || cursor.frame > geometry.window().last()) {
        return;
    }
    const QRectF column = geometry.column(cursor.frame).adjusted(0, 0, -geometry.gap(), 0);
    const double pen = std::max(geometry.snapped(kBoxWidth), 1.0 / geometry.shape().pixelRatio);
    QRectF box(column.left(), geometry.track(Track::Steps).top(), column.width(),
               geometry.columns().bottom() - geometry.track(Track::Steps).top());
    if (box.width() < kLeastBox) {
        const double left = geometry.snapped(box.center().x() - kLeastBox / 2);
        box = QRectF(left, box.top(), kLeastBox, box.height());
    }
    // The line lies around the column and on whole pixels.
    box.adjust(-pen / 2, pen / 2, pen / 2, pen / 2);
    const QColor colour = toQColor(cursor.hasFocus ? scene.theme.accent : scene.theme.focusRing);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, pen));
    painter.drawRoundedRect(box, kBoxRadius, kBoxRadius);
    drawChip(painter, scene, column, cursor.frame, colour);
}

}  // namespace crystallite
