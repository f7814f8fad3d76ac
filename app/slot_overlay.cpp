#include "app/slot_overlay.h"

#include <QApplication>
#include <QKeyEvent>
#include <QWheelEvent>

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kGap = 6;  // between the slot and the panel

}  // namespace

SlotOverlay::SlotOverlay(QWidget* canvas) : QFrame(canvas) {
    setObjectName(QStringLiteral("slotOverlay"));
    setAttribute(Qt::WA_StyledBackground);
    setAutoFillBackground(true);
    setCursor(Qt::ArrowCursor);
    hide();
}

void SlotOverlay::placeBeside(QWidget& widget, const QRect& slot) {
    const QSize room = widget.parentWidget()->size();
    const int below = slot.bottom() + kGap;
    const bool fitsBelow = below + widget.height() <= room.height();
    const int above = slot.top() - kGap - widget.height();
    const int y = fitsBelow || above < 0 ? std::min(below, room.height() - widget.height()) : above;
    widget.move(std::clamp(slot.left(), 0, std::max(room.width() - widget.width(), 0)), std::max(y, 0));
}

void SlotOverlay::showBeside(const QRect& slot, QWidget* first) {
    slot_ = slot;
    before_ = QApplication::focusWidget();
    for (QWidget* child : findChildren<QWidget*>()) {
        child->installEventFilter(this);
    }
    show();
    raise();
    fitContent();
    first->setFocus(Qt::PopupFocusReason);
}

void SlotOverlay::fitContent() {
    adjustSize();
    placeBeside(*this, slot_);
}

void SlotOverlay::leave() {
    if (isHidden()) {
        return;
    }
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    if (hadFocus) {
        QWidget* target = before_ != nullptr && before_->isVisible() ? before_.data() : parentWidget();
        target->setFocus(Qt::PopupFocusReason);
    }
    Q_EMIT left();
}

void SlotOverlay::keyPressEvent(QKeyEvent* event) {
    event->accept();
}

void SlotOverlay::mousePressEvent(QMouseEvent* event) {
    event->accept();
}

void SlotOverlay::wheelEvent(QWheelEvent* event) {
    event->accept();
}

bool SlotOverlay::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (isKey && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();  // the window would stop a run
        if (event->type() == QEvent::KeyPress) {
            leave();
        }
        return true;
    }
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason) {
        // Where the focus went is known when this event is over.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!isAncestorOf(QApplication::focusWidget())) {
                    leave();
                }
            },
            Qt::QueuedConnection);
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace crystallite
