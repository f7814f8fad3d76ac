// Feeds arbitrary bytes through everything that reads a model file before its weights go to a device: container, configuration and
// tokenizer. A failure is a crash, a sanitizer report, memory far beyond the input's size, or a text that does not come back.
#include "engine/formats/gguf_model.h"
#include "engine/model/model_config.h"
#include "engine/text/tokenizer.h"

#include <algorithm>
#include <cstdint>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace crystallite;
    const auto source = openGgufBytes(std::as_bytes(std::span(data, size)), "input.gguf");
    if (!source) {
        return 0;
    }
    static_cast<void>((*source)->fingerprint());
    static_cast<void>(readModelConfig(**source));
    Result<TokenizerData> vocabulary = (*source)->tokenizer();
    if (!vocabulary) {
        return 0;
    }
    const auto tokenizer = Tokenizer::create(std::move(vocabulary).value());
    if (!tokenizer) {
        return 0;
    }
    // The end of the input is the text: it may hold what the vocabulary writes out.
    const std::string_view text(reinterpret_cast<const char*>(data) + size - std::min<size_t>(size, 200), std::min<size_t>(size, 200));
    ENGINE_ASSERT((*tokenizer)->decode((*tokenizer)->encode(text)) == text);
    return 0;
}
