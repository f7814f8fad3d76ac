#pragma once

#include "engine/text/chat_prompt.h"

namespace CLI {
class App;
}

namespace crystallite::cli {

/// --chat, --chat-format and --system.
void addChatOptions(CLI::App& command, ChatChoice& choice);

}  // namespace crystallite::cli
