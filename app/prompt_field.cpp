#include "app/prompt_field.h"

#include <QEvent>
#include <QFontDatabase>

namespace crystallite {

PromptField::PromptField(QWidget* parent) : QPlainTextEdit(parent) {
    setAccessibleName(tr("Prompt"));
    setTabChangesFocus(true);
    setBoard(false);
    fitHeight();
}

void PromptField::setBoard(bool isBoard) {
    QFont typeface;  // no more than the family, so that the size grows with the text of the window
    if (isBoard) {
        typeface.setFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
    }
    setFont(typeface);
    setPlaceholderText(isBoard ? tr("The puzzle: one character a cell, . for an open one") : tr("What the text starts with"));
}

void PromptField::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitHeight();
    }
}

/// Four lines and a half: that there is more shows.
void PromptField::fitHeight() {
    constexpr int kAroundText = 18;  // frame and padding
    setFixedHeight(fontMetrics().lineSpacing() * 9 / 2 + kAroundText);
}

}  // namespace crystallite
