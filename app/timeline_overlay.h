#pragma once

#include "app/timeline_scene.h"

#include <cstdint>
#include <optional>

class QPainter;

namespace crystallite {

/// Where the cursor, the pointer and the selection stand in the timeline.
struct TimelineCursor {
    uint32_t frame = 0;
    uint32_t lastFrame = 0;  ///< the last that exists; later columns are planned
    std::optional<uint32_t> hoveredFrame;
    std::optional<uint32_t> selectedSlot;  ///< by row of the heatmap
    std::optional<uint32_t> hoveredSlot;
    bool hasFocus = false;
};

/// Dims what lies behind the cursor in time, and marks the rows of the selected slot and of the one under the pointer.
void drawUnderMarks(QPainter& painter, const TimelineScene& scene, const TimelineCursor& cursor);
/// The box around the cursor's column with the number of its step. In the painter's font.
void drawCursor(QPainter& painter, const TimelineScene& scene, const TimelineCursor& cursor);

/// How far the cursor's drawing reaches beside its column.
inline constexpr int kCursorReach = 48;

}  // namespace crystallite
