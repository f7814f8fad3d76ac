#include "app/chat_fields.h"
#include "app/chat_turns.h"
#include "app/conversions.h"
#include "app/prompt_field.h"
#include "app/prompt_panel.h"
#include "app/sent_preview.h"

#include <QLabel>
#include <QStringList>

#include <algorithm>

// The part of PromptPanel that is about what is sent: the prompt, or a conversation with it.

namespace crystallite {

ChatChoice PromptPanel::chatChoice() const {
    ChatChoice choice = chat_->choice();
    if (choice.chat) {
        choice.earlier = turns_->thread().sent();
    }
    return choice;
}

bool PromptPanel::isChat() const {
    return writeChat_ && chat_->choice().chat;
}

Result<std::string> PromptPanel::sentText() const {
    const std::string typed = prompt_->toPlainText().toStdString();
    return isChat() ? writeChat_(chatChoice(), typed) : Result(typed);
}

QString PromptPanel::typed() const {
    return prompt_->toPlainText();
}

QString PromptPanel::system() const {
    return chat_->system();
}

void PromptPanel::openChat(const ChatEntry& chat) {
    turns_->thread().open(chat);
    turns_->refresh();
    chat_->set(true, toQString(chat.system));
    setPrompt(QString());
    focusPrompt();
}

bool PromptPanel::overflows(const RunRequest& request) const {
    const size_t answer = std::max(request.wanted.length.value_or(1), 1U);
    return encodePrompt_ && contextLength_ > 0 && encodePrompt_(request.prompt).size() + answer > contextLength_;
}

/// Of a prompt with earlier turns that is too long: what each of them adds, so that a person sees which to shorten. Empty otherwise. The
/// counts are differences between prompts as they are sent, so that they add up to the whole.
QString PromptPanel::turnCosts() const {
    const ChatChoice choice = chatChoice();
    if (!isChat() || choice.earlier.empty() || !encodePrompt_) {
        return {};
    }
    const std::string text = typed().toStdString();
    ChatChoice part = choice;
    part.earlier.clear();
    size_t before = 0;
    QStringList costs;
    for (size_t turn = 0; turn <= choice.earlier.size(); ++turn) {
        const auto written = writeChat_(part, text);
        const size_t tokens = written ? encodePrompt_(*written).size() : 0;
        const qulonglong number = (turn + 1) / 2;
        const qulonglong added = tokens - std::min(before, tokens);
        if (turn == 0) {
            costs << tr("this question with the system text %1").arg(added);
        } else {
            costs << (turn % 2 == 1 ? tr("question %1: %2") : tr("answer %1: %2")).arg(number).arg(added);
        }
        before = tokens;
        if (turn < choice.earlier.size()) {
            part.earlier.push_back(choice.earlier[turn]);
        }
    }
    return tr("Tokens of each turn: %1. Nothing is cut; shorten or remove a turn, or begin a new chat.")
        .arg(costs.join(QStringLiteral(", ")));
}

void PromptPanel::showGiven(const std::string& prompt, const PlannedRun* run) {
    const bool hasTokens = !isBoard_ && encodePrompt_;
    sent_->setVisible(hasTokens);
    if (isBoard_ && run != nullptr) {
        tokens_->setText(tr("%1 given, %2 open").arg(run->givenSlots).arg(run->openSlots));
    } else if (hasTokens) {
        std::vector<SentToken> tokens = encodePrompt_(prompt);
        const auto gaps = std::count_if(tokens.begin(), tokens.end(), [](const SentToken& token) { return token.open; });
        const QString count = tokens.size() == 1 ? tr("1 token") : tr("%1 tokens").arg(tokens.size());
        tokens_->setText(gaps == 0 ? count : gaps == 1 ? tr("%1, 1 gap").arg(count) : tr("%1, %2 gaps").arg(count).arg(gaps));
        sent_->setTokens(std::move(tokens));
    } else {
        tokens_->clear();
    }
}

}  // namespace crystallite
