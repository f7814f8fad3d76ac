#pragma once

#include "app/theme.h"
#include "app/timeline_geometry.h"
#include "app/timeline_heatmap.h"
#include "app/timeline_series.h"

#include <QFont>
#include <QPixmap>

namespace crystallite {

/// Everything of the timeline that rests while the cursor moves, as a picture: names, rulers, curves and the heatmap. An arriving step
/// draws its own columns into it.
class TimelineLayer {
public:
    void setTheme(const Theme& theme);
    void setFont(const QFont& font) { font_ = font; }
    /// Takes the numbers of another run. Draws nothing yet.
    void reset(const Trace& trace);
    /// Takes the trace's newest step; false when the scale of a row has changed, so that all has to be drawn again.
    [[nodiscard]] bool append(const Trace& trace);
    /// Draws everything; an empty size gives the picture back.
    void redraw(const TimelineGeometry& geometry);
    /// Draws what the frames from `first` on add.
    void drawNewest(const TimelineGeometry& geometry, uint32_t first);

    [[nodiscard]] const TimelineSeries& series() const { return series_; }
    [[nodiscard]] const HeatmapCells& cells() const { return cells_; }
    [[nodiscard]] const QPixmap& picture() const { return picture_; }
    [[nodiscard]] const Theme& theme() const { return theme_; }

private:
    void drawFrames(QPainter& painter, const TimelineGeometry& geometry, uint32_t first, uint32_t last);

    Theme theme_ = Theme::darkTheme();
    HeatmapPalette palette_ = heatmapPalette(theme_);
    QFont font_;
    TimelineSeries series_;
    HeatmapCells cells_;
    QPixmap picture_;
};

}  // namespace crystallite
