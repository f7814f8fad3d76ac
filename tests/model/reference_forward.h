#pragma once

#include "engine/formats/model_source.h"
#include "engine/text/tokenizer_data.h"

#include <span>
#include <vector>

namespace crystallite {

/// Row r: the logits [vocabulary] that a LLaMA-shaped model with F32 weights gives at canvas row r, in double precision by plain loops. It
/// reads the metadata and the tensors itself and shares no code with the engine's model or operations.
std::vector<std::vector<double>> referenceLogits(const ModelSource& source, std::span<const TokenId> tokens);

}  // namespace crystallite
