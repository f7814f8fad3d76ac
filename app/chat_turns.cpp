#include "app/chat_turns.h"

#include "app/conversions.h"
#include "app/shell_style.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace crystallite {
namespace {

constexpr int kLinesShown = 3;
constexpr int kLettersInList = 48;

/// "Why is the sky… · 4 turns · 1/12/26 14:03"
QString titleOf(const ChatEntry& chat) {
    QString first = chat.turns.empty() ? QString() : toQString(chat.turns.front().text).simplified();
    if (first.size() > kLettersInList) {
        first = first.left(kLettersInList - 1) + QChar(0x2026);
    }
    const QString when = QLocale().toString(QDateTime::fromMSecsSinceEpoch(chat.changed), QLocale::ShortFormat);
    return ChatTurns::tr("%1 · %n turn(s) · %2", nullptr, static_cast<int>(chat.turns.size()))
        .arg(first.replace(QLatin1Char('&'), QLatin1String("&&")), when);
}

}  // namespace

ChatTurns::ChatTurns(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("chatTurns"));
    count_ = new QLabel(this);
    setStyleClass(count_, style_class::kMuted);
    count_->setWordWrap(true);
    chats_ = new QToolButton(this);
    chats_->setText(tr("Chats"));
    chats_->setToolTip(tr("Goes on with a chat of before"));
    chats_->setPopupMode(QToolButton::InstantPopup);
    list_ = new QMenu(chats_);
    chats_->setMenu(list_);
    new_ = new QPushButton(tr("New chat"), this);
    new_->setObjectName(QStringLiteral("newChat"));
    new_->setToolTip(tr("Nothing is sent before the next question; this chat stays among the chats"));
    goOn_ = new QPushButton(tr("Continue chat"), this);
    goOn_->setObjectName(QStringLiteral("continueChat"));
    goOn_->setToolTip(tr("Question and answer become earlier turns, and the next question can be written"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(chats_);
    buttons->addWidget(new_);
    buttons->addWidget(goOn_, 1);
    rows_ = new QVBoxLayout;
    rows_->setSpacing(6);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(buttons);
    layout->addWidget(count_);
    layout->addLayout(rows_);
    connect(new_, &QPushButton::clicked, this, &ChatTurns::newWanted);
    connect(goOn_, &QPushButton::clicked, this, &ChatTurns::goOnWanted);
    setChats({});
    refresh();
}

void ChatTurns::setChats(const std::vector<ChatEntry>& chats) {
    list_->clear();
    for (const ChatEntry& chat : chats) {
        list_->addAction(titleOf(chat), this, [this, chat] { Q_EMIT openWanted(chat); });
    }
    chats_->setEnabled(!chats.empty());
}

void ChatTurns::refresh() {
    while (QLayoutItem* item = rows_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();  // a button of it may be what brought us here
        delete item;
    }
    const std::vector<KeptTurn>& turns = thread_.earlier();
    for (size_t turn = 0; turn < turns.size(); ++turn) {
        addRow(turn);
    }
    count_->setText(tr("%n earlier turn(s), sent before the prompt", nullptr, static_cast<int>(turns.size())));
    count_->setVisible(!turns.empty());
    new_->setEnabled(!turns.empty() || thread_.canGoOn());
    goOn_->setEnabled(thread_.canGoOn());
}

void ChatTurns::addRow(size_t turn) {
    const KeptTurn& kept = thread_.earlier()[turn];
    const int number = static_cast<int>(turn / 2) + 1;
    auto* row = new QWidget(this);
    auto* who = new QLabel(kept.isAnswer ? tr("Answer %1").arg(number) : tr("Question %1").arg(number), row);
    setStyleClass(who, style_class::kMuted);
    auto* field = new QPlainTextEdit(toQString(kept.text), row);
    field->setObjectName(QStringLiteral("turn%1").arg(turn));
    field->setAccessibleName(who->text());
    field->setTabChangesFocus(true);
    field->setFixedHeight(field->fontMetrics().lineSpacing() * kLinesShown);
    who->setBuddy(field);
    auto* head = new QHBoxLayout;
    head->addWidget(who, 1);
    if (!kept.isAnswer) {
        auto* remove = new QToolButton(row);
        remove->setText(tr("Remove"));
        remove->setAccessibleName(tr("Remove question %1 and its answer").arg(number));
        remove->setToolTip(remove->accessibleName());
        connect(remove, &QToolButton::clicked, this, [this, turn] {
            thread_.removeExchange(turn);
            refresh();
            Q_EMIT changed();
        });
        head->addWidget(remove);
    }
    auto* layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(field);
    connect(field, &QPlainTextEdit::textChanged, this, [this, turn, field] { edit(turn, *field); });
    rows_->addWidget(row);
}

void ChatTurns::edit(size_t turn, const QPlainTextEdit& field) {
    thread_.edit(turn, field.toPlainText().toStdString());
    Q_EMIT changed();
}

}  // namespace crystallite
