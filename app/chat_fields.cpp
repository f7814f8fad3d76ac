#include "app/chat_fields.h"

#include "app/conversions.h"
#include "app/shell_style.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace crystallite {

ChatFields::ChatFields(QWidget* parent) : QWidget(parent) {
    chat_ = new QCheckBox(tr("Send as chat turn"), this);
    chat_->setObjectName(QStringLiteral("sendAsChat"));
    chat_->setToolTip(tr("Writes the prompt as the user's turn of a conversation, in the way that the model was trained on"));
    chat_->setChecked(true);
    name_ = new QLabel(this);
    setStyleClass(name_, style_class::kTag);
    system_ = new QPlainTextEdit(this);
    system_->setObjectName(QStringLiteral("systemText"));
    system_->setAccessibleName(tr("System text"));
    system_->setTabChangesFocus(true);
    system_->setFixedHeight(54);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(chat_);
    row->addStretch();
    row->addWidget(name_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addWidget(system_);
    connect(chat_, &QCheckBox::toggled, this, [this] {
        refresh();
        Q_EMIT changed();
    });
    connect(system_, &QPlainTextEdit::textChanged, this, &ChatFields::changed);
    setFormat({});
}

void ChatFields::setFormat(const std::string& name) {
    format_ = name;
    refresh();
    Q_EMIT changed();
}

void ChatFields::refresh() {
    const ChatFormat* format = findChatFormat(format_);
    setVisible(format != nullptr);
    system_->setVisible(chat_->isChecked());
    if (format == nullptr) {
        return;
    }
    name_->setText(toQString(format->name));
    name_->setToolTip(tr("The chat format of %1").arg(toQString(format->families)));
    const QString usual = toQString(format->defaultSystem);
    system_->setPlaceholderText(usual.isEmpty() ? tr("System text; none unless you write one")
                                                : tr("System text; otherwise: %1").arg(usual));
}

bool ChatFields::isChat() const {
    return chat_->isChecked();
}

QString ChatFields::system() const {
    return system_->toPlainText();
}

void ChatFields::set(bool chat, const QString& system) {
    chat_->setChecked(chat);
    if (system != system_->toPlainText()) {
        system_->setPlainText(system);
    }
}

ChatChoice ChatFields::choice() const {
    if (format_.empty() || !chat_->isChecked()) {
        return {};
    }
    ChatChoice choice{.chat = true, .format = format_};
    if (const QString system = system_->toPlainText(); !system.isEmpty()) {
        choice.system = system.toStdString();
    }
    return choice;
}

}  // namespace crystallite
