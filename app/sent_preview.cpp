#include "app/sent_preview.h"

#include "app/disclosure.h"
#include "app/token_strip.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

constexpr int kTallest = 168;

}  // namespace

SentPreview::SentPreview(QWidget* parent) : QWidget(parent) {
    area_ = new QScrollArea(this);
    area_->setFrameShape(QFrame::NoFrame);
    area_->setWidgetResizable(true);
    area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area_->setObjectName(QStringLiteral("sent"));
    area_->setAccessibleName(tr("Tokens that are sent"));
    strip_ = new TokenStrip;
    area_->setWidget(strip_);
    disclosure_ = new Disclosure(tr("What is sent"), area_, this);
    disclosure_->setToolTip(tr("Exactly the tokens that the model is given; special ones are bold in a dashed outline"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addWidget(disclosure_);
    layout->addWidget(area_);
    connect(disclosure_, &QToolButton::toggled, this, &SentPreview::fitHeight);
}

void SentPreview::setTokens(std::vector<SentToken> tokens) {
    strip_->setTokens(std::move(tokens));
    fitHeight();
}

void SentPreview::fitHeight() {
    const int needed = strip_->heightForWidth(width() - area_->verticalScrollBar()->sizeHint().width());
    area_->setFixedHeight(std::clamp(needed + 2, 20, kTallest));
}

void SentPreview::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitHeight();
}

}  // namespace crystallite
