#include "app/timeline_geometry.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

constexpr double kUsualLine = 14.0;  // height of a line at the usual type size, which all lengths below are meant for
constexpr double kRightMargin = 14.0;
constexpr double kTopMargin = 4.0;
constexpr double kOverviewGap = 4.0;
constexpr double kOverviewHeight = 5.0;
constexpr double kBottomMargin = 4.0;
constexpr double kNameWidth = 92.0;
constexpr double kNameAndValueWidth = 146.0;
constexpr double kWideEnoughForValues = 560.0;
constexpr double kLeastHeatmap = 26.0;
constexpr double kFoldedHeatmap = 13.0;
constexpr double kNarrowColumn = 4.0;  // below this a gap would eat the column

struct Row {
    Track track;
    double height;
    double gap;  // below it
};
constexpr std::array<Row, kTracks - 1> kRows{{{Track::Blocks, 13, 0},
                                              {Track::Steps, 14, 1},
                                              {Track::Marks, 13, 3},
                                              {Track::Masked, 18, 4},
                                              {Track::Entropy, 18, 4},
                                              {Track::Commits, 14, 4},
                                              {Track::Revisions, 13, 3},
                                              {Track::Time, 14, 5}}};
// Missed least first.
constexpr std::array kDropped{Track::Time, Track::Marks, Track::Revisions, Track::Blocks};

using Wanted = std::array<bool, kTracks>;

bool& at(Wanted& wanted, Track track) {
    return wanted[static_cast<size_t>(track)];
}

double heightOf(const Wanted& wanted, double scale) {
    double height = kTopMargin;
    for (const Row& row : kRows) {
        height += wanted[static_cast<size_t>(row.track)] ? (row.height + row.gap) * scale : 0.0;
    }
    return height;
}

double below() {
    return kOverviewGap + kOverviewHeight + kBottomMargin;
}

Wanted rowsThatFit(const TimelineShape& shape, double scale) {
    Wanted wanted;
    wanted.fill(true);
    at(wanted, Track::Blocks) = shape.hasBlocks;
    const double heatmap = (shape.foldsHeatmap ? kFoldedHeatmap : kLeastHeatmap) * scale;
    for (const Track track : kDropped) {
        if (heightOf(wanted, scale) + heatmap + below() > shape.size.height()) {
            at(wanted, track) = false;
        }
    }
    return wanted;
}

}  // namespace

TimelineGeometry::TimelineGeometry(const TimelineShape& shape) : shape_(shape) {
    const double scale = shape.lineHeight / kUsualLine;
    labelsHaveValues_ = shape.size.width() >= kWideEnoughForValues * scale;
    const double left = snapped((labelsHaveValues_ ? kNameAndValueWidth : kNameWidth) * scale);
    const double width = std::max(1.0, snapped(shape.size.width() - kRightMargin) - left);
    const double bottom = std::max(kTopMargin + 1.0, shape.size.height() - below());
    Wanted wanted = rowsThatFit(shape, scale);
    double y = kTopMargin;
    for (const Row& row : kRows) {
        if (at(wanted, row.track)) {
            const double top = snapped(y);
            tracks_[static_cast<size_t>(row.track)] = QRectF(left, top, width, snapped(y + row.height * scale) - top);
            y += (row.height + row.gap) * scale;
        }
    }
    const double top = snapped(y);
    const double tallest = shape.foldsHeatmap ? std::min(bottom, top + kFoldedHeatmap * scale) : bottom;
    tracks_[static_cast<size_t>(Track::Heatmap)] = QRectF(left, top, width, std::max(0.0, snapped(tallest) - top));
    columns_ = QRectF(left, kTopMargin, width, std::max(1.0, std::max(snapped(tallest), top) - kTopMargin));
    overview_ = QRectF(left, columns_.bottom() + kOverviewGap, width, kOverviewHeight);
}

double TimelineGeometry::foldedHeight(double lineHeight, bool hasBlocks) {
    const double scale = lineHeight / kUsualLine;
    Wanted wanted;
    wanted.fill(true);
    at(wanted, Track::Blocks) = hasBlocks;
    return heightOf(wanted, scale) + kFoldedHeatmap * scale + below();
}

std::optional<Track> TimelineGeometry::trackAt(double y) const {
    for (size_t index = 0; index < kTracks; ++index) {
        const QRectF& rect = tracks_[index];
        if (!rect.isEmpty() && y >= rect.top() && y < rect.bottom()) {
            return static_cast<Track>(index);
        }
    }
    return std::nullopt;
}

QRectF TimelineGeometry::overviewThumb() const {
    const double share = overview_.width() / shape_.window.frames();
    return {overview_.left() + shape_.window.begin() * share, overview_.top(), shape_.window.span() * share, overview_.height()};
}

double TimelineGeometry::overviewColumnAt(double x) const {
    return (x - overview_.left()) / overview_.width() * shape_.window.frames();
}

double TimelineGeometry::snapped(double length) const {
    return std::round(length * shape_.pixelRatio) / shape_.pixelRatio;
}

double TimelineGeometry::edge(uint32_t frame) const {
    // From the left end of the columns, which lies on a pixel, so that the heatmap's picture has the same edges.
    return columns_.left() + snapped((frame - shape_.window.begin()) * columnWidth());
}

QRectF TimelineGeometry::column(uint32_t frame) const {
    const double left = edge(frame);
    return {left, columns_.top(), std::max(edge(frame + 1) - left, 1.0 / shape_.pixelRatio), columns_.height()};
}

QRectF TimelineGeometry::cell(Track wanted, uint32_t frame) const {
    const QRectF across = column(frame);
    return {across.left(), track(wanted).top(), across.width(), track(wanted).height()};
}

QRectF TimelineGeometry::bar(Track wanted, uint32_t frame) const {
    return cell(wanted, frame).adjusted(0, 0, -gap(), 0);
}

double TimelineGeometry::gap() const {
    return columnWidth() < kNarrowColumn ? 0.0 : std::max(1.0, std::round(shape_.pixelRatio)) / shape_.pixelRatio;
}

uint32_t TimelineGeometry::frameAt(double x) const {
    const double index = std::floor(columnAt(x));
    return static_cast<uint32_t>(std::clamp(index, static_cast<double>(shape_.window.first()), static_cast<double>(shape_.window.last())));
}

std::optional<uint32_t> TimelineGeometry::answerSlotAt(double y) const {
    const QRectF& heatmap = track(Track::Heatmap);
    if (shape_.answerSlots == 0 || y < heatmap.top() || y >= heatmap.bottom()) {
        return std::nullopt;
    }
    const double share = (y - heatmap.top()) / heatmap.height();
    return std::min(shape_.answerSlots - 1, static_cast<uint32_t>(share * shape_.answerSlots));
}

QRectF TimelineGeometry::heatmapRow(uint32_t answerSlot) const {
    const QRectF& heatmap = track(Track::Heatmap);
    const double height = shape_.answerSlots == 0 ? 0.0 : heatmap.height() / shape_.answerSlots;
    return {heatmap.left(), heatmap.top() + answerSlot * height, heatmap.width(), height};
}

}  // namespace crystallite
