#include "app/cli/noise_choice.h"

#include "engine/diffusion/forward_noise.h"
#include "engine/model/model.h"
#include "engine/text/tokenizer.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace crystallite::cli {
namespace {

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

/// An open slot stays open and a special token stays what it is.
bool mayVanish(const Tokenizer& tokenizer, TokenId id) {
    const std::vector<TokenKind>& kinds = tokenizer.data().kinds;
    const bool isUserDefined = id < kinds.size() && kinds[id] == TokenKind::UserDefined;
    return !tokenizer.isControl(id) && !isUserDefined;
}

Result<void> checkNoise(const Model& model, const NoiseChoice& choice) {
    if (!choice.text || !choice.level) {
        return invalid(choice.text ? "A text to recover needs a level; add --noise 0.5 to mask half of it."
                                   : "--noise has no text; add the text that is to be recovered with --noise-text.");
    }
    if (!(*choice.level > 0.0 && *choice.level <= 1.0)) {
        return invalid("--noise is " + std::to_string(*choice.level) + "; it must be above 0 and at most 1, the share that is masked.");
    }
    const TokenId maskId = model.config().maskId;
    const bool hasMask = model.config().hasMask && !model.config().isAutoregressive() && model.tokenizer()->isControl(maskId);
    return hasMask ? Result<void>()
                   : invalid("This model has no mask of its own, so that no text can be masked for it; choose another model.");
}

}  // namespace

void addNoiseOptions(CLI::App& command, NoiseChoice& choice) {
    command
        .add_option("--noise-text", choice.text,
                    "A text instead of a prompt: a share of it is masked, and the run recovers it; see --noise")
        ->excludes("--prompt")
        ->excludes("--token-ids")
        ->excludes("--chat");
    command.add_option("--noise", choice.level, "Share of the text that is masked, above 0 to 1; which tokens, --seed decides");
}

Result<std::vector<TokenId>> noisyTokens(const Model& model, const NoiseChoice& choice, uint64_t seed) {
    if (!choice.text && !choice.level) {
        return std::vector<TokenId>{};
    }
    if (const Result<void> checked = checkNoise(model, choice); !checked) {
        return checked.error();
    }
    const Tokenizer& tokenizer = *model.tokenizer();
    std::vector<TokenId> ids = tokenizer.encodePrompt(*choice.text);
    std::vector<bool> open;
    for (const TokenId id : ids) {
        open.push_back(mayVanish(tokenizer, id));
    }
    const auto movable = std::count(open.begin(), open.end(), true);
    const std::vector<bool> vanishes = vanishingTokens(open, *choice.level, seed);
    for (size_t index = 0; index < ids.size(); ++index) {
        ids[index] = vanishes[index] ? model.config().maskId : ids[index];
    }
    if (std::find(vanishes.begin(), vanishes.end(), true) == vanishes.end()) {
        return invalid("Of the " + std::to_string(movable) + " tokens of the text none was masked at --noise " +
                       std::to_string(*choice.level) + " with --seed " + std::to_string(seed) + "; raise one or change the other.");
    }
    return ids;
}

}  // namespace crystallite::cli
