#include "app/reading_view.h"

#include "app/answer_text.h"
#include "app/elided_label.h"
#include "app/reading_edit.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/steady_box.h"
#include "app/step_summary.h"
#include "app/token_text.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kPauseMs = 100;
constexpr int kMostPauseMs = 400;
constexpr int kRestOfCost = 50;  // a pause is so many times as long as the refresh before it took

}  // namespace

ReadingView::ReadingView(RunDocument& document, QWidget* parent) : QWidget(parent), document_(document) {
    caption_ = makeCaption(tr("Reading view"), this);
    text_ = new ReadingEdit(this);
    text_->setObjectName(QStringLiteral("reading"));
    text_->setAccessibleName(tr("Reading view: text of this step"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(28, 10, 28, 8);
    layout->setSpacing(6);
    changes_ = new ElidedLabel(this);
    changes_->setObjectName(QStringLiteral("changedWords"));
    setStyleClass(changes_, style_class::kMuted);
    changes_->hide();
    auto* captions = new QHBoxLayout;
    captions->setSpacing(14);
    captions->addWidget(new SteadyBox(caption_));
    end_ = new ElidedLabel(this);
    end_->setObjectName(QStringLiteral("answerEnd"));
    setStyleClass(end_, style_class::kMuted);
    captions->addWidget(new SteadyBox(end_), 1);
    captions->addWidget(new SteadyBox(changes_), 1);
    layout->addLayout(captions);
    layout->addWidget(text_, 1);
    connect(&document_, &RunDocument::traceReset, this, &ReadingView::refresh);
    connect(&document_, &RunDocument::frameChanged, this, &ReadingView::refreshSoon);
    pause_.setSingleShot(true);
    connect(&pause_, &QTimer::timeout, this, [this] {
        if (stale_) {
            refresh();
        }
    });
    refresh();
}

QSize ReadingView::sizeHint() const {
    constexpr int kLines = 3;
    caption_->ensurePolished();
    const QMargins margins = layout()->contentsMargins();
    return {480, margins.top() + caption_->sizeHint().height() + layout()->spacing() + text_->heightOf(kLines) + margins.bottom()};
}

QString ReadingView::text() {
    if (stale_) {
        refresh();
    }
    return text_->toPlainText();
}

void ReadingView::setListsChanges(bool lists) {
    changes_->setVisible(lists);
    refreshChanges();
}

void ReadingView::refreshChanges() {
    if (!changes_->isHidden()) {
        changes_->setNamedText(document_.isEmpty() ? QString() : changedWords(document_.trace(), document_.frame()));
    }
}

void ReadingView::refreshSoon() {
    stale_ = true;
    refreshChanges();
    if (!pause_.isActive()) {
        refresh();
    }
}

void ReadingView::refresh() {
    QElapsedTimer timer;
    timer.start();
    stale_ = false;
    caption_->setText(document_.isEmpty() ? tr("Reading view") : tr("Reading view · step %1").arg(document_.frame()));
    end_->setNamedText(answerEndText(document_.trace(), document_.frame()));
    refreshChanges();
    const QString text = readingText(document_.trace(), document_.frame());
    if (text != text_->toPlainText()) {
        text_->setPlainText(text);
    }
    pause_.start(std::clamp(static_cast<int>(timer.nsecsElapsed() * kRestOfCost / 1'000'000), kPauseMs, kMostPauseMs));
}

}  // namespace crystallite
