#include "app/elided_label.h"

#include <QEvent>
#include <QPainter>
#include <QStringList>
#include <QStyle>

#include <algorithm>

namespace crystallite {

void ElidedLabel::setNamedText(const QString& text) {
    setAccessibleName(text);
    setText(text);
}

void ElidedLabel::setHelp(const QString& help) {
    help_ = help;
}

void ElidedLabel::setLeastLetters(int letters) {
    leastLetters_ = letters;
    updateGeometry();
}

QSize ElidedLabel::minimumSizeHint() const {
    const QSize whole = QLabel::minimumSizeHint();
    return {std::min(whole.width(), leastLetters_ * fontMetrics().averageCharWidth()), whole.height()};
}

bool ElidedLabel::fits() const {
    return fontMetrics().horizontalAdvance(text()) <= contentsRect().width();
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment())), palette(),
                          isEnabled(), shown, foregroundRole());
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    update();
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        // Made when it is asked for, because the width decides.
        QStringList lines;
        if (!fits()) {
            lines << text();
        }
        if (!help_.isEmpty()) {
            lines << help_;
        }
        setToolTip(lines.join(QLatin1Char('\n')));
    }
    return QLabel::event(event);
}

}  // namespace crystallite
