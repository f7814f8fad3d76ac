#pragma once

#include "app/timeline_scene.h"

#include <cstdint>

class QPainter;

namespace crystallite {

/// Draws the outer blocks with their numbers and borders through all rows, and the numbers of the steps. In the painter's font.
void drawRuler(QPainter& painter, const TimelineScene& scene);
/// One of the blocks again, after it has grown.
void drawBlock(QPainter& painter, const TimelineScene& scene, const BlockSpan& span);

/// Draws the strip that stands for the whole run; nothing while all of it is in view anyway.
void drawOverview(QPainter& painter, const TimelineScene& scene, uint32_t frame);

}  // namespace crystallite
