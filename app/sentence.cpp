#include "app/sentence.h"

#include <QEvent>

#include <algorithm>

namespace crystallite {

Sentence::Sentence(QWidget* parent) : QLabel(parent) {
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void Sentence::refresh() const {
    if (measured_ != text()) {
        measured_ = text();
        heights_.clear();
        least_ = QSize();
    }
}

int Sentence::heightForWidth(int width) const {
    refresh();
    auto found = heights_.find(width);
    if (found == heights_.end()) {
        found = heights_.insert(width, QLabel::heightForWidth(width));
    }
    return *found;
}

QSize Sentence::minimumSizeHint() const {
    refresh();
    if (!least_.isValid()) {
        const QFontMetrics metrics = fontMetrics();
        int widest = 0;
        for (const QStringView word : QStringView(measured_).split(QLatin1Char(' '))) {
            // A word can only be wider when it has letters enough; shaping every one would cost as much as the text.
            if (static_cast<int>(word.size()) * metrics.maxWidth() > widest) {
                widest = std::max(widest, metrics.horizontalAdvance(word.toString()));
            }
        }
        const QMargins margins = contentsMargins();
        const int around = 2 * (margin() + frameWidth());
        least_ =
            QSize(widest + margins.left() + margins.right() + around, metrics.lineSpacing() + margins.top() + margins.bottom() + around);
    }
    return least_;
}

void Sentence::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measured_ = QString();
        heights_.clear();
        least_ = QSize();
    }
}

}  // namespace crystallite
