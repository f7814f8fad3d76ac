#pragma once

#include "app/run_marks.h"
#include "app/timeline_scene.h"

#include <QPointF>

#include <cstdint>
#include <optional>

class QPainter;

namespace crystallite {

/// Draws the loop range over all rows, a flag for every bookmark, and a disc at the row of every slot with a breakpoint. `firstSlot` is the
/// canvas position of the heatmap's first row; `frame` is where the cursor stands.
void drawMarks(QPainter& painter, const TimelineScene& scene, const RunMarks& marks, uint32_t firstSlot, uint32_t frame);

/// The bookmark whose flag is under a point, if there is one.
[[nodiscard]] std::optional<Bookmark> bookmarkAt(const TimelineGeometry& geometry, const RunMarks& marks, QPointF point);

}  // namespace crystallite
