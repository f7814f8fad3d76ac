#include "app/disclosure.h"

#include <QEvent>

namespace crystallite {

Disclosure::Disclosure(const QString& text, QWidget* content, QWidget* parent) : QToolButton(parent), content_(content) {
    setObjectName(QStringLiteral("disclosure"));
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize(QSize(8, 8));
    connect(this, &QToolButton::toggled, this, &Disclosure::refresh);
    refresh();
}

void Disclosure::refresh() {
    setArrowType(isChecked() ? Qt::DownArrow : layoutDirection() == Qt::LeftToRight ? Qt::RightArrow : Qt::LeftArrow);
    if (content_ != nullptr) {
        content_->setVisible(isChecked());
    }
}

void Disclosure::changeEvent(QEvent* event) {
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange) {
        refresh();
    }
}

}  // namespace crystallite
