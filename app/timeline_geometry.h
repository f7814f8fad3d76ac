#pragma once

#include "app/timeline_window.h"

#include <QRectF>
#include <QSizeF>

#include <array>
#include <cstdint>
#include <optional>

namespace crystallite {

/// The rows of the timeline from top to bottom.
enum class Track : uint8_t {
    Blocks,     ///< ruler: outer blocks
    Steps,      ///< ruler: step numbers
    Marks,      ///< bookmarks and the loop range
    Masked,     ///< masked share of the answer
    Entropy,    ///< mean over the open slots
    Commits,    ///< per step
    Revisions,  ///< remasks, edits, inserts, deletes
    Time,       ///< milliseconds per step
    Heatmap,    ///< position x step
};
inline constexpr size_t kTracks = 9;

/// What decides where everything lies.
struct TimelineShape {
    QSizeF size;
    TimeWindow window;
    uint32_t answerSlots = 0;
    bool hasBlocks = false;     ///< more than one, so that their ruler is worth a row
    bool foldsHeatmap = false;  ///< one line in place of a picture
    double lineHeight = 14.0;   ///< of the labels' type; every row follows it
    double pixelRatio = 1.0;    ///< device pixels per unit; edges lie on whole ones
};

/// Where the timeline's rows and frames lie, as a value. Frame 0 is the initial canvas, so that a run of n steps has n + 1 columns of one
/// width. Lengths in device-independent pixels. Where the height is too small for all rows, those that are missed least have none.
class TimelineGeometry {
public:
    explicit TimelineGeometry(const TimelineShape& shape);

    [[nodiscard]] const TimelineShape& shape() const { return shape_; }
    [[nodiscard]] const TimeWindow& window() const { return shape_.window; }
    /// All columns that are in view, over the full height of the rows.
    [[nodiscard]] const QRectF& columns() const { return columns_; }
    [[nodiscard]] const QRectF& track(Track track) const { return tracks_[static_cast<size_t>(track)]; }
    [[nodiscard]] bool shows(Track wanted) const { return !track(wanted).isEmpty(); }
    [[nodiscard]] std::optional<Track> trackAt(double y) const;
    /// The strip below that stands for the whole run, and the part of it that is in view.
    [[nodiscard]] const QRectF& overview() const { return overview_; }
    [[nodiscard]] QRectF overviewThumb() const;
    [[nodiscard]] double overviewColumnAt(double x) const;
    /// There is room for the value at the cursor beside the name of a row.
    [[nodiscard]] bool labelsHaveValues() const { return labelsHaveValues_; }

    [[nodiscard]] double columnWidth() const { return columns_.width() / shape_.window.span(); }
    /// Of a point of the line of columns; may lie outside the view.
    [[nodiscard]] double xOf(double column) const { return columns_.left() + (column - shape_.window.begin()) * columnWidth(); }
    /// Left edge of a frame's column, on a device pixel.
    [[nodiscard]] double edge(uint32_t frame) const;
    /// Column of a frame, over the full height; never narrower than a device pixel.
    [[nodiscard]] QRectF column(uint32_t frame) const;
    /// The part of a row that belongs to a frame.
    [[nodiscard]] QRectF cell(Track track, uint32_t frame) const;
    /// The same without the gap that keeps columns apart, where they are wide enough for one.
    [[nodiscard]] QRectF bar(Track track, uint32_t frame) const;
    /// Width of that gap; 0 without one.
    [[nodiscard]] double gap() const;
    /// Nearest length of whole device pixels.
    [[nodiscard]] double snapped(double length) const;

    /// Point of the line of columns under an x.
    [[nodiscard]] double columnAt(double x) const { return shape_.window.begin() + (x - columns_.left()) / columnWidth(); }
    /// Frame in view that is nearest to an x; a drag may leave the columns at both ends.
    [[nodiscard]] uint32_t frameAt(double x) const;
    /// Index of the answer slot under a y inside the heatmap.
    [[nodiscard]] std::optional<uint32_t> answerSlotAt(double y) const;
    [[nodiscard]] QRectF heatmapRow(uint32_t answerSlot) const;

    /// Height with a folded heatmap; the tracks need no more.
    [[nodiscard]] static double foldedHeight(double lineHeight, bool hasBlocks);

private:
    TimelineShape shape_;
    QRectF columns_;
    QRectF overview_;
    std::array<QRectF, kTracks> tracks_;
    bool labelsHaveValues_ = false;
};

}  // namespace crystallite
