#pragma once

#include "engine/formats/model_source.h"
#include "engine/model/load_options.h"
#include "engine/model/model_config.h"

namespace crystallite::cli {

/// One screen about a model on stdout: what it is, its weights, tokenizer and samplers, and what every device would have to hold
/// when it is loaded with these options.
void printModel(const ModelSource& source, const ModelConfig& config, const LoadOptions& options);

/// What can be said of a model that this build cannot read as a whole.
void printSourceAlone(const ModelSource& source);

}  // namespace crystallite::cli
