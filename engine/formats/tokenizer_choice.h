#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <filesystem>

namespace crystallite {

/// The tokenizer at `path`: of a GGUF file, of a Hugging Face folder, or of the folder of a tokenizer file. Errors name the file.
Result<TokenizerData> readTokenizer(const std::filesystem::path& path);

}  // namespace crystallite
