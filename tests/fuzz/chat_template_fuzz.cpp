// Feeds arbitrary settings and templates to the readers of chat formats. The input is up to four texts with a zero byte between them:
// tokenizer_config.json, chat_template.jinja, special_tokens_map.json and what a person types. The vocabulary is fixed: every byte, the
// marks of all known formats and names that the settings may give a role. A failure is a crash, a sanitizer report, a format whose marks
// the template does not write, or a turn that is not sent as it was written.
#include "engine/formats/hugging_face_tokenizer.h"
#include "engine/model/families/family_chat.h"
#include "engine/text/chat_prompt.h"
#include "engine/text/tokenizer.h"
#include "tests/support/hugging_face_files.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace {

using namespace crystallite;

constexpr std::array kFamilies = {"llada", "dream", "qwen3-mdlm", "stories", ""};

std::string tokenizerJson() {
    nlohmann::json document = byteLevelTokenizerJson({"a b"});
    nlohmann::json& added = document["added_tokens"];
    const auto add = [&added](std::string_view text) {
        const bool isNew = std::none_of(added.begin(), added.end(),
                                        [text](const nlohmann::json& token) { return token.at("content").get<std::string>() == text; });
        if (isNew && !text.empty()) {
            added.push_back({{"id", added.back()["id"].get<int>() + 1}, {"content", std::string(text)}, {"special", true}});
        }
    };
    for (const ChatFormat& format : chatFormats()) {
        add(format.turnBegin);
        std::for_each(format.stops.begin(), format.stops.end(), add);
    }
    for (const char* const name : {"<s>", "</s>", "<pad>"}) {
        add(name);
    }
    return document.dump();
}

/// Nothing around the marks is guessed: a template of a known format writes what begins and ends its turns.
void checkDetection(std::string_view jinja, const ChatFormat& format) {
    ENGINE_ASSERT(jinja.find(format.turnBegin) != std::string_view::npos);
    ENGINE_ASSERT(jinja.find(format.stops.front()) != std::string_view::npos);
    ENGINE_ASSERT(findChatFormat(format.name) == &format);
}

/// What is sent is the typed text in one turn, and the answer's turn is open behind it.
void checkTurn(const ChatFormat& format, const std::string& typed, const TokenizerData& data, const Tokenizer& tokenizer) {
    const ChatChoice choice{.chat = true, .format = std::string(format.name), .system = typed.substr(0, typed.size() / 2)};
    const Result<std::string> sent = promptText(choice, typed, data);
    ENGINE_ASSERT(sent.has_value());
    const auto turn = [&format](ChatRole role, std::string_view text) {
        return std::string(format.turnBegin).append(format.roleNames[static_cast<size_t>(role)]).append(format.nameEnd).append(text);
    };
    const std::string ends = turn(ChatRole::System, *choice.system).append(format.turnEnd) +
                             turn(ChatRole::User, typed).append(format.turnEnd) + turn(ChatRole::Assistant, format.answerPrefix);
    ENGINE_ASSERT(sent->ends_with(ends));
    ENGINE_ASSERT(sent->size() == ends.size() || (data.bos && *sent == data.tokens[*data.bos] + ends));
    const bool strips = std::any_of(data.addedRules.begin(), data.addedRules.end(),
                                    [](const AddedTokenRule& rule) { return rule.leftStrip || rule.rightStrip; });
    ENGINE_ASSERT(strips || tokenizer.decode(tokenizer.encode(*sent)) == *sent);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const std::string kTokenizer = tokenizerJson();
    std::string_view input(reinterpret_cast<const char*>(data), size);
    std::array<std::string_view, 4> parts;
    for (std::string_view& part : parts) {
        part = input.substr(0, input.find('\0'));
        input.remove_prefix(std::min(part.size() + 1, input.size()));
    }
    Result<TokenizerData> vocabulary = readHuggingFaceTokenizer(
        {.tokenizerJson = kTokenizer, .config = parts[0], .specialTokensMap = parts[2], .chatTemplate = parts[1]}, "input");
    if (!vocabulary) {
        ENGINE_ASSERT(!vocabulary.error().message.empty());
        return 0;
    }
    ENGINE_ASSERT(parts[1].empty() || vocabulary->chatTemplate == parts[1]);
    const auto detected = detectChatFormat(vocabulary->chatTemplate);
    if (detected) {
        checkDetection(vocabulary->chatTemplate, **detected);
    }
    const auto tokenizer = Tokenizer::create(*vocabulary);
    if (!tokenizer) {
        ENGINE_ASSERT(!tokenizer.error().message.empty());
        return 0;
    }
    const std::string typed(parts[3].substr(0, 200));
    for (const char* const family : kFamilies) {
        const auto format = chatFormatOf(family, *vocabulary);
        if (!format) {
            ENGINE_ASSERT(!detected && !format.error().message.empty());
            continue;
        }
        checkTurn(**format, typed, *vocabulary, **tokenizer);
        for (const TokenId id : stopIds(**format, *vocabulary)) {
            ENGINE_ASSERT(id < vocabulary->tokens.size());
        }
    }
    return 0;
}
