#include "app/memory_bar.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace crystallite {
namespace {

constexpr double kTop = 3.0;
constexpr double kHeight = 8.0;
constexpr double kRadius = 3.0;

}  // namespace

MemoryBar::MemoryBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MemoryBar::setShare(const MemoryShare& share) {
    share_ = share;
    update();
}

void MemoryBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(0.5, kTop, width() - 1.0, kHeight);
    QPainterPath outline;
    outline.addRoundedRect(track, kRadius, kRadius);
    painter.fillPath(outline, palette().color(QPalette::Button));
    const uint64_t longest = std::max({share_.withMargin(), share_.offered, uint64_t{1}});
    const auto at = [&](uint64_t bytes) {
        return track.left() + track.width() * static_cast<double>(bytes) / static_cast<double>(longest);
    };
    painter.save();
    painter.setClipPath(outline);
    const QColor accent = palette().color(share_.fits() ? QPalette::Highlight : QPalette::BrightText);
    const auto segment = [&](uint64_t begin, uint64_t end, const QBrush& brush) {
        painter.fillRect(QRectF(at(begin), track.top(), at(end) - at(begin), track.height()), brush);
    };
    QColor lighter = accent;
    lighter.setAlphaF(0.55F);
    segment(0, share_.weights, accent);
    segment(share_.weights, share_.total(), QBrush(lighter, Qt::Dense4Pattern));
    segment(share_.total(), share_.withMargin(), QBrush(accent, Qt::BDiagPattern));
    painter.restore();
    if (!share_.fits()) {
        // Where the offer ends; a bar that fits ends there itself.
        const double end = at(share_.offered);
        painter.fillRect(QRectF(end - 1.0, 0.0, 2.0, height()), palette().color(QPalette::WindowText));
    }
}

}  // namespace crystallite
