#include "app/timeline_geometry.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

constexpr double kRightMargin = 14.0;
constexpr double kTopMargin = 6.0;
constexpr double kBottomMargin = 10.0;
constexpr double kTrackHeight = 19.0;
constexpr double kTrackGap = 5.0;

}  // namespace

TimelineGeometry::TimelineGeometry(QSizeF size, uint32_t lastFrameIn, uint32_t answerSlotsIn)
    : lastFrame(lastFrameIn), answerSlots(answerSlotsIn) {
    const double width = std::max(1.0, size.width() - kTrackLabelWidth - kRightMargin);
    const double height = std::max(1.0, size.height() - kTopMargin - kBottomMargin);
    columns = QRectF(kTrackLabelWidth, kTopMargin, width, height);
    double y = kTopMargin;
    for (QRectF* track : {&masked, &entropy, &commits}) {
        *track = QRectF(kTrackLabelWidth, y, width, kTrackHeight);
        y += kTrackHeight + kTrackGap;
    }
    heatmap = QRectF(kTrackLabelWidth, y, width, std::max(0.0, columns.bottom() - y));
}

double TimelineGeometry::columnWidth() const {
    return columns.width() / (lastFrame + 1);
}

QRectF TimelineGeometry::column(uint32_t frame) const {
    return cell(columns, frame);
}

QRectF TimelineGeometry::cell(const QRectF& track, uint32_t frame) const {
    return {columns.left() + frame * columnWidth(), track.top(), columnWidth(), track.height()};
}

uint32_t TimelineGeometry::frameAt(double x) const {
    const double index = std::floor((x - columns.left()) / columnWidth());
    return static_cast<uint32_t>(std::clamp(index, 0.0, static_cast<double>(lastFrame)));
}

std::optional<uint32_t> TimelineGeometry::answerSlotAt(double y) const {
    if (answerSlots == 0 || y < heatmap.top() || y >= heatmap.bottom()) {
        return std::nullopt;
    }
    const double share = (y - heatmap.top()) / heatmap.height();
    return std::min(answerSlots - 1, static_cast<uint32_t>(share * answerSlots));
}

QRectF TimelineGeometry::heatmapRow(uint32_t answerSlot) const {
    const double height = answerSlots == 0 ? 0.0 : heatmap.height() / answerSlots;
    return {heatmap.left(), heatmap.top() + answerSlot * height, heatmap.width(), height};
}

}  // namespace crystallite
