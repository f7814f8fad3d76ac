#include "engine/formats/tokenizer_choice.h"

#include "engine/formats/gguf_model.h"
#include "engine/formats/hugging_face_tokenizer.h"

#include <system_error>

namespace crystallite {

Result<TokenizerData> readTokenizer(const std::filesystem::path& path) {
    std::error_code code;
    if (std::filesystem::is_directory(path, code)) {
        return readHuggingFaceTokenizer(path);
    }
    const std::filesystem::path extension = path.extension();
    if (extension == ".json" || extension == ".txt" || extension == ".model") {
        return readHuggingFaceTokenizer(path.has_parent_path() ? path.parent_path() : ".");
    }
    const auto source = openGgufFile(path);
    if (!source) {
        return source.error();
    }
    return (*source)->tokenizer();
}

}  // namespace crystallite
