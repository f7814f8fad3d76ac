#include "engine/model/families/family_chat.h"

#include "engine/model/families/family.h"
#include "engine/text/vocabulary_index.h"

namespace crystallite {
namespace {

bool writeTheSameTurns(const ChatFormat& a, const ChatFormat& b) {
    return a.turnBegin == b.turnBegin && a.nameEnd == b.nameEnd && a.turnEnd == b.turnEnd && a.roleNames == b.roleNames &&
           a.defaultSystem == b.defaultSystem;
}

/// Small models of the same architecture have a vocabulary of their own, in which the marks would be so much text.
bool hasTurnEnd(const TokenizerData& data, const ChatFormat& format) {
    bool found = false;
    for (size_t id = 0; id < data.tokens.size() && !found; ++id) {
        const TokenKind kind = kindOf(data, id);
        found = (kind == TokenKind::Control || kind == TokenKind::UserDefined) && data.tokens[id] == format.stops.front();
    }
    return found;
}

}  // namespace

Result<const ChatFormat*> chatFormatOf(std::string_view family, const TokenizerData& data) {
    const Family* const row = findFamily(family);
    const ChatFormat* const usual = row == nullptr ? nullptr : findChatFormat(row->chatFormat);
    if (usual != nullptr && data.chatTemplate.empty() && hasTurnEnd(data, *usual)) {
        return usual;
    }
    const Result<const ChatFormat*> detected = detectChatFormat(data.chatTemplate);
    return detected && usual != nullptr && writeTheSameTurns(*usual, **detected) ? Result<const ChatFormat*>(usual) : detected;
}

}  // namespace crystallite
