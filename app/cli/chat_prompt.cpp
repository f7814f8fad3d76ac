#include "app/cli/chat_prompt.h"

#include "engine/base/in_quotes.h"
#include "engine/text/chat_template.h"

#include <CLI/CLI.hpp>

#include <vector>

namespace crystallite::cli {
namespace {

Result<const ChatFormat*> chosenFormat(const ChatChoice& choice, const TokenizerData& data) {
    if (!choice.format) {
        return detectChatFormat(data.chatTemplate);
    }
    const ChatFormat* const format = findChatFormat(*choice.format);
    if (format == nullptr) {
        return Error{ErrorKind::InvalidArgument,
                     "there is no chat format " + inQuotes(*choice.format) + "; choose one of: " + chatFormatNames()};
    }
    return format;
}

}  // namespace

void addChatOptions(CLI::App& command, ChatChoice& choice) {
    CLI::Option* const chat =
        command.add_flag("--chat", choice.chat, "Send the text as the user's turn in the model's chat format, the answer's turn opened");
    command
        .add_option("--chat-format", choice.format, "The format's name instead of the one detected from the model: " + chatFormatNames())
        ->needs(chat);
    command.add_option("--system", choice.system, "Text of a system turn before it")->needs(chat);
}

Result<std::string> promptText(const ChatChoice& choice, const std::string& text, const TokenizerData& data) {
    if (!choice.chat) {
        return text;
    }
    const Result<const ChatFormat*> format = chosenFormat(choice, data);
    if (!format) {
        return format.error();
    }
    std::vector<ChatTurn> turns;
    if (choice.system) {
        turns.push_back({.role = ChatRole::System, .text = *choice.system});
    }
    turns.push_back({.role = ChatRole::User, .text = text});
    return writeChat(**format, turns, data);
}

}  // namespace crystallite::cli
