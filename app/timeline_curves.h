#pragma once

#include "app/timeline_scene.h"

#include <cstdint>

class QPainter;

namespace crystallite {

/// Draws frames first..last of the rows masked, entropy, commits, revisions and time. Each is to the scale that the row's label names;
/// what exceeds it has a cap of another colour.
void drawCurves(QPainter& painter, const TimelineScene& scene, uint32_t first, uint32_t last);

/// Commits are ticks to be counted where every step has room for all of its own, else bars.
[[nodiscard]] bool drawsCommitTicks(const TimelineGeometry& geometry, const TimelineScales& scales);

}  // namespace crystallite
