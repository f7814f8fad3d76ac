#include "app/timeline_ruler.h"

#include "app/conversions.h"
#include "app/shell_style.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace crystallite {
namespace {

constexpr double kNumberSpace = 16.0;  // between two numbers
constexpr double kLeastMinorTick = 5.0;
constexpr double kMajorTick = 4.0;
constexpr double kMinorTick = 2.0;
constexpr double kBlockTextMargin = 5.0;

double pixel(const TimelineGeometry& geometry) {
    return 1.0 / geometry.shape().pixelRatio;
}

/// Whether the middle of a column that may be cut by an end of the window is in view.
bool hasCentreInView(const TimelineGeometry& geometry, uint32_t frame) {
    const double x = geometry.column(frame).center().x();
    return x >= geometry.columns().left() && x <= geometry.columns().right();
}

void drawTick(QPainter& painter, const TimelineScene& scene, uint32_t frame, double height) {
    if (!hasCentreInView(scene.geometry, frame)) {
        return;
    }
    const QRectF cell = scene.geometry.cell(Track::Steps, frame);
    painter.fillRect(QRectF(scene.geometry.snapped(cell.center().x()), cell.bottom() - height, pixel(scene.geometry), height),
                     toQColor(scene.theme.facetEdge));
}

void drawSteps(QPainter& painter, const TimelineScene& scene) {
    const TimelineGeometry& geometry = scene.geometry;
    const TimeWindow& window = geometry.window();
    const QFontMetricsF metrics(painter.font());
    const double widest = metrics.horizontalAdvance(QLocale().toString(window.last()));
    const uint32_t spacing = tickSpacing(geometry.columnWidth(), widest + kNumberSpace);
    const uint32_t minor = spacing % 5 == 0 ? spacing / 5 : spacing % 2 == 0 ? spacing / 2 : spacing;
    if (minor < spacing && minor * geometry.columnWidth() >= kLeastMinorTick) {
        for (uint32_t frame = window.first() / minor * minor; frame <= window.last(); frame += minor) {
            drawTick(painter, scene, frame, kMinorTick);
        }
    }
    for (uint32_t frame = window.first() / spacing * spacing; frame <= window.last(); frame += spacing) {
        if (!hasCentreInView(geometry, frame)) {
            continue;
        }
        drawTick(painter, scene, frame, kMajorTick);
        const QRectF cell = geometry.cell(Track::Steps, frame);
        const QRectF room(cell.center().x() - widest, cell.top(), 2 * widest, cell.height() - kMajorTick + 1);
        painter.setPen(toQColor(scene.theme.mutedText));
        painter.drawText(room, int(Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextDontClip), QLocale().toString(frame));
    }
}

/// "block 3", or the number alone where there is no room for the word, or nothing.
QString blockText(const QFontMetricsF& metrics, uint32_t block, double room) {
    const QString number = QLocale().toString(block + 1);
    for (const QString& text : {translate("block %1").arg(number), number}) {
        if (metrics.horizontalAdvance(text) + 2 * kBlockTextMargin <= room) {
            return text;
        }
    }
    return {};
}

}  // namespace

void drawBlock(QPainter& painter, const TimelineScene& scene, const BlockSpan& span) {
    const TimelineGeometry& geometry = scene.geometry;
    const double left = std::max(geometry.edge(span.first), geometry.columns().left());
    const double right = std::min(geometry.edge(span.last + 1), geometry.columns().right());
    if (right <= left) {
        return;
    }
    const QRectF& row = geometry.track(Track::Blocks);
    const QRectF band(left, row.top(), right - left, row.height());
    // Neighbours differ in shade, so that a block is seen where its border has left the view.
    painter.fillRect(band, mix(scene.theme.panel, scene.theme.raised, span.block % 2 == 0 ? 1.0F : 0.5F));
    painter.setPen(toQColor(scene.theme.mutedText));
    painter.drawText(band.adjusted(kBlockTextMargin, 0, 0, 0), int(Qt::AlignLeft | Qt::AlignVCenter),
                     blockText(QFontMetricsF(painter.font()), span.block, band.width()));
    if (geometry.edge(span.first) >= geometry.columns().left()) {
        const QRectF border(geometry.edge(span.first) - pixel(geometry), row.top(), pixel(geometry),
                            geometry.columns().bottom() - row.top());
        painter.fillRect(border, toQColor(scene.theme.facetEdge));
    }
}

void drawRuler(QPainter& painter, const TimelineScene& scene) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (scene.geometry.shape().answerSlots > 0) {
        drawSteps(painter, scene);
        if (scene.geometry.shows(Track::Blocks)) {
            for (const BlockSpan& span : scene.series.blocks()) {
                drawBlock(painter, scene, span);
            }
        }
    }
    painter.restore();
}

void drawOverview(QPainter& painter, const TimelineScene& scene, uint32_t frame) {
    const TimelineGeometry& geometry = scene.geometry;
    if (geometry.window().isWhole()) {
        return;
    }
    const QRectF& strip = geometry.overview();
    painter.setPen(Qt::NoPen);
    painter.setBrush(toQColor(scene.theme.raised));
    painter.drawRoundedRect(strip, strip.height() / 2, strip.height() / 2);
    painter.setBrush(toQColor(scene.theme.facetEdge));
    painter.drawRoundedRect(geometry.overviewThumb(), strip.height() / 2, strip.height() / 2);
    const double x = strip.left() + (frame + 0.5) / geometry.window().frames() * strip.width();
    painter.fillRect(QRectF(geometry.snapped(x - 0.75), strip.top() - 1, 1.5, strip.height() + 2), toQColor(scene.theme.focusRing));
}

}  // namespace crystallite
