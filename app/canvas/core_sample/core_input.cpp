#include "app/canvas/core_sample/core_input.h"

#include "app/canvas/core_sample/core_sample.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QKeySequence>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>

#include <cmath>

namespace crystallite {

namespace {

constexpr float kRadiansPerPixel = 0.0075F;
constexpr double kPixelsPerNotch = 60.0;  // of a touch pad

bool orbitKey(CoreSample& core, int key) {
    switch (key) {
        case Qt::Key_Left: core.orbit(-CoreSample::kOrbitStep, 0.0F); return true;
        case Qt::Key_Right: core.orbit(CoreSample::kOrbitStep, 0.0F); return true;
        case Qt::Key_Up: core.orbit(0.0F, CoreSample::kOrbitStep); return true;
        case Qt::Key_Down: core.orbit(0.0F, -CoreSample::kOrbitStep); return true;
        case Qt::Key_Plus:
        case Qt::Key_Equal: core.dolly(CoreSample::kDollyStep); return true;
        case Qt::Key_Minus: core.dolly(1.0F / CoreSample::kDollyStep); return true;
        case Qt::Key_Home: core.resetView(); return true;
        default: return false;
    }
}

}  // namespace

void CoreDrag::press(const QMouseEvent& event) {
    from_ = pressed_ = event.position();
    turning_ = false;
}

bool CoreDrag::move(CoreSample& core, const QMouseEvent& event) {
    if (!from_) {
        return false;
    }
    const QPointF away = event.position() - pressed_;
    turning_ = turning_ || away.manhattanLength() >= QGuiApplication::styleHints()->startDragDistance();
    if (turning_) {
        const QPointF by = event.position() - *from_;
        from_ = event.position();
        // The block follows the hand: what is dragged right turns right, and the eye goes the other way.
        core.orbit(-kRadiansPerPixel * static_cast<float>(by.x()), kRadiansPerPixel * static_cast<float>(by.y()));
    }
    return turning_;
}

bool CoreDrag::release() {
    const bool click = from_.has_value() && !turning_;
    from_.reset();
    turning_ = false;
    return click;
}

void wheelCore(CoreSample& core, const QWheelEvent& event) {
    const double notches = event.pixelDelta().isNull() ? event.angleDelta().y() / 120.0 : event.pixelDelta().y() / kPixelsPerNotch;
    core.dolly(std::pow(CoreSample::kDollyStep, static_cast<float>(notches)), event.position());
}

bool keyCore(CoreSample& core, const QKeyEvent& event) {
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    if (modifiers == Qt::AltModifier) {
        return orbitKey(core, event.key());
    }
    if (event.matches(QKeySequence::ZoomIn)) {
        core.dolly(CoreSample::kDollyStep);
    } else if (event.matches(QKeySequence::ZoomOut)) {
        core.dolly(1.0F / CoreSample::kDollyStep);
    } else if (event.key() == Qt::Key_0 && modifiers == Qt::ControlModifier) {
        core.resetView();
    } else {
        return false;
    }
    return true;
}

}  // namespace crystallite
