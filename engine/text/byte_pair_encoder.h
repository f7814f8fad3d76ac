#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"
#include "engine/text/vocabulary_index.h"

#include <array>
#include <string_view>
#include <vector>

namespace crystallite {

/// The merging half of a byte-level BPE: bytes of one pre-token -> ids. Immutable; any thread.
class BytePairEncoder {
public:
    /// Needs an ordinary token for each of the 256 bytes and for the parts and the product of each merge; Corrupt names what is absent.
    static Result<BytePairEncoder> create(const TokenizerData& data);

    /// Appends the ids of `word` to `ids`.
    void encode(std::string_view word, std::vector<TokenId>& ids) const;
    /// The token that is `word` as a whole; SymbolMerger::kNoToken when there is none.
    [[nodiscard]] TokenId findWhole(std::string_view word) const;

private:
    explicit BytePairEncoder(VocabularyIndex index);

    VocabularyIndex index_;  // as written: "Ġthe"
    std::array<TokenId, 256> idOfByte_ = {};
};

}  // namespace crystallite
