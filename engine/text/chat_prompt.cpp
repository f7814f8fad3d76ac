#include "engine/text/chat_prompt.h"

#include "engine/base/in_quotes.h"

#include <vector>

namespace crystallite {

Result<const ChatFormat*> chosenChatFormat(const ChatChoice& choice, const TokenizerData& data) {
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

Result<std::string> promptText(const ChatChoice& choice, const std::string& text, const TokenizerData& data) {
    if (!choice.chat) {
        return text;
    }
    const Result<const ChatFormat*> format = chosenChatFormat(choice, data);
    if (!format) {
        return format.error();
    }
    std::vector<ChatTurn> turns;
    if (choice.system) {
        turns.push_back({.role = ChatRole::System, .text = *choice.system});
    }
    turns.insert(turns.end(), choice.earlier.begin(), choice.earlier.end());
    turns.push_back({.role = ChatRole::User, .text = text});
    return writeChat(**format, turns, data);
}

}  // namespace crystallite
