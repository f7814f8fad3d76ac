#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <filesystem>

namespace crystallite {

/// The tokenizer of a Hugging Face folder: from `tokenizer.json`, else `vocab.json` with `merges.txt`, else `tokenizer.model`
/// (SentencePiece), with the special tokens, rules and chat template of the files beside it. The mask is set where a file names it and
/// nowhere else. NotFound when the folder has none of the three; Io, Corrupt or Unsupported with a sentence that names the file.
Result<TokenizerData> readHuggingFaceTokenizer(const std::filesystem::path& folder);

}  // namespace crystallite
