#include "app/timeline_layer.h"

#include "app/timeline_curves.h"
#include "app/timeline_labels.h"
#include "app/timeline_ruler.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace crystallite {

void TimelineLayer::setTheme(const Theme& theme) {
    theme_ = theme;
    palette_ = heatmapPalette(theme);
}

void TimelineLayer::reset(const Trace& trace) {
    series_.reset(trace);
    cells_.reset(trace);
}

bool TimelineLayer::append(const Trace& trace) {
    const TimelineScales before = series_.scales();
    series_.append(trace);
    cells_.append(trace);
    return series_.scales() == before;
}

void TimelineLayer::redraw(const TimelineGeometry& geometry) {
    const TimelineShape& shape = geometry.shape();
    if (shape.size.isEmpty()) {
        picture_ = QPixmap();
        return;
    }
    picture_ = QPixmap((shape.size * shape.pixelRatio).toSize());
    picture_.setDevicePixelRatio(shape.pixelRatio);
    picture_.fill(toQColor(theme_.panel));
    QPainter painter(&picture_);
    painter.setFont(font_);
    const TimelineScene scene{.geometry = geometry, .series = series_, .theme = theme_};
    drawLabels(painter, scene);
    if (series_.frames() > 0 && geometry.window().first() < series_.frames()) {
        drawFrames(painter, geometry, geometry.window().first(), std::min(geometry.window().last(), series_.frames() - 1));
    }
    painter.setClipping(false);
    drawRuler(painter, scene);
}

void TimelineLayer::drawNewest(const TimelineGeometry& geometry, uint32_t first) {
    const uint32_t newest = std::min(series_.frames() - 1, geometry.window().last());
    const uint32_t oldest = std::max(first, geometry.window().first());
    if (picture_.isNull() || newest < oldest) {
        return;
    }
    QPainter painter(&picture_);
    painter.setFont(font_);
    drawFrames(painter, geometry, oldest, newest);
    for (const BlockSpan& block : series_.blocks()) {
        if (block.last >= oldest && block.first <= newest && geometry.shows(Track::Blocks)) {
            drawBlock(painter, {.geometry = geometry, .series = series_, .theme = theme_}, block);
        }
    }
}

void TimelineLayer::drawFrames(QPainter& painter, const TimelineGeometry& geometry, uint32_t first, uint32_t last) {
    const TimelineShape& shape = geometry.shape();
    painter.setClipRect(QRectF(geometry.columns().left(), 0, geometry.columns().width(), shape.size.height()));
    drawCurves(painter, {.geometry = geometry, .series = series_, .theme = theme_}, first, last);
    const QRectF& area = geometry.track(Track::Heatmap);
    if (area.isEmpty()) {
        return;
    }
    const auto pixels = [&shape](double length) { return static_cast<int>(std::lround(length * shape.pixelRatio)); };
    const HeatmapGrid grid{.width = pixels(area.width()),
                           .height = pixels(area.height()),
                           .begin = shape.window.begin(),
                           .span = shape.window.span(),
                           .dashes = theme_.highContrast,
                           .gap = pixels(geometry.gap())};
    // A pixel more at each side, which may hold a part of these frames as well.
    const int left = std::max(0, pixels(geometry.edge(first) - area.left()) - 1);
    const int right = std::min(grid.width, pixels(geometry.edge(last + 1) - area.left()) + 1);
    if (right <= left) {
        return;
    }
    QImage picture = drawHeatmap(cells_, palette_, grid, left, right);
    picture.setDevicePixelRatio(shape.pixelRatio);
    painter.drawImage(QPointF(area.left() + left / shape.pixelRatio, area.top()), picture);
}

}  // namespace crystallite
