#pragma once

#include "engine/model/load_options.h"
#include "engine/model/model_config.h"
#include "engine/model/opened_model.h"

#include <string>

namespace crystallite::cli {

/// One screen about a model on stdout: what it is, its weights, tokenizer and samplers, and what every device would have to hold when it is
/// loaded with these options. The fingerprint is computed where it was not yet.
void printModel(const OpenedModel& model, const ModelConfig& config, const LoadOptions& options, bool showsFingerprint);

/// What can be said of a model that this build cannot read as a whole.
void printSourceAlone(const OpenedModel& model, bool showsFingerprint);

/// "family open-dcoder, tokenizer '/models/tokenizer.gguf'"; empty for no answers.
std::string describe(const Answers& answers);

}  // namespace crystallite::cli
