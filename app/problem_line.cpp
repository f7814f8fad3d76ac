#include "app/problem_line.h"

#include "app/shell_style.h"

#include <QLayout>

namespace crystallite {

ProblemLine::ProblemLine(QWidget* parent) : QLabel(parent) {
    setStyleClass(this, style_class::kWarning);
    setWordWrap(true);
    hide();
}

void ProblemLine::tell(const QString& sentence) {
    setText(sentence);
    setAccessibleName(sentence);
    setVisible(!sentence.isEmpty());
    // A wrapped text has no height of its own, so the layout alone would cut it.
    if (QLayout* layout = window()->layout(); layout != nullptr && layout->hasHeightForWidth()) {
        layout->activate();
        window()->resize(window()->width(), layout->totalHeightForWidth(window()->width()));
    }
}

}  // namespace crystallite
