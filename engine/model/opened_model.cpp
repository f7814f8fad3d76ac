#include "engine/model/opened_model.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/file_identity.h"
#include "engine/model/families/family.h"
#include "engine/model/model_config.h"
#include "engine/text/chat_template.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace crystallite {
namespace {

bool isEmbedded(std::string_view name) {
    const std::vector<std::string> names = embeddedModels();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::filesystem::path wholePath(const std::filesystem::path& path) {
    std::error_code code;
    const std::filesystem::path whole = std::filesystem::absolute(path, code);
    return path.empty() || code ? path : whole.lexically_normal();
}

/// What is said now and was not known. A chat format is not said when a model is opened.
Answers newIn(const OpenOptions& said, const Answers& known) {
    Answers news{.family = said.family, .tokenizer = wholePath(said.tokenizer), .chatFormat = ""};
    if (news.family == known.family) {
        news.family.clear();
    }
    if (news.tokenizer == known.tokenizer) {
        news.tokenizer.clear();
    }
    return news;
}

/// Whether there is nothing to ask about a model.
bool isUnderstoodAlone(std::string_view nameOrPath, const std::stop_token& stop) {
    OpenOptions nothingSaid;
    nothingSaid.stop = stop;
    const auto source = openModelNamed(nameOrPath, nothingSaid);
    return source && readModelConfig(**source);
}

/// A person who is asked again should hear why.
Error withNotes(Error error, const std::vector<std::string>& notes) {
    for (const std::string& note : notes) {
        error.message.append(" (").append(note).append(")");
    }
    return error;
}

}  // namespace

std::string notRemembered(const Error& error) {
    return "what was said about this model could not be remembered and will be asked for again: " + error.message;
}

Answers rememberedAnswers(const std::string& identity, std::string_view modelName, const AnswerStore& store,
                          std::vector<std::string>& notes) {
    Result<Answers> found = store.find(identity);
    if (!found) {
        notes.push_back(found.error().message);
        return {};
    }
    Answers answers = std::move(found).value();
    const std::string about = "remembered for " + inQuotes(modelName);
    if (!answers.family.empty() && findFamily(answers.family) == nullptr) {
        notes.push_back("the family " + inQuotes(answers.family) + " " + about + " is none that this build runs, and is not used");
        answers.family.clear();
    }
    std::error_code code;
    if (!answers.tokenizer.empty() && !std::filesystem::exists(answers.tokenizer, code)) {
        notes.push_back("the tokenizer " + about + ", " + inQuotes(answers.tokenizer.string()) + ", is no longer there, and is not used");
        answers.tokenizer.clear();
    }
    if (!answers.chatFormat.empty() && findChatFormat(answers.chatFormat) == nullptr) {
        notes.push_back("the chat format " + inQuotes(answers.chatFormat) + " " + about +
                        " is none that this build knows, and is not used");
        answers.chatFormat.clear();
    }
    return answers;
}

Result<OpenedModel> openRemembering(std::string_view nameOrPath, const OpenOptions& said, const AnswerStore& store) {
    OpenedModel model;
    Answers known;
    Result<std::string> identity = isEmbedded(nameOrPath) ? Result<std::string>(std::string()) : identityOf(nameOrPath);
    if (identity && !identity->empty()) {
        model.identity = *identity;
        known = rememberedAnswers(model.identity, nameOrPath, store, model.notes);
    }
    model.remembered = known;
    const Answers news = newIn(said, known);
    model.answers = {.family = said.family.empty() ? known.family : said.family,
                     .tokenizer = said.tokenizer.empty() ? known.tokenizer : wholePath(said.tokenizer),
                     .chatFormat = known.chatFormat};
    OpenOptions options = said;
    options.family = model.answers.family;
    options.tokenizer = model.answers.tokenizer;
    auto source = openModelNamed(nameOrPath, options);
    if (!source) {
        return withNotes(source.error(), model.notes);
    }
    model.source = std::move(*source);
    // An answer with which the model cannot be understood would be in the way next time.
    const bool answersAQuestion = !news.empty() && !isUnderstoodAlone(nameOrPath, said.stop);
    if (answersAQuestion && readModelConfig(*model.source)) {
        const Result<void> kept =
            identity ? store.remember(model.identity, model.source->displayName(), news) : Result<void>(identity.error());
        if (kept) {
            model.remembered = model.answers;
        } else {
            model.notes.push_back(notRemembered(kept.error()));
        }
    }
    return model;
}

Result<void> rememberChatFormat(OpenedModel& model, const std::string& name, const AnswerStore& store) {
    if (model.identity.empty() || model.answers.chatFormat == name) {
        return {};
    }
    model.answers.chatFormat = name;
    const Result<void> kept =
        store.remember(model.identity, model.source->displayName(), {.family = "", .tokenizer = "", .chatFormat = name});
    if (kept) {
        model.remembered.chatFormat = name;
    }
    return kept;
}

}  // namespace crystallite
