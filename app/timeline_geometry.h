#pragma once

#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <optional>

namespace crystallite {

/// Where the timeline's tracks and frames lie, as a value. Frame f has the column f; frame 0 is the initial canvas, so that a run of n
/// steps has n + 1 columns of one width. Lengths in device-independent pixels.
struct TimelineGeometry {
    /// `lastFrame` counts planned steps while a run lasts, so that columns do not move when steps arrive.
    TimelineGeometry(QSizeF size, uint32_t lastFrame, uint32_t answerSlots);

    QRectF columns;  ///< all columns, over the full height of the tracks
    QRectF masked;
    QRectF entropy;
    QRectF commits;
    QRectF heatmap;
    uint32_t lastFrame = 0;
    uint32_t answerSlots = 0;

    [[nodiscard]] double columnWidth() const;
    /// Column of a frame, over the full height.
    [[nodiscard]] QRectF column(uint32_t frame) const;
    /// The part of a track that belongs to a frame.
    [[nodiscard]] QRectF cell(const QRectF& track, uint32_t frame) const;
    /// Nearest frame to an x; a drag may leave the columns at both ends.
    [[nodiscard]] uint32_t frameAt(double x) const;
    /// Index of the answer slot under a y inside the heatmap.
    [[nodiscard]] std::optional<uint32_t> answerSlotAt(double y) const;
    [[nodiscard]] QRectF heatmapRow(uint32_t answerSlot) const;
};

/// Width kept for the names of the tracks.
inline constexpr double kTrackLabelWidth = 84.0;

}  // namespace crystallite
