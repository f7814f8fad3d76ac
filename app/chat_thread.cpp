#include "app/chat_thread.h"

#include "engine/base/assert.h"
#include "engine/trace/run_id.h"

#include <algorithm>
#include <utility>

namespace crystallite {

ChatThread::ChatThread() {
    begin();
}

std::vector<ChatTurn> ChatThread::sent() const {
    std::vector<ChatTurn> turns;
    for (const KeptTurn& turn : chat_.turns) {
        turns.push_back({.role = turn.isAnswer ? ChatRole::Assistant : ChatRole::User, .text = turn.text});
    }
    return turns;
}

void ChatThread::edit(size_t turn, const std::string& text) {
    ENGINE_ASSERT(turn < chat_.turns.size());
    if (chat_.turns[turn].text != text) {
        chat_.turns[turn].text = text;
        chat_.turns[turn].run.clear();
    }
}

void ChatThread::removeExchange(size_t turn) {
    ENGINE_ASSERT(turn < chat_.turns.size());
    const auto begin = chat_.turns.begin() + static_cast<std::ptrdiff_t>(turn - turn % 2);
    chat_.turns.erase(begin, begin + std::min<std::ptrdiff_t>(2, chat_.turns.end() - begin));
}

void ChatThread::begin() {
    chat_ = {.id = newRunId()};
    asked_.reset();
    answer_.reset();
}

void ChatThread::open(ChatEntry chat) {
    chat_ = std::move(chat);
    asked_.reset();
    answer_.reset();
}

void ChatThread::ask(std::string text, std::string system) {
    chat_.system = std::move(system);
    asked_ = Exchange{.question = std::move(text)};
}

void ChatThread::started(const std::string& run) {
    if (asked_) {
        asked_->run = run;
    }
}

bool ChatThread::ended(const Trace& trace) {
    const bool isIt = asked_ && !asked_->run.empty() && trace.header().id == asked_->run && trace.status() == RunStatus::Complete;
    if (isIt) {
        answer_ = std::exchange(asked_, std::nullopt);
        answer_->answer = trace.answerText(trace.steps(), "", true);
    }
    return isIt;
}

void ChatThread::goOn() {
    chat_ = kept();
    answer_.reset();
}

ChatEntry ChatThread::kept() const {
    ChatEntry chat = chat_;
    if (answer_) {
        chat.turns.push_back({.text = answer_->question});
        chat.turns.push_back({.isAnswer = true, .text = answer_->answer, .run = answer_->run});
    }
    return chat;
}

}  // namespace crystallite
