#include "app/canvas/canvas_surface.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QTimerEvent>

#include <utility>

namespace crystallite {

CanvasSurface::CanvasSurface(QWidget* parent) : QQuickWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setResizeMode(QQuickWidget::SizeRootObjectToView);
}

void CanvasSurface::drawWithTheWindow() {
    if (!std::exchange(isAsked_, true)) {
        // Behind what is happening, before the widgets are painted: Qt posts that with a low priority.
        QMetaObject::invokeMethod(this, &CanvasSurface::drawNow, Qt::QueuedConnection);
    }
}

/// The only timer of a QQuickWidget is the pause before it draws: it ends now. Where there is none, nothing waits to be drawn.
void CanvasSurface::drawNow() {
    isAsked_ = false;
    const auto timers = QAbstractEventDispatcher::instance()->registeredTimers(this);
    for (const QAbstractEventDispatcher::TimerInfo& timer : timers) {
        QTimerEvent due(timer.timerId);
        QCoreApplication::sendEvent(this, &due);
    }
}

}  // namespace crystallite
