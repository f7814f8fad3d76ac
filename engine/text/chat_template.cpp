#include "engine/text/chat_template.h"

#include "engine/text/vocabulary_index.h"

#include <algorithm>
#include <cctype>

namespace crystallite {
namespace {

constexpr std::string_view kHelpful = "You are a helpful assistant.";
constexpr std::string_view kQwen = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

constexpr ChatFormat makeChatMl(std::string_view name, std::string_view families, std::string_view defaultSystem) {
    return {.name = name,
            .families = families,
            .turnBegin = "<|im_start|>",
            .nameEnd = "\n",
            .turnEnd = "<|im_end|>\n",
            .roleNames = {"system", "user", "assistant"},
            .defaultSystem = defaultSystem,
            .stops = {"<|im_end|>", "<|endoftext|>"}};
}

constexpr ChatFormat makeChatMlWithoutThinking() {
    ChatFormat format = makeChatMl("chatml-no-thinking", "Qwen3-0.6B-diffusion", "");
    format.answerPrefix = "<think>\n\n</think>\n\n";
    format.stops = {"<|im_end|>", ""};
    return format;
}

constexpr std::array kFormats = {
    ChatFormat{.name = "llada",
               .families = "LLaDA-8B, LLaDA-1.5",
               .beginsWithBos = true,
               .turnBegin = "<|start_header_id|>",
               .nameEnd = "<|end_header_id|>\n\n",
               .turnEnd = "<|eot_id|>",
               .roleNames = {"system", "user", "assistant"},
               .stops = {"<|eot_id|>", ""}},
    ChatFormat{.name = "llada-moe",
               .families = "LLaDA-MoE, LLaDA2",
               .turnBegin = "<role>",
               .nameEnd = "</role>",
               .turnEnd = "<|role_end|>",
               .roleNames = {"SYSTEM", "HUMAN", "ASSISTANT"},
               .defaultSystem = "detailed thinking off",
               .stops = {"<|role_end|>", ""}},
    makeChatMl("chatml", "SDAR, TraDo, WeDLM-8B", ""),
    makeChatMl("chatml-helpful", "Dream, DiffuCoder", kHelpful),
    makeChatMl("chatml-qwen", "Qwen2.5-Coder-diffusion, Fast-dLLM v2", kQwen),
    makeChatMlWithoutThinking(),
    ChatFormat{.name = "gemma4",
               .families = "DiffusionGemma",
               .beginsWithBos = true,
               .turnBegin = "<|turn>",
               .nameEnd = "\n",
               .turnEnd = "<turn|>\n",
               .roleNames = {"system", "user", "model"},
               .stops = {"<turn|>", ""}},
};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Whether the program writes a system turn with a text of its own. Inside a Jinja string a line break is written \n.
bool writesOwnSystemTurn(std::string_view jinja) {
    for (const std::string_view opening : {"<|im_start|>system\n", R"(<|im_start|>system\n)"}) {
        for (size_t place = jinja.find(opening); place != std::string_view::npos; place = jinja.find(opening, place + 1)) {
            const std::string_view next = jinja.substr(place + opening.size(), 1);
            if (!next.empty() && std::isalpha(static_cast<unsigned char>(next.front())) != 0) {
                return true;
            }
        }
    }
    return false;
}

std::string_view chatMlName(std::string_view jinja) {
    if (contains(jinja, kQwen)) {
        return "chatml-qwen";
    }
    if (contains(jinja, kHelpful)) {
        return "chatml-helpful";
    }
    return writesOwnSystemTurn(jinja) ? "" : "chatml";
}

/// Empty when the marks are none of the known.
std::string_view formatName(std::string_view jinja) {
    if (contains(jinja, "<|turn>") && contains(jinja, "<turn|>")) {
        return "gemma4";
    }
    if (contains(jinja, "<role>") && contains(jinja, "<|role_end|>")) {
        return "llada-moe";
    }
    // Llama 3.1 has the same marks and dates of its own in front.
    if (contains(jinja, "<|start_header_id|>") && contains(jinja, "<|eot_id|>") && !contains(jinja, "Cutting Knowledge Date")) {
        return "llada";
    }
    return contains(jinja, "<|im_start|>") && contains(jinja, "<|im_end|>") ? chatMlName(jinja) : "";
}

bool isAdded(const TokenizerData& data, size_t id) {
    const TokenKind kind = kindOf(data, id);
    return kind == TokenKind::Control || kind == TokenKind::UserDefined;
}

void appendTurn(const ChatFormat& format, const ChatTurn& turn, std::string& text) {
    text.append(format.turnBegin).append(format.roleNames[static_cast<size_t>(turn.role)]).append(format.nameEnd);
    text.append(turn.text).append(format.turnEnd);
}

}  // namespace

std::span<const ChatFormat> chatFormats() {
    return kFormats;
}

const ChatFormat* findChatFormat(std::string_view name) {
    const auto* const found =
        std::find_if(kFormats.begin(), kFormats.end(), [name](const ChatFormat& format) { return format.name == name; });
    return found == kFormats.end() ? nullptr : found;
}

std::string chatFormatNames() {
    std::string names;
    for (const ChatFormat& format : kFormats) {
        names.append(names.empty() ? "" : ", ").append(format.name);
    }
    return names;
}

Result<const ChatFormat*> detectChatFormat(std::string_view jinja) {
    if (const ChatFormat* const format = findChatFormat(formatName(jinja))) {
        return format;
    }
    const std::string what = jinja.empty() ? "the model has no chat template" : "the model's chat template is none that this build knows";
    return Error{ErrorKind::Unsupported, what + "; send plain text, or name one of: " + chatFormatNames()};
}

Result<std::string> writeChat(const ChatFormat& format, std::span<const ChatTurn> turns, const TokenizerData& data) {
    if (turns.empty() || turns.back().role != ChatRole::User) {
        return Error{ErrorKind::InvalidArgument, "the conversation must end with a turn of the user, which the model answers"};
    }
    if (std::any_of(turns.begin() + 1, turns.end(), [](const ChatTurn& turn) { return turn.role == ChatRole::System; })) {
        return Error{ErrorKind::InvalidArgument, "a system turn must be the first of the conversation"};
    }
    std::string text;
    if (format.beginsWithBos && data.bos && *data.bos < data.tokens.size()) {
        text = data.tokens[*data.bos];
    }
    if (!format.defaultSystem.empty() && turns.front().role != ChatRole::System) {
        appendTurn(format, {.role = ChatRole::System, .text = std::string(format.defaultSystem)}, text);
    }
    for (const ChatTurn& turn : turns) {
        appendTurn(format, turn, text);
    }
    text.append(format.turnBegin).append(format.roleNames[static_cast<size_t>(ChatRole::Assistant)]).append(format.nameEnd);
    return text.append(format.answerPrefix);
}

std::optional<TokenId> findTurnEnd(const TokenizerData& data) {
    size_t best = kFormats.size();
    std::optional<TokenId> found;
    for (size_t id = 0; id < data.tokens.size(); ++id) {
        for (size_t i = 0; i < best && isAdded(data, id); ++i) {
            if (data.tokens[id] == kFormats[i].stops.front()) {
                best = i;
                found = static_cast<TokenId>(id);
            }
        }
    }
    return found;
}

std::vector<TokenId> stopIds(const ChatFormat& format, const TokenizerData& data) {
    std::vector<TokenId> ids;
    for (size_t id = 0; id < data.tokens.size(); ++id) {
        const bool isNamed = isAdded(data, id) && !data.tokens[id].empty() &&
                             std::find(format.stops.begin(), format.stops.end(), data.tokens[id]) != format.stops.end();
        if (isNamed || data.eos == static_cast<TokenId>(id)) {
            ids.push_back(static_cast<TokenId>(id));
        }
    }
    return ids;
}

}  // namespace crystallite
