#pragma once

#include "engine/library/chat_entry.h"
#include "engine/text/chat_template.h"
#include "engine/trace/trace.h"

#include <optional>
#include <string>
#include <vector>

namespace crystallite {

/// A conversation while it goes on: the turns that are sent before what is typed, and the newest question with its answer, which become
/// earlier turns when a person goes on. Asking the same again, with other words or another seed, replaces that answer.
class ChatThread {
public:
    ChatThread();

    /// Sent before the text.
    [[nodiscard]] const std::vector<KeptTurn>& earlier() const { return chat_.turns; }
    [[nodiscard]] std::vector<ChatTurn> sent() const;
    /// An answer that is changed is no longer the one of its run.
    void edit(size_t turn, const std::string& text);
    /// The question that this turn belongs to and its answer.
    void removeExchange(size_t turn);
    /// A chat of its own, without turns.
    void begin();
    /// Goes on with a kept one.
    void open(ChatEntry chat);

    /// A run with this text as the newest question is about to start.
    void ask(std::string text, std::string system);
    void started(const std::string& run);
    /// True when the run is the one that was asked, and it came to its end: then it is the answer.
    bool ended(const Trace& trace);
    /// The run that starts next is none of the chat's.
    void leave() { asked_.reset(); }
    [[nodiscard]] bool canGoOn() const { return answer_.has_value(); }
    /// Question and answer are earlier turns from now on.
    void goOn();

    /// As it is to be kept: with the newest question and answer, if there is one.
    [[nodiscard]] ChatEntry kept() const;

private:
    struct Exchange {
        std::string question;
        std::string answer;
        std::string run;
    };
    ChatEntry chat_;
    std::optional<Exchange> asked_;
    std::optional<Exchange> answer_;
};

}  // namespace crystallite
