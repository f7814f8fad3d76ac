#include "app/cli/chat_prompt.h"

#include <CLI/CLI.hpp>

namespace crystallite::cli {

void addChatOptions(CLI::App& command, ChatChoice& choice) {
    CLI::Option* const chat =
        command.add_flag("--chat", choice.chat, "Send the text as the user's turn in the model's chat format, the answer's turn opened");
    command
        .add_option("--chat-format", choice.format, "The format's name instead of the one detected from the model: " + chatFormatNames())
        ->needs(chat);
    command.add_option("--system", choice.system, "Text of a system turn before it")->needs(chat);
}

}  // namespace crystallite::cli
