#include "app/cli/prompt_choice.h"

#include "app/cli/chat_format.h"
#include "app/cli/token_list.h"

#include <CLI/CLI.hpp>

#include <string_view>

namespace crystallite::cli {

void addPromptOptions(CLI::App& command, PromptChoice& choice) {
    command.add_option("-p,--prompt", choice.prompt,
                       "Text before the answer, with <|mask|> for every slot to fill in; of a board every cell, . for an open one");
    addChatOptions(command, choice.chat);
    command.add_option("--token-ids", choice.tokenIds, "The prompt as ids instead: 1,2,3, with the mask's id for a slot to fill in")
        ->delimiter(',')
        ->excludes("--prompt");
}

Result<SentPrompt> SentPrompt::of(LoadedModel& loaded, const std::string& modelName, const PromptChoice& choice) {
    const Model& model = *loaded.model;
    SentPrompt sent;
    if (!choice.tokenIds.empty()) {
        if (const auto checked = checkTokens(choice.tokenIds, model.config()); !checked) {
            return checked.error();
        }
        sent.ids_ = choice.tokenIds;
        return sent;
    }
    const std::string typed = choice.prompt.value_or(std::string(samplePromptOf(modelName)));
    const TokenizerData& data = model.tokenizer()->data();
    const ChatChoice chat = withKnownFormat(choice.chat, model.config().family, data, loaded.opened);
    const Result<std::string> text = promptText(chat, typed, data);
    if (!text) {
        return text.error();
    }
    sent.text_ = *text;
    return sent;
}

Result<RunPlan> SentPrompt::plan(const Model& model, const DecodeRequest& request) const {
    return ids_.empty() ? planRun(model.config(), *model.tokenizer(), std::string_view(text_), request)
                        : planRun(model.config(), *model.tokenizer(), ids_, request);
}

Result<std::unique_ptr<Session>> SentPrompt::start(Model& model, const DecodeRequest& request) const {
    return ids_.empty() ? Session::start(model, std::string_view(text_), request) : Session::start(model, ids_, request);
}

}  // namespace crystallite::cli
