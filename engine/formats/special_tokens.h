#pragma once

#include "engine/base/result.h"
#include "engine/formats/json_access.h"
#include "engine/formats/vocabulary_builder.h"
#include "engine/text/tokenizer_data.h"

#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// What `tokenizer_config.json` and `special_tokens_map.json` say. Null documents say nothing.
struct TokenizerSettings {
    Json config;
    Json specialTokensMap;
};

/// Corrupt when one of the texts is not JSON; an empty text is an absent file.
Result<TokenizerSettings> parseTokenizerSettings(std::string_view config, std::string_view specialTokensMap);

/// The tokens that `added_tokens.json` and `added_tokens_decoder` of the settings name; of two names for an id that of the settings.
Result<std::vector<AddedToken>> readAddedTokens(std::string_view addedTokens, const TokenizerSettings& settings);

/// Sets BOS, EOS, padding and mask to the tokens that are written as the settings name them, EOT to the mark that the known chat formats
/// end a turn with, and the kind of every special token of more than one character to control. A role that no file names, or that names no
/// token, stays as it is.
void applyRoles(const TokenizerSettings& settings, TokenizerData& data);

/// Whether BOS and EOS go around a text; `opening` and `closing` as in TokenizerJson.
void applyTemplate(const TokenizerSettings& settings, std::string_view opening, std::string_view closing, TokenizerData& data);

/// The chat template, "default" of several; empty when there is none.
std::string chatTemplateOf(const TokenizerSettings& settings);

}  // namespace crystallite
