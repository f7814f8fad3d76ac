#pragma once

#include "engine/base/result.h"
#include "engine/text/chat_template.h"
#include "engine/text/tokenizer_data.h"

#include <optional>
#include <string>
#include <vector>

namespace crystallite {

/// Whether and how a prompt is sent as the turn of a conversation.
struct ChatChoice {
    bool chat = false;
    std::optional<std::string> format;  ///< a name of chatFormats(); absent: detected from the model's template
    std::optional<std::string> system;
    std::vector<ChatTurn> earlier = {};  ///< of the conversation, before the text: users' and assistant's
};

/// The format of a choice. InvalidArgument for a name that is not in the table; Unsupported where none was named and the model's template
/// says nothing.
Result<const ChatFormat*> chosenChatFormat(const ChatChoice& choice, const TokenizerData& data);

/// What is sent for `text`: itself, or in the model's chat format the earlier turns, the user's turn and the assistant's opened.
Result<std::string> promptText(const ChatChoice& choice, const std::string& text, const TokenizerData& data);

}  // namespace crystallite
