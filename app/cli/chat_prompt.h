#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace crystallite::cli {

/// Whether and how a prompt is sent as the turn of a conversation.
struct ChatChoice {
    bool chat = false;
    std::optional<std::string> format;  ///< a name of chatFormats(); absent: detected from the model's template
    std::optional<std::string> system;
};

void addChatOptions(CLI::App& command, ChatChoice& choice);

/// What is sent for `text`: itself, or the user's turn in the model's chat format with the assistant's turn opened.
Result<std::string> promptText(const ChatChoice& choice, const std::string& text, const TokenizerData& data);

}  // namespace crystallite::cli
