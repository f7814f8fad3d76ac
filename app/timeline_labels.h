#pragma once

#include "app/timeline_scene.h"

#include <QFont>
#include <QString>

#include <cstdint>

class QPainter;

namespace crystallite {

/// The type of all words of the timeline, made of the widget's.
[[nodiscard]] QFont timelineFont(const QFont& base);

/// Name of a row, and the ends of its axis where it has one: "entropy 0–5".
[[nodiscard]] QString trackLabel(Track track, const TimelineScales& scales);
/// What the row holds at a frame, in few letters; empty where there is nothing to say.
[[nodiscard]] QString trackValue(Track track, const TimelineSeries& series, uint32_t frame);
/// What is drawn, in which unit, and whether it was measured or derived.
[[nodiscard]] QString trackHelp(Track track, const TimelineScales& scales);

/// The names, in the painter's font. The heatmap's is a button.
void drawLabels(QPainter& painter, const TimelineScene& scene);
/// The values at a frame beside them, where there is room.
void drawValues(QPainter& painter, const TimelineScene& scene, uint32_t frame);

/// Left end of the names.
inline constexpr double kTimelineMargin = 14.0;

}  // namespace crystallite
