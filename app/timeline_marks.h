#pragma once

#include "app/run_marks.h"
#include "app/timeline_scene.h"
#include "engine/trace/canvas.h"

#include <QPointF>

#include <cstdint>
#include <optional>

class QPainter;

namespace crystallite {

/// Draws the loop range over all rows, a flag for every bookmark, and a disc at the row of every slot with a breakpoint, where
/// it stands on `canvas`, that of the cursor's `frame`.
void drawMarks(QPainter& painter, const TimelineScene& scene, const RunMarks& marks, const Canvas& canvas, uint32_t frame);

/// The bookmark whose flag is under a point, if there is one.
[[nodiscard]] std::optional<Bookmark> bookmarkAt(const TimelineGeometry& geometry, const RunMarks& marks, QPointF point);

}  // namespace crystallite
