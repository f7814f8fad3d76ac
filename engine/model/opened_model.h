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
    Answers remembered;              ///< those in the store, now that the model is open
    std::vector<std::string> notes;  ///< sentences about answers that could not be read or kept; the model runs all the same
};

/// openModelNamed() for a person who is asked once: what `said` leaves open is taken from `store`. What `said` holds is remembered there
/// once the model was understood with it, if it is not without: said about any other model it is for this run. Errors as openModelNamed():
/// on Ambiguous, ask for one of the choices and call again with it.
Result<OpenedModel> openRemembering(std::string_view nameOrPath, const OpenOptions& said, const AnswerStore& store);

/// Remembers that this model, whose files do not say it, is spoken to in the chat format of this name. Errors as AnswerStore::remember().
Result<void> rememberChatFormat(OpenedModel& model, const std::string& name, const AnswerStore& store);

/// The note for an answer that could not be kept.
std::string notRemembered(const Error& error);

/// What is remembered about the files of this identity and can be used; `notes` get a sentence for what cannot.
Answers rememberedAnswers(const std::string& identity, std::string_view modelName, const AnswerStore& store,
                          std::vector<std::string>& notes);

}  // namespace crystallite
