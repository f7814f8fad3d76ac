#include "app/reading_view.h"

#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/token_text.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace crystallite {
namespace {

constexpr int kPauseMs = 100;

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
    QFont larger = text_->font();
    larger.setPointSizeF(larger.pointSizeF() * 1.1);
    text_->setFont(larger);
    text_->setMinimumHeight(QFontMetrics(larger).lineSpacing() + 2);
    text_->setAccessibleName(tr("Reading view: text of this step"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(28, 10, 28, 8);
    layout->setSpacing(6);
    layout->addWidget(caption_);
    layout->addWidget(text_, 1);
    connect(&document_, &RunDocument::traceReset, this, &ReadingView::refresh);
    connect(&document_, &RunDocument::frameChanged, this, &ReadingView::refreshSoon);
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMs);
    connect(&pause_, &QTimer::timeout, this, [this] {
        if (stale_) {
            refresh();
        }
    });
    refresh();
}

QSize ReadingView::sizeHint() const {
    constexpr int kLines = 3;
    const QMargins margins = layout()->contentsMargins();
    const int lineHeight = QFontMetrics(text_->font()).lineSpacing();
    return {480, margins.top() + caption_->sizeHint().height() + layout()->spacing() + kLines * lineHeight + 2 + margins.bottom()};
}

QString ReadingView::text() {
    if (stale_) {
        refresh();
    }
    return text_->toPlainText();
}

void ReadingView::refreshSoon() {
    stale_ = true;
    if (!pause_.isActive()) {
        refresh();
    }
}

void ReadingView::refresh() {
    stale_ = false;
    pause_.start();
    caption_->setText(document_.isEmpty() ? tr("Reading view") : tr("Reading view · step %1").arg(document_.frame()));
    const QString text = readingText(document_.trace(), document_.frame());
    if (text != text_->toPlainText()) {
        text_->setPlainText(text);
    }
}

}  // namespace crystallite
