#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

enum class ChatRole : uint8_t { System, User, Assistant };

struct ChatTurn {
    ChatRole role = ChatRole::User;
    std::string text;
};

/// How a family writes a conversation. A turn is `turnBegin`, the name of its role, `nameEnd`, its text, `turnEnd`; behind the last one
/// the assistant's turn is opened and the model goes on. Checkpoints carry a Jinja program for the same; a table of what those programs
/// write needs no interpreter and can be read at a glance.
struct ChatFormat {
    std::string_view name;
    std::string_view families;  ///< who uses it, for a person who chooses
    bool beginsWithBos = false;
    std::string_view turnBegin, nameEnd, turnEnd;
    std::array<std::string_view, 3> roleNames;  ///< by ChatRole
    std::string_view defaultSystem;             ///< text of the system turn that stands where none is given; empty: no such turn
    std::string_view answerPrefix;              ///< written behind the opening of the assistant's turn that is to be generated
    std::array<std::string_view, 2> stops;  ///< tokens that end an answer besides the tokenizer's EOS, first the end of a turn; "" is none
};

std::span<const ChatFormat> chatFormats();
/// Null for a name that is not in the table.
const ChatFormat* findChatFormat(std::string_view name);
/// "llada, chatml, …" for messages.
std::string chatFormatNames();

/// The row that a checkpoint's Jinja template belongs to, by the marks that it writes. Qwen3's template can leave thinking on or off: the
/// row for on is taken, "chatml-no-thinking" is a choice of the family or the person. Unsupported for a template that is empty or none of
/// the known; the sentence says so and what is left to do.
Result<const ChatFormat*> detectChatFormat(std::string_view jinja);

/// The conversation up to the point where the answer is generated, exactly as the family's template writes it. `data` gives the name of
/// the BOS. InvalidArgument when a system turn is not the first or the last turn is not the user's.
Result<std::string> writeChat(const ChatFormat& format, std::span<const ChatTurn> turns, const TokenizerData& data);

/// The token that the known formats end a turn with, if the vocabulary has one as a control or user-defined token; of several that of the
/// first format.
std::optional<TokenId> findTurnEnd(const TokenizerData& data);

/// The ids that end an answer, rising: the EOS and those of `format.stops` that the vocabulary has as control or user-defined tokens.
std::vector<TokenId> stopIds(const ChatFormat& format, const TokenizerData& data);

}  // namespace crystallite
