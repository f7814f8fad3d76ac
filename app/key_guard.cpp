#include "app/key_guard.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>
#include <array>

namespace crystallite {
namespace {

bool isTyping(const QKeyEvent& event) {
    const bool command = event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    const bool leaves = event.key() == Qt::Key_Escape || (event.key() >= Qt::Key_F1 && event.key() <= Qt::Key_F35);
    return !command && !leaves;
}

bool isNavigation(const QKeyEvent& event) {
    constexpr std::array kKeys{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up,     Qt::Key_Down,
                               Qt::Key_Home, Qt::Key_End,   Qt::Key_PageUp, Qt::Key_PageDown};
    return std::find(kKeys.begin(), kKeys.end(), event.key()) != kKeys.end();
}

bool needsKey(const QObject& widget, const QKeyEvent& event) {
    if (qobject_cast<const QLineEdit*>(&widget) != nullptr || qobject_cast<const QAbstractSpinBox*>(&widget) != nullptr) {
        return isTyping(event);
    }
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(&widget)) {
        // Read-only text takes the keys that move and extend its selection, and no others.
        return text->isReadOnly() ? isNavigation(event) : isTyping(event);
    }
    if (qobject_cast<const QAbstractItemView*>(&widget) != nullptr) {
        return isNavigation(event) && isTyping(event);
    }
    if (qobject_cast<const QComboBox*>(&widget) != nullptr) {
        return isTyping(event) && (isNavigation(event) || event.key() == Qt::Key_Space);
    }
    return qobject_cast<const QAbstractButton*>(&widget) != nullptr && event.key() == Qt::Key_Space && isTyping(event);
}

}  // namespace

bool KeyGuard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && needsKey(*watched, static_cast<const QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace crystallite
