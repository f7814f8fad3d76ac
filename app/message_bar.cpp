#include "app/message_bar.h"

#include "app/shell_style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <utility>

namespace crystallite {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("messageBar"));
    setAccessibleName(tr("Message"));
    text_ = new QLabel(this);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    action_ = new QPushButton(this);
    auto* dismiss = new QPushButton(tr("Dismiss"), this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(text_, 1);
    layout->addWidget(action_);
    layout->addWidget(dismiss);
    connect(dismiss, &QPushButton::clicked, this, &QWidget::hide);
    connect(action_, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto act = std::exchange(act_, nullptr)) {
            act();
        }
    });
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& sentence) {
    showMessage(kind, sentence, QString(), nullptr);
}

void MessageBar::showMessage(Kind kind, const QString& sentence, const QString& action, std::function<void()> act) {
    setStyleClass(this, kind == Kind::Problem ? style_class::kProblem : style_class::kPlain);
    text_->setText(sentence);
    text_->setAccessibleName(sentence);
    act_ = std::move(act);
    action_->setText(action);
    action_->setVisible(act_ != nullptr);
    show();
}

QString MessageBar::sentence() const {
    return isHidden() ? QString() : text_->text();
}

}  // namespace crystallite
