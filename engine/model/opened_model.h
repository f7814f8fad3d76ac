#pragma once

#include "engine/formats/answer_store.h"
#include "engine/formats/model_source.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// An opened model with what a person said about its files.
struct OpenedModel {
    std::shared_ptr<const ModelSource> source;
    std::string identity;            ///< by which answers are remembered; empty: an embedded model, which asks nothing
    Answers answers;                 ///< those in use, said now or remembered
    std::vector<std::string> notes;  ///< sentences about answers that could not be read or kept; the model runs all the same
};

/// openModelNamed() for a person who is asked once: what `said` leaves open is taken from `store`, and what `said` holds is remembered
/// there once the model was understood with it. Errors as openModelNamed(): on Ambiguous, ask for one of the choices and call again with
/// it.
Result<OpenedModel> openRemembering(std::string_view nameOrPath, const OpenOptions& said, const AnswerStore& store);

/// Remembers that this model, whose files do not say it, is spoken to in the chat format of this name. Errors as AnswerStore::remember().
Result<void> rememberChatFormat(OpenedModel& model, const std::string& name, const AnswerStore& store);

/// What is remembered about the files at `path`; nothing where they cannot be read. A note for what could not be used.
Answers rememberedAnswers(const std::string& identity, std::string_view modelName, const AnswerStore& store,
                          std::vector<std::string>& notes);

}  // namespace crystallite
