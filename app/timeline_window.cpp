#include "app/timeline_window.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

// What a page keeps of the one before it, so that the eye finds its place.
constexpr double kPageOverlap = 0.125;
// A column counts as shown although rounding has moved its edge a little.
constexpr double kRounding = 1e-6;

}  // namespace

TimeWindow::TimeWindow(uint32_t frames) : frames_(std::max<uint32_t>(1, frames)), span_(frames_) {}

uint32_t TimeWindow::first() const {
    return static_cast<uint32_t>(std::floor(begin_ + kRounding));
}

uint32_t TimeWindow::last() const {
    return std::min(frames_ - 1, static_cast<uint32_t>(std::max(0.0, std::ceil(end() - kRounding) - 1.0)));
}

bool TimeWindow::shows(uint32_t frame) const {
    return frame + kRounding >= begin_ && frame + 1.0 <= end() + kRounding;
}

TimeWindow TimeWindow::placed(double begin, double span) const {
    TimeWindow window(frames_);
    window.span_ = std::clamp(span, std::min<double>(kFewestColumns, frames_), static_cast<double>(frames_));
    window.begin_ = std::clamp(begin, 0.0, frames_ - window.span_);
    return window;
}

TimeWindow TimeWindow::withFrames(uint32_t frames) const {
    const TimeWindow line(frames);
    return isWhole() ? line : line.placed(begin_, span_);
}

TimeWindow TimeWindow::zoomed(double factor, double around) const {
    const double span = std::clamp(span_ / factor, std::min<double>(kFewestColumns, frames_), static_cast<double>(frames_));
    return placed(around - (around - begin_) * span / span_, span);
}

TimeWindow TimeWindow::panned(double columns) const {
    return placed(begin_ + columns, span_);
}

TimeWindow TimeWindow::over(uint32_t first, uint32_t last) const {
    const double wanted = last - first + 1.0;
    const double span = std::max(wanted, std::min<double>(kFewestColumns, frames_));
    return placed(first - (span - wanted) / 2, span);
}

TimeWindow TimeWindow::showing(uint32_t frame) const {
    return placed(std::clamp(begin_, frame + 1.0 - span_, static_cast<double>(frame)), span_);
}

TimeWindow TimeWindow::following(uint32_t frame) const {
    if (shows(frame)) {
        return *this;
    }
    return frame < begin_ ? placed(frame + 1.0 - span_ * (1.0 - kPageOverlap), span_) : placed(frame - span_ * kPageOverlap, span_);
}

}  // namespace crystallite
