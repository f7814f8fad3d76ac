#include "app/canvas/canvas_overlay.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/canvas/slot_names.h"
#include "app/run_document.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>
#include <optional>

// The half of CanvasWidget that turns keys, clicks and the wheel into selection, scrolling and zoom.

namespace crystallite {

namespace {

constexpr double kZoomFactor = 1.1;  // of one key press or one notch of the wheel

std::optional<Direction> directionOf(const QKeyEvent& event) {
    if ((event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) != Qt::NoModifier) {
        return std::nullopt;
    }
    switch (event.key()) {
        case Qt::Key_Left: return Direction::Left;
        case Qt::Key_Right: return Direction::Right;
        case Qt::Key_Up: return Direction::Up;
        case Qt::Key_Down: return Direction::Down;
        default: return std::nullopt;
    }
}

bool isActivation(const QKeyEvent& event) {
    return (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) && (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
}

}  // namespace

bool CanvasWidget::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // The window's menu steps with the same arrows; inside the canvas they move the selection.
        const auto* key = static_cast<QKeyEvent*>(event);
        if (directionOf(*key) || isActivation(*key)) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        showToolTip(*static_cast<QHelpEvent*>(event));
        return true;
    }
    return QWidget::event(event);
}

void CanvasWidget::showToolTip(const QHelpEvent& event) {
    if (view_->isEmpty()) {
        QToolTip::hideText();
        return;
    }
    const Trace& trace = document()->trace();
    const uint32_t frame = document()->frame();
    if (const auto position = view_->slotAt(event.pos())) {
        const auto fold = view_->layout().foldAt(*position);
        const QString text = fold ? foldToolTip(trace, frame, *fold) : slotToolTip(trace, frame, *position);
        QToolTip::showText(event.globalPos(), text, this, slotRect(*position));
    } else if (const QRectF gauge = thermometerTrack(size()).adjusted(-4, 0, 6, 0); gauge.contains(event.pos())) {
        QToolTip::showText(event.globalPos(), maskedToolTip(trace, frame), this, gauge.toAlignedRect());
    } else {
        QToolTip::hideText();
    }
}

void CanvasWidget::keyPressEvent(QKeyEvent* event) {
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    if (const auto direction = directionOf(*event); direction && moveSelection(*direction, extends)) {
        return;
    }
    if (core() != nullptr && keyCore(*core(), *event)) {
        return;
    }
    if (isActivation(*event) && !view_->isEmpty() && document()->selectedSlot()) {
        Q_EMIT slotActivated(*document()->selectedSlot());
    } else if (event->matches(QKeySequence::ZoomIn)) {
        zoomBy(kZoomFactor);
    } else if (event->matches(QKeySequence::ZoomOut)) {
        zoomBy(1.0 / kZoomFactor);
    } else if (event->key() == Qt::Key_0 && event->modifiers() == Qt::ControlModifier) {
        setTextZoom(1.0);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void CanvasWidget::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::MiddleButton && core() == nullptr) {
        panFrom_ = event->position();
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton || view_->isEmpty()) {
        QWidget::mousePressEvent(event);
        return;
    }
    if (core() != nullptr) {
        drag_.press(*event);
        return;
    }
    const auto position = view_->slotAt(event->position());
    if (position && view_->layout().foldAt(*position)) {
        setFoldsEnds(false);
    }
    if (position && event->modifiers().testFlag(Qt::ShiftModifier)) {
        document()->extendSelection(*position);
    } else {
        document()->selectSlot(position);
    }
    selecting_ = position.has_value();
}

void CanvasWidget::mouseReleaseEvent(QMouseEvent* event) {
    selecting_ = selecting_ && event->button() != Qt::LeftButton;
    if (event->button() == Qt::MiddleButton) {
        panFrom_.reset();
        unsetCursor();
    } else if (event->button() == Qt::LeftButton && drag_.release() && !view_->isEmpty()) {
        document()->selectSlot(view_->slotAt(event->position()));
    }
}

void CanvasWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    if (core() != nullptr) {
        core()->resetView();
    } else if (const auto position = view_->slotAt(event->position())) {
        Q_EMIT slotActivated(*position);
    }
}

void CanvasWidget::mouseMoveEvent(QMouseEvent* event) {
    if (panFrom_) {
        view_->scrollBy(*panFrom_ - event->position());
        panFrom_ = event->position();
        return;
    }
    if (selecting_) {
        dragSelection(event->position());
    }
    if (core() == nullptr || !drag_.move(*core(), *event)) {
        view_->setHovered(view_->slotAt(event->position()));
    }
}

void CanvasWidget::leaveEvent(QEvent*) {
    view_->setHovered(std::nullopt);
}

void CanvasWidget::wheelEvent(QWheelEvent* event) {
    const QPointF notches = QPointF(event->angleDelta()) / 120.0;
    if (core() != nullptr) {
        wheelCore(*core(), *event);
    } else if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomBy(std::pow(kZoomFactor, notches.y()), event->position());
    } else {
        QPointF pixels = event->pixelDelta().isNull() ? notches * (3.0 * fontMetrics().height()) : QPointF(event->pixelDelta());
        if (event->modifiers().testFlag(Qt::ShiftModifier)) {
            pixels = pixels.transposed();  // a mouse with one wheel
        }
        view_->scrollBy(-pixels);
    }
    event->accept();
}

void CanvasWidget::focusInEvent(QFocusEvent*) {
    view_->setFocused(true);
}

void CanvasWidget::focusOutEvent(QFocusEvent*) {
    view_->setFocused(false);
}

}  // namespace crystallite
