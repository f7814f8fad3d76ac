#pragma once

#include "app/cli/chat_prompt.h"
#include "app/cli/common.h"
#include "engine/diffusion/session.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crystallite::cli {

/// What a run is to go on from: a typed text, as it is or as a turn of a chat, or ids.
struct PromptChoice {
    ChatChoice chat;
    std::optional<std::string> prompt;
    std::vector<TokenId> tokenIds;
};

/// --prompt, --token-ids and addChatOptions().
void addPromptOptions(CLI::App& command, PromptChoice& choice);

/// The ids that are sent: those of the choice, else those of its text, of the model's sample where there is none. A board has no ids but
/// the cells that are typed.
class SentPrompt {
public:
    static Result<SentPrompt> of(LoadedModel& loaded, const std::string& modelName, const PromptChoice& choice);

    [[nodiscard]] Result<RunPlan> plan(const Model& model, const DecodeRequest& request) const;
    [[nodiscard]] Result<std::unique_ptr<Session>> start(Model& model, const DecodeRequest& request) const;

private:
    std::string text_;
    std::vector<TokenId> ids_;  // if there are any, they are sent
};

}  // namespace crystallite::cli
