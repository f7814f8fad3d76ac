#include "app/disclosure.h"

#include "app/shell_style.h"

#include <QEvent>

#include <cmath>

namespace crystallite {
namespace {

constexpr double kArrowSide = 13.0;  // beside text of the usual size

}  // namespace

Disclosure::Disclosure(const QString& text, QWidget* content, QWidget* parent) : QToolButton(parent), content_(content) {
    setObjectName(QStringLiteral("disclosure"));
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(this, &QToolButton::toggled, this, &Disclosure::refresh);
    refresh();
}

void Disclosure::refresh() {
    const auto side = static_cast<int>(std::lround(kArrowSide * textScale()));
    setIconSize(QSize(side, side));
    setArrowType(isChecked() ? Qt::DownArrow : layoutDirection() == Qt::LeftToRight ? Qt::RightArrow : Qt::LeftArrow);
    if (content_ != nullptr) {
        content_->setVisible(isChecked());
    }
}

void Disclosure::changeEvent(QEvent* event) {
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::FontChange) {
        refresh();
    }
}

}  // namespace crystallite
