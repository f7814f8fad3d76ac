#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crystallite {

/// The merging half of a byte-level BPE: bytes of one pre-token -> ids. Sennrich et al., arXiv 1508.07909. Immutable; any thread.
class BytePairEncoder {
public:
    /// Needs an ordinary token for each of the 256 bytes and for the parts and the product of each merge; Corrupt names what is absent.
    static Result<BytePairEncoder> create(const TokenizerData& data);

    /// Appends the ids of `word` to `ids`: of all adjacent pairs the one of lowest rank merges first, the leftmost of equals.
    /// n log n in the length of the word.
    void encode(std::string_view word, std::vector<TokenId>& ids) const;
    /// The token that is `word` as a whole; kNoToken when there is none.
    [[nodiscard]] TokenId findWhole(std::string_view word) const;
    static constexpr TokenId kNoToken = ~TokenId{0};

private:
    struct Merge {
        uint32_t rank = 0;
        TokenId product = 0;
    };
    BytePairEncoder() = default;

    Result<void> readVocabulary(const TokenizerData& data);
    Result<void> readMerges(const std::vector<std::string>& merges);
    [[nodiscard]] const Merge* findMerge(TokenId left, TokenId right) const;

    std::unordered_map<std::string, TokenId> idOfWritten_;  // "Ġthe" -> id, ordinary tokens only
    std::unordered_map<uint64_t, Merge> merges_;            // left id << 32 | right id
    std::array<TokenId, 256> idOfByte_ = {};
};

}  // namespace crystallite
