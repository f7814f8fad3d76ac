// Feeds arbitrary bytes through the readers of Hugging Face tokenizers and the detection of chat formats. The input is up to four files
// with a zero byte between them: tokenizer.json, tokenizer_config.json, vocab.json, merges.txt; one that begins neither with '{' nor with a
// zero byte is a tokenizer.model. A failure is a crash, a sanitizer report, memory far beyond the input's size, or a text that does not
// come back.
#include "engine/formats/hugging_face_tokenizer.h"
#include "engine/text/chat_template.h"
#include "engine/text/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace {

using namespace crystallite;

HuggingFaceTokenizerFiles filesOf(std::string_view input) {
    if (!input.empty() && input.front() != '{' && input.front() != '\0') {
        return {.sentencePieceModel = input};
    }
    std::array<std::string_view, 4> parts;
    for (std::string_view& part : parts) {
        part = input.substr(0, input.find('\0'));
        input.remove_prefix(std::min(part.size() + 1, input.size()));
    }
    return {.tokenizerJson = parts[0], .vocabulary = parts[2], .merges = parts[3], .config = parts[1]};
}

bool stripsWhiteSpace(const TokenizerData& data) {
    return std::any_of(data.addedRules.begin(), data.addedRules.end(),
                       [](const AddedTokenRule& rule) { return rule.leftStrip || rule.rightStrip; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    Result<TokenizerData> vocabulary = readHuggingFaceTokenizer(filesOf(input), "input");
    if (!vocabulary) {
        return 0;
    }
    if (const auto format = detectChatFormat(vocabulary->chatTemplate)) {
        const std::array<ChatTurn, 1> turns = {ChatTurn{.role = ChatRole::User, .text = "Hi"}};
        ENGINE_ASSERT(writeChat(**format, turns, *vocabulary).has_value());
        static_cast<void>(stopIds(**format, *vocabulary));
    }
    const bool isLossless = !stripsWhiteSpace(*vocabulary);
    const auto tokenizer = Tokenizer::create(std::move(vocabulary).value());
    if (!tokenizer) {
        return 0;
    }
    // The end of the input is the text: it may hold what the vocabulary writes out.
    const std::string_view text = input.substr(size - std::min<size_t>(size, 200));
    const std::string decoded = (*tokenizer)->decode((*tokenizer)->encode(text));
    ENGINE_ASSERT(!isLossless || decoded == text);
    return 0;
}
