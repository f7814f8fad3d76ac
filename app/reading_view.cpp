#include "app/reading_view.h"

#include "app/elided_label.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/steady_box.h"
#include "app/step_summary.h"
#include "app/token_text.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
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
    text_ = new QPlainTextEdit(this);
    text_->setObjectName(QStringLiteral("reading"));
    text_->setReadOnly(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text_->setTabChangesFocus(true);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    text_->document()->setDocumentMargin(0);
    text_->setAccessibleName(tr("Reading view: text of this step"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(28, 10, 28, 8);
    layout->setSpacing(6);
    changes_ = new ElidedLabel(this);
    setStyleClass(changes_, style_class::kMuted);
    changes_->hide();
    auto* captions = new QHBoxLayout;
    captions->setSpacing(14);
    captions->addWidget(new SteadyBox(caption_));
    captions->addWidget(new SteadyBox(changes_), 1);
    layout->addLayout(captions);
    layout->addWidget(text_, 1);
    keepOneLine();
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
    // The style sheet makes the text larger and the caption smaller than the window's text, but only once they are shown.
    QFont larger = font();
    larger.setPointSizeF(font().pointSizeF() * 1.1);
    QFont smaller = font();
    smaller.setPointSizeF(font().pointSizeF() * 0.82);
    const QMargins margins = layout()->contentsMargins();
    return {480, margins.top() + QFontMetrics(smaller).height() + layout()->spacing() + kLines * QFontMetrics(larger).lineSpacing() + 2 +
                     margins.bottom()};
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

void ReadingView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        keepOneLine();
    }
}

/// The text may be made small, but not so small that no line is left.
void ReadingView::keepOneLine() {
    text_->setMinimumHeight(text_->fontMetrics().lineSpacing() + 2);
    updateGeometry();
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
    refreshChanges();
    const QString text = readingText(document_.trace(), document_.frame());
    if (text != text_->toPlainText()) {
        text_->setPlainText(text);
    }
    pause_.start(std::clamp(static_cast<int>(timer.nsecsElapsed() * kRestOfCost / 1'000'000), kPauseMs, kMostPauseMs));
}

}  // namespace crystallite
