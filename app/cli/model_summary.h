#pragma once

#include "engine/model/load_options.h"
#include "engine/model/model_config.h"
#include "engine/model/opened_model.h"

#include <string>
#include <vector>

namespace crystallite::cli {

/// What a summary says of the fingerprint.
enum class FingerprintLine {
    Shown,     ///< computed where it was not yet
    TooLong,   ///< nobody asked for it, and it reads a large file
    NotFixed,  ///< what the files are taken for is a part of it, and is not decided
};

/// One screen about a model on stdout: what it is, its weights, tokenizer and samplers, and what every device would have to hold when it is
/// loaded with these options.
void printModel(const OpenedModel& model, const ModelConfig& config, const LoadOptions& options, FingerprintLine fingerprint);

/// A model read as one of the families that its files leave open, or the reason why it cannot be that one.
struct Reading {
    std::string family;
    Result<ModelConfig> config;
};

/// What can be said of a model that this build cannot read as a whole, or not before somebody says what it is: then with what each of the
/// families would make of it. `name` is what the person calls the model.
void printSourceAlone(const OpenedModel& model, const std::string& name, const std::vector<Reading>& readings, FingerprintLine fingerprint);

/// "family open-dcoder, tokenizer '/models/tokenizer.gguf'"; empty for no answers.
std::string describe(const Answers& answers);

}  // namespace crystallite::cli
