#pragma once

#include "engine/text/tokenizer_data.h"
#include "engine/text/vocabulary_index.h"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crystallite {

/// Finds control and user-defined tokens ("<|user|>") that are written out in a text. Immutable; any thread.
class WrittenTokens {
public:
    explicit WrittenTokens(const TokenizerData& data);

    struct Segment {
        std::string_view text;         ///< what the token took, its stripped white space included, or the text between tokens; never empty
        std::optional<TokenId> token;  ///< nothing: plain text
    };
    /// The segments in order; they concatenate to `text`. The token that begins first is taken, of several that begin there the longest;
    /// those with `normalized` only where the others leave text.
    [[nodiscard]] std::vector<Segment> split(std::string_view text) const;

private:
    struct Hit {
        size_t position = 0;
        size_t length = 0;
        TokenId id = 0;
    };
    /// Tokens by how they are written.
    struct Table {
        std::unordered_map<std::string, TokenId, TextHash, std::equal_to<>> ids;
        std::array<std::vector<size_t>, 256> lengths;  // of those that begin with a byte, falling

        void add(const std::string& written, TokenId id);
        [[nodiscard]] std::optional<Hit> findAt(std::string_view text, size_t position) const;
    };

    void splitBy(const Table& table, std::string_view text, std::vector<Segment>& segments) const;
    [[nodiscard]] AddedTokenRule ruleOf(TokenId id) const;

    Table exact_;
    Table normalized_;
    std::unordered_map<TokenId, AddedTokenRule> rules_;
};

}  // namespace crystallite
