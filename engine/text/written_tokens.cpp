#include "engine/text/written_tokens.h"

#include <algorithm>
#include <cstdint>

namespace crystallite {

WrittenTokens::WrittenTokens(const TokenizerData& data) {
    for (size_t id = 0; id < data.kinds.size(); ++id) {
        const bool written = data.kinds[id] == TokenKind::Control || data.kinds[id] == TokenKind::UserDefined;
        if (written && !data.tokens[id].empty()) {
            startingWith_[static_cast<uint8_t>(data.tokens[id].front())].push_back({data.tokens[id], static_cast<TokenId>(id)});
        }
    }
    for (std::vector<Entry>& entries : startingWith_) {
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.text.size() > b.text.size(); });
    }
}

WrittenTokens::Hit WrittenTokens::findFirst(std::string_view text) const {
    for (size_t position = 0; position < text.size(); ++position) {
        for (const Entry& entry : startingWith_[static_cast<uint8_t>(text[position])]) {
            if (text.substr(position).starts_with(entry.text)) {
                return {position, entry.text.size(), entry.id};
            }
        }
    }
    return {.position = text.size()};
}

}  // namespace crystallite
