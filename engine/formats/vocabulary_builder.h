#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// A token that a Hugging Face file lists beside the vocabulary.
struct AddedToken {
    std::string content;
    bool special = false;  ///< control, otherwise user-defined
    AddedTokenRule rule;   ///< with its id
};

/// Collects tokens that a file gives in any order with their ids.
class VocabularyBuilder {
public:
    /// Corrupt when the id is out of range or has another name already.
    Result<void> add(uint64_t id, std::string_view token, TokenKind kind);
    /// Names a token of the vocabulary or one beyond it. Corrupt when the id has another name.
    Result<void> addAdded(const AddedToken& token);
    [[nodiscard]] bool contains(TokenId id) const { return entries_.contains(id); }

    /// Sets tokens, kinds and rules of added tokens. Ids without a token become unused; Corrupt when most are.
    Result<void> finish(TokenizerData& data);

private:
    struct Entry {
        std::string token;
        TokenKind kind = TokenKind::Normal;
    };
    std::map<TokenId, Entry> entries_;
    std::vector<AddedTokenRule> rules_;
};

}  // namespace crystallite
