#include "engine/text/byte_pair_encoder.h"

#include "engine/base/in_quotes.h"
#include "engine/text/byte_alphabet.h"

#include <queue>
#include <tuple>

namespace crystallite {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

uint64_t pairKey(TokenId left, TokenId right) {
    return uint64_t{left} << 32U | right;
}

/// A run of bytes inside a word that is one token so far; a doubly linked list through indices.
struct Symbol {
    TokenId id = 0;
    uint32_t previous = kNone;
    uint32_t next = kNone;
};

/// A merge that was possible when it was queued: it is stale when one of the two symbols has changed since.
struct Proposal {
    uint32_t rank = 0;
    uint32_t left = 0;  ///< index of the left symbol
    TokenId leftId = 0;
    TokenId rightId = 0;
    TokenId product = 0;
};
struct LaterProposal {
    bool operator()(const Proposal& a, const Proposal& b) const { return std::tie(a.rank, a.left) > std::tie(b.rank, b.left); }
};

}  // namespace

Result<BytePairEncoder> BytePairEncoder::create(const TokenizerData& data) {
    BytePairEncoder encoder;
    Result<void> read = encoder.readVocabulary(data);
    if (read) {
        read = encoder.readMerges(data.merges);
    }
    if (!read) {
        return read.error();
    }
    return encoder;
}

Result<void> BytePairEncoder::readVocabulary(const TokenizerData& data) {
    for (size_t id = 0; id < data.tokens.size(); ++id) {
        if (data.kinds.empty() || data.kinds[id] == TokenKind::Normal) {
            idOfWritten_.emplace(data.tokens[id], static_cast<TokenId>(id));
        }
    }
    for (uint32_t byte = 0; byte < idOfByte_.size(); ++byte) {
        const char character = static_cast<char>(byte);
        idOfByte_[byte] = findWhole({&character, 1});
        if (idOfByte_[byte] == kNoToken) {
            return Error{ErrorKind::Corrupt, "the vocabulary has no token for the byte " + std::to_string(byte) +
                                                 "; a byte-level vocabulary needs one for each of the 256"};
        }
    }
    return {};
}

Result<void> BytePairEncoder::readMerges(const std::vector<std::string>& merges) {
    for (size_t rank = 0; rank < merges.size(); ++rank) {
        const std::string& merge = merges[rank];
        const size_t gap = merge.find(' ');
        const std::string left = merge.substr(0, gap);
        const std::string right = gap == std::string::npos ? "" : merge.substr(gap + 1);
        const auto leftToken = idOfWritten_.find(left);
        const auto rightToken = idOfWritten_.find(right);
        const auto product = idOfWritten_.find(left + right);
        if (leftToken == idOfWritten_.end() || rightToken == idOfWritten_.end() || product == idOfWritten_.end()) {
            return Error{ErrorKind::Corrupt, "merge " + std::to_string(rank) + " (" + inQuotes(merge) +
                                                 ") joins or makes tokens that the vocabulary does not have"};
        }
        merges_.emplace(pairKey(leftToken->second, rightToken->second), Merge{static_cast<uint32_t>(rank), product->second});
    }
    return {};
}

const BytePairEncoder::Merge* BytePairEncoder::findMerge(TokenId left, TokenId right) const {
    const auto found = merges_.find(pairKey(left, right));
    return found == merges_.end() ? nullptr : &found->second;
}

TokenId BytePairEncoder::findWhole(std::string_view word) const {
    const auto found = idOfWritten_.find(writtenBytes(word));
    return found == idOfWritten_.end() ? kNoToken : found->second;
}

void BytePairEncoder::encode(std::string_view word, std::vector<TokenId>& ids) const {
    ENGINE_ASSERT(word.size() < kNone);
    const auto length = static_cast<uint32_t>(word.size());
    std::vector<Symbol> symbols(length);
    std::priority_queue<Proposal, std::vector<Proposal>, LaterProposal> proposals;
    const auto propose = [&](uint32_t left) {
        if (left == kNone || symbols[left].next == kNone) {
            return;
        }
        const TokenId leftId = symbols[left].id;
        const TokenId rightId = symbols[symbols[left].next].id;
        if (const Merge* const merge = findMerge(leftId, rightId)) {
            proposals.push({merge->rank, left, leftId, rightId, merge->product});
        }
    };
    for (uint32_t i = 0; i < length; ++i) {
        symbols[i] = {idOfByte_[static_cast<uint8_t>(word[i])], i == 0 ? kNone : i - 1, i + 1 < length ? i + 1 : kNone};
    }
    for (uint32_t i = 0; i < length; ++i) {
        propose(i);
    }
    while (!proposals.empty()) {
        const Proposal best = proposals.top();
        proposals.pop();
        Symbol& left = symbols[best.left];
        if (left.id != best.leftId || left.next == kNone || symbols[left.next].id != best.rightId) {
            continue;
        }
        Symbol& right = symbols[left.next];
        left.id = best.product;
        left.next = right.next;
        right.id = kNoToken;
        if (left.next != kNone) {
            symbols[left.next].previous = best.left;
        }
        propose(left.previous);
        propose(best.left);
    }
    for (uint32_t i = 0; i != kNone && i < length; i = symbols[i].next) {
        ids.push_back(symbols[i].id);
    }
}

}  // namespace crystallite
