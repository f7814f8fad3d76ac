#pragma once

#include "app/cli/common.h"
#include "engine/text/tokenizer_data.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace crystallite::cli {

/// A text of one's own of which a share is masked, for the model to recover.
struct NoiseChoice {
    std::optional<std::string> text;
    std::optional<double> level;  ///< 0..1
};

/// --noise-text and --noise.
void addNoiseOptions(CLI::App& command, NoiseChoice& choice);

/// The ids of the text with the mask's id for every token that vanishes at this level and seed; special tokens stay. None when the choice
/// has no text. InvalidArgument: one of the two is missing, the model has no mask, or at this level nothing vanishes.
Result<std::vector<TokenId>> noisyTokens(const Model& model, const NoiseChoice& choice, uint64_t seed);

}  // namespace crystallite::cli
