#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace crystallite {

/// The tokenizer of a Hugging Face folder: from `tokenizer.json`, else `vocab.json` with `merges.txt`, else `tokenizer.model`
/// (SentencePiece), with the special tokens, rules and chat template of the files beside it. The mask is set where a file names it and
/// nowhere else. NotFound when the folder has none of the three; Io, Corrupt or Unsupported with a sentence that names the file.
Result<TokenizerData> readHuggingFaceTokenizer(const std::filesystem::path& folder);

/// The contents of those files; empty: not there.
struct HuggingFaceTokenizerFiles {
    std::string_view tokenizerJson;       ///< tokenizer.json
    std::string_view vocabulary;          ///< vocab.json
    std::string_view merges;              ///< merges.txt
    std::string_view sentencePieceModel;  ///< tokenizer.model
    std::string_view addedTokens;         ///< added_tokens.json
    std::string_view config;              ///< tokenizer_config.json
    std::string_view specialTokensMap;    ///< special_tokens_map.json
    std::string_view chatTemplate;        ///< chat_template.jinja
};

/// The same from contents; `name` stands for the folder in messages.
Result<TokenizerData> readHuggingFaceTokenizer(const HuggingFaceTokenizerFiles& files, const std::string& name);

}  // namespace crystallite
