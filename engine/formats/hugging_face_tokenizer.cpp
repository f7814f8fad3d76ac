#include "engine/formats/hugging_face_tokenizer.h"

#include "engine/base/in_quotes.h"

namespace crystallite {

Result<TokenizerData> readHuggingFaceTokenizer(const std::filesystem::path& folder) {
    return Error{ErrorKind::Unsupported, "the tokenizer of " + inQuotes(folder.filename().string()) +
                                             " cannot be read yet; give a GGUF file that has it by --tokenizer"};
}

}  // namespace crystallite
