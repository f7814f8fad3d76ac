#pragma once

#include "app/theme.h"
#include "app/timeline_geometry.h"
#include "app/timeline_series.h"

namespace crystallite {

/// What every drawing function of the timeline looks at. Borrowed for the time of a call.
struct TimelineScene {
    const TimelineGeometry& geometry;
    const TimelineSeries& series;
    const Theme& theme;
};

}  // namespace crystallite
