#include "app/steady_box.h"

#include <QEvent>

namespace crystallite {

SteadyBox::SteadyBox(QWidget* content) : QWidget(content->parentWidget()), content_(content) {
    const bool isHidden = content->isHidden() && content->testAttribute(Qt::WA_WState_ExplicitShowHide);
    content->setParent(this);
    content->installEventFilter(this);
    content->setVisible(!isHidden);
    setVisible(!isHidden);
    refresh();
}

int SteadyBox::heightForWidth(int width) const {
    if (!content_->hasHeightForWidth()) {
        return -1;
    }
    auto found = heights_.find(width);
    if (found == heights_.end()) {
        found = heights_.insert(width, content_->heightForWidth(width));
    }
    return *found;
}

/// Digits are not all of one width: a line that needs a little less than before keeps its room.
QSize SteadyBox::steady(QSize before, QSize now) const {
    if (content_->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored) {
        return {0, now.height()};
    }
    const bool isALittleLess = now.width() < before.width() && 4 * now.width() > 3 * before.width();
    return {isALittleLess ? before.width() : now.width(), now.height()};
}

void SteadyBox::refresh() {
    const int before = heights_.value(width(), -1);
    heights_.clear();
    const bool wraps = content_->hasHeightForWidth();
    const QSize least = steady(least_, content_->minimumSizeHint().expandedTo(content_->minimumSize()));
    // What wraps takes the width that it is given.
    const QSize hint = wraps ? least : steady(hint_, content_->sizeHint().expandedTo(least));
    const bool isSame = least == least_ && hint == hint_ && sizePolicy() == content_->sizePolicy() &&
                        (!wraps || (before >= 0 && before == heightForWidth(width())));
    hint_ = hint;
    least_ = least;
    if (!isSame) {
        setSizePolicy(content_->sizePolicy());
        updateGeometry();
    }
}

bool SteadyBox::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) {
        refresh();
    }
    return QWidget::event(event);
}

bool SteadyBox::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::HideToParent || event->type() == QEvent::ShowToParent) {
        setVisible(event->type() == QEvent::ShowToParent);
    }
    return QWidget::eventFilter(watched, event);
}

void SteadyBox::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    content_->setGeometry(rect());
}

/// What changed while the box was out of sight was not told.
void SteadyBox::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

}  // namespace crystallite
