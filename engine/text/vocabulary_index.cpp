#include "engine/text/vocabulary_index.h"

#include "engine/base/in_quotes.h"

#include <algorithm>

namespace crystallite {
namespace {

uint64_t pairKey(TokenId left, TokenId right) {
    return uint64_t{left} << 32U | right;
}

}  // namespace

Result<VocabularyIndex> VocabularyIndex::create(const TokenizerData& data) {
    VocabularyIndex index;
    index.idOfWritten_.reserve(data.tokens.size());
    for (size_t id = 0; id < data.tokens.size(); ++id) {
        if (kindOf(data, id) == TokenKind::Normal) {
            index.idOfWritten_.emplace(data.tokens[id], static_cast<TokenId>(id));
            index.longestToken_ = std::max(index.longestToken_, data.tokens[id].size());
        }
    }
    const Result<void> read = index.readMerges(data.merges);
    if (!read) {
        return read.error();
    }
    return index;
}

Result<void> VocabularyIndex::readMerges(const std::vector<std::string>& merges) {
    merges_.reserve(merges.size());
    std::string product;
    for (size_t rank = 0; rank < merges.size(); ++rank) {
        const std::string_view merge = merges[rank];
        const size_t gap = std::min(merge.find(' '), merge.size());
        const std::string_view left = merge.substr(0, gap);
        const std::string_view right = merge.substr(std::min(gap + 1, merge.size()));
        product.assign(left).append(right);
        const TokenId leftId = find(left);
        const TokenId rightId = find(right);
        const TokenId productId = find(product);
        if (leftId == SymbolMerger::kNoToken || rightId == SymbolMerger::kNoToken || productId == SymbolMerger::kNoToken) {
            return Error{ErrorKind::Corrupt, "merge " + std::to_string(rank) + " (" + inQuotes(merge) +
                                                 ") joins or makes tokens that the vocabulary does not have"};
        }
        merges_.emplace(pairKey(leftId, rightId), SymbolMerger::Merge{.rank = static_cast<uint32_t>(rank), .product = productId});
    }
    return {};
}

TokenId VocabularyIndex::find(std::string_view written) const {
    const auto found = idOfWritten_.find(written);
    return found == idOfWritten_.end() ? SymbolMerger::kNoToken : found->second;
}

std::optional<SymbolMerger::Merge> VocabularyIndex::findMerge(TokenId left, TokenId right) const {
    const auto found = merges_.find(pairKey(left, right));
    return found == merges_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace crystallite
