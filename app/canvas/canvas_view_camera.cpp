#include "app/canvas/canvas_overlay.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"

#include <algorithm>
#include <cmath>

// The half of CanvasView that says which part of the content is in view, and how large.

namespace crystallite {

namespace {

constexpr double kScrollMargin = 24.0;  // kept between the selected slot and the edge

/// How far `from` .. `to` has to be scrolled to lie within 0 .. `length`.
double scrollToReach(double from, double to, double length) {
    if (from - kScrollMargin < 0.0) {
        return from - kScrollMargin;
    }
    return std::max(to + kScrollMargin - length, 0.0);
}

}  // namespace

void CanvasView::setTextZoom(double zoom, QPointF anchor) {
    const auto kept = layout().nearestSlot(anchor + scroll_);
    const QPointF before = kept ? layout().slot(*kept).center() - scroll_ : QPointF();
    textZoom_ = std::clamp(zoom, kLeastZoom, kMostZoom);
    fitsRun_ = false;
    forgetLayout();
    if (kept) {
        keepInView(*kept, before);
    }
}

void CanvasView::setTextZoom(double zoom) {
    QPointF anchor(viewport_.width() / 2.0, viewport_.height() / 2.0);
    if (const auto selected = isEmpty() ? std::nullopt : document_->selectedSlot()) {
        const QRectF rect = slotRect(*selected);
        anchor = QRectF(QPointF(), viewport_).contains(rect.center()) ? rect.center() : anchor;
    }
    setTextZoom(zoom, anchor);
}

void CanvasView::keepInView(uint32_t position, QPointF before) {
    scrollBy(layout().slot(position).center() - before - scroll_);
}

double CanvasView::textZoom() {
    return layout().zoom();
}

void CanvasView::setFitsRun() {
    fitsRun_ = true;
    forgetLayout();
}

void CanvasView::zoomToSlot(uint32_t position) {
    if (position >= layout().size()) {
        return;
    }
    const double usual = static_cast<double>(layout().answerPixels()) / layout().zoom();
    setTextZoom(std::max(1.0, static_cast<double>(CanvasLayout::kLargestType) / usual));
    keepInView(position, QPointF(viewport_.width() / 2.0, viewport_.height() / 2.0));
}

QPointF CanvasView::greatestScroll() {
    const QSizeF content = layout().contentSize();
    const double foot = isLit() ? kCaptionHeight : 0.0;
    return {std::max(0.0, std::ceil(content.width() - viewport_.width())),
            std::max(0.0, std::ceil(content.height() + foot - viewport_.height()))};
}

QPointF CanvasView::drawnScroll() const {
    return {std::round(scroll_.x() * devicePixelRatio_) / devicePixelRatio_,
            std::round(scroll_.y() * devicePixelRatio_) / devicePixelRatio_};
}

void CanvasView::scrollBy(QPointF pixels) {
    const QPointF greatest = greatestScroll();
    const QPointF wanted(std::clamp(scroll_.x() + pixels.x(), 0.0, greatest.x()), std::clamp(scroll_.y() + pixels.y(), 0.0, greatest.y()));
    if (wanted != scroll_) {
        scroll_ = wanted;
        Q_EMIT changed();
    }
}

void CanvasView::scrollToSlot(uint32_t position) {
    if (core() != nullptr) {
        core_->reveal(position);
        return;
    }
    if (position >= layout().size()) {
        return;
    }
    const QRectF rect = slotRect(position);
    const double foot = isLit() ? kCaptionHeight : 0.0;
    scrollBy(
        {scrollToReach(rect.left(), rect.right(), viewport_.width()), scrollToReach(rect.top(), rect.bottom(), viewport_.height() - foot)});
}

std::optional<uint32_t> CanvasView::slotAt(QPointF viewportPoint) {
    return core() != nullptr ? core_->slotAt(viewportPoint) : layout().slotAt(viewportPoint + scroll_);
}

QRectF CanvasView::slotRect(uint32_t position) {
    if (core() != nullptr) {
        return core_->slotRect(position);
    }
    return position < layout().size() ? layout().slot(position).translated(-scroll_) : QRectF();
}

}  // namespace crystallite
