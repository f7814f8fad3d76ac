#pragma once

#include "engine/base/result.h"
#include "engine/text/symbol_merger.h"
#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crystallite {

/// Hash of a text that can be looked up without a copy.
struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// A vocabulary's ordinary tokens by how they are written, and its merges by their halves. Immutable; any thread.
class VocabularyIndex {
public:
    /// Corrupt when a merge joins or makes a token that is not an ordinary one.
    static Result<VocabularyIndex> create(const TokenizerData& data);

    /// SymbolMerger::kNoToken when nothing is written so.
    [[nodiscard]] TokenId find(std::string_view written) const;
    [[nodiscard]] std::optional<SymbolMerger::Merge> findMerge(TokenId left, TokenId right) const;
    [[nodiscard]] size_t longestToken() const { return longestToken_; }  ///< bytes

private:
    VocabularyIndex() = default;
    Result<void> readMerges(const std::vector<std::string>& merges);

    std::unordered_map<std::string, TokenId, TextHash, std::equal_to<>> idOfWritten_;
    std::unordered_map<uint64_t, SymbolMerger::Merge> merges_;  // left id << 32 | right id
    size_t longestToken_ = 0;
};

/// The kind of token `id`.
inline TokenKind kindOf(const TokenizerData& data, size_t id) {
    return data.kinds.empty() ? TokenKind::Normal : data.kinds[id];
}

}  // namespace crystallite
