#include "app/chat_keeper.h"

#include "app/chat_turns.h"
#include "app/engine_worker.h"
#include "app/prompt_panel.h"
#include "app/run_document.h"
#include "app/run_library.h"
#include "app/window_actions.h"

#include <QAction>

#include <chrono>

namespace crystallite {
namespace {

constexpr std::chrono::milliseconds kPause{800};

}  // namespace

ChatKeeper::ChatKeeper(const WindowActions& actions, PromptPanel& prompt, EngineWorker& worker, RunDocument& document, RunLibrary& library)
    : actions_(actions), prompt_(prompt), document_(document), library_(library) {
    ChatTurns& turns = prompt_.turns();
    pause_.setSingleShot(true);
    pause_.setInterval(kPause);
    connect(&pause_, &QTimer::timeout, this, &ChatKeeper::keep);
    connect(actions_.newChat, &QAction::triggered, this, &ChatKeeper::beginNew);
    connect(actions_.continueChat, &QAction::triggered, this, &ChatKeeper::goOn);
    connect(&turns, &ChatTurns::newWanted, this, &ChatKeeper::beginNew);
    connect(&turns, &ChatTurns::goOnWanted, this, &ChatKeeper::goOn);
    connect(&turns, &ChatTurns::changed, this, [this] {
        pause_.start();
        refreshActions();
    });
    connect(&turns, &ChatTurns::openWanted, this, [this](const ChatEntry& chat) {
        keep();
        prompt_.openChat(chat);
        refresh();
    });
    connect(&worker, &EngineWorker::runStarted, this, [this](const Trace& trace) { prompt_.turns().thread().started(trace.header().id); });
    connect(&document_, &RunDocument::liveChanged, this, &ChatKeeper::takeEnded);
    connect(&prompt_, &PromptPanel::chatToggled, this, &ChatKeeper::refreshActions);
    connect(&library_, &RunLibrary::chatsListed, &turns, [&turns](const ChatEntries& chats) { turns.setChats(*chats); });
    library_.listChats();
    refresh();
}

ChatKeeper::~ChatKeeper() {
    if (pause_.isActive()) {
        keep();
    }
}

void ChatKeeper::ask() {
    if (prompt_.isChat()) {
        prompt_.turns().thread().ask(prompt_.typed().toStdString(), prompt_.system().toStdString());
    } else {
        leave();
    }
}

void ChatKeeper::leave() {
    prompt_.turns().thread().leave();
}

void ChatKeeper::takeEnded() {
    if (!document_.isLive() && !document_.isEmpty() && prompt_.turns().thread().ended(document_.trace())) {
        keep();
        refresh();
    }
}

void ChatKeeper::goOn() {
    prompt_.turns().thread().goOn();
    prompt_.setPrompt(QString());
    refresh();
    prompt_.focusPrompt();
}

void ChatKeeper::beginNew() {
    keep();
    prompt_.turns().thread().begin();
    prompt_.setPrompt(QString());
    refresh();
    prompt_.focusPrompt();
}

/// A chat without turns is none.
void ChatKeeper::keep() {
    pause_.stop();
    ChatEntry chat = prompt_.turns().thread().kept();
    if (!chat.turns.empty()) {
        library_.keepChat(std::move(chat));
        library_.listChats();
    }
}

void ChatKeeper::refresh() {
    prompt_.turns().refresh();
    prompt_.refresh();
    refreshActions();
}

void ChatKeeper::refreshActions() {
    const ChatThread& thread = prompt_.turns().thread();
    actions_.newChat->setEnabled(prompt_.isChat() && (thread.canGoOn() || !thread.earlier().empty()));
    actions_.continueChat->setEnabled(prompt_.isChat() && thread.canGoOn());
}

}  // namespace crystallite
