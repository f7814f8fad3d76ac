#include "app/elided_combo_box.h"

#include <QHelpEvent>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QToolTip>

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kFewestCharacters = 6;
constexpr int kMostCharacters = 32;

/// What a tool tip says of a text that is cut: all of it, then what it means.
void showWhole(const QEvent* event, QWidget* widget, const QString& whole) {
    const QString help = widget->toolTip();
    QToolTip::showText(static_cast<const QHelpEvent*>(event)->globalPos(), help.isEmpty() ? whole : whole + QLatin1Char('\n') + help,
                       widget);
}

}  // namespace

int ElidedComboBox::widthOf(int characters) const {
    QStyleOptionComboBox option;
    initStyleOption(&option);
    const QSize text(characters * fontMetrics().averageCharWidth(), fontMetrics().height());
    return style()->sizeFromContents(QStyle::CT_ComboBox, &option, text, this).width();
}

QSize ElidedComboBox::sizeHint() const {
    const int shown =
        widthOf(static_cast<int>(fontMetrics().horizontalAdvance(currentText()) / std::max(fontMetrics().averageCharWidth(), 1)) + 2);
    return {std::min(widthOf(kMostCharacters), shown), QComboBox::sizeHint().height()};
}

QSize ElidedComboBox::minimumSizeHint() const {
    const QSize whole = QComboBox::minimumSizeHint();
    return {std::min(widthOf(kFewestCharacters), whole.width()), whole.height()};
}

bool ElidedComboBox::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        showWhole(event, this, currentText());
        return true;
    }
    return QComboBox::event(event);
}

void ElidedComboBox::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    const QRect room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    option.currentText = fontMetrics().elidedText(option.currentText, Qt::ElideRight, room.width() - 2);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

}  // namespace crystallite
