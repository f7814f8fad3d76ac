#pragma once

#include "engine/base/assert.h"
#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <optional>
#include <queue>
#include <tuple>
#include <vector>

namespace crystallite {

/// The loop of byte-pair encoding (Sennrich et al., arXiv 1508.07909): of all adjacent pairs that may merge, the one of lowest rank merges
/// first, the leftmost of equals, until none may. n log n in the number of symbols.
class SymbolMerger {
public:
    static constexpr TokenId kNoToken = ~TokenId{0};

    /// A run of text that is one token so far.
    struct Symbol {
        TokenId id = kNoToken;
        uint32_t begin = 0;   ///< offset in the text
        uint32_t length = 0;  ///< bytes; 0 once it is part of its left neighbour
    };
    struct Merge {
        uint32_t rank = 0;
        TokenId product = 0;
    };

    /// Symbols are appended from left to right and touch each other.
    void append(TokenId id, uint32_t length) {
        const uint32_t begin = nodes_.empty() ? 0 : nodes_.back().symbol.begin + nodes_.back().symbol.length;
        ENGINE_ASSERT(nodes_.size() < kNone && length > 0);
        const auto index = static_cast<uint32_t>(nodes_.size());
        if (index > 0) {
            nodes_.back().next = index;
        }
        nodes_.push_back({.symbol = {.id = id, .begin = begin, .length = length}, .previous = index == 0 ? kNone : index - 1});
    }

    /// `find(left, right)` -> std::optional<Merge>, the same for the same texts.
    template <typename Find>
    void mergeAll(const Find& find) {
        for (uint32_t i = 0; i < nodes_.size(); ++i) {
            propose(i, find);
        }
        while (!proposals_.empty()) {
            const Proposal best = proposals_.top();
            proposals_.pop();
            if (isStale(best)) {
                continue;
            }
            join(best);
            propose(nodes_[best.left].previous, find);
            propose(best.left, find);
        }
    }

    /// `visit(symbol)` for what is left, from left to right.
    template <typename Visit>
    void forEach(const Visit& visit) const {
        for (uint32_t i = 0; i < nodes_.size(); i = nodes_[i].next) {
            visit(nodes_[i].symbol);
        }
    }

private:
    static constexpr uint32_t kNone = ~uint32_t{0};

    /// A doubly linked list through indices.
    struct Node {
        Symbol symbol;
        uint32_t previous = kNone;
        uint32_t next = kNone;
    };
    /// A merge that was possible when it was queued. A symbol keeps its begin and only grows, so that lengths tell whether it still is.
    struct Proposal {
        uint32_t rank = 0;
        uint32_t left = 0;  ///< index of the left symbol
        uint32_t leftLength = 0;
        uint32_t rightLength = 0;
        TokenId product = 0;
    };
    struct LaterProposal {
        bool operator()(const Proposal& a, const Proposal& b) const { return std::tie(a.rank, a.left) > std::tie(b.rank, b.left); }
    };

    template <typename Find>
    void propose(uint32_t left, const Find& find) {
        if (left == kNone || nodes_[left].next == kNone) {
            return;
        }
        const Symbol& leftSymbol = nodes_[left].symbol;
        const Symbol& rightSymbol = nodes_[nodes_[left].next].symbol;
        if (const std::optional<Merge> merge = find(leftSymbol, rightSymbol)) {
            proposals_.push({merge->rank, left, leftSymbol.length, rightSymbol.length, merge->product});
        }
    }

    [[nodiscard]] bool isStale(const Proposal& proposal) const {
        const Node& left = nodes_[proposal.left];
        return left.symbol.length != proposal.leftLength || left.next == kNone || nodes_[left.next].symbol.length != proposal.rightLength;
    }

    void join(const Proposal& proposal) {
        Node& left = nodes_[proposal.left];
        Node& right = nodes_[left.next];
        left.symbol.id = proposal.product;
        left.symbol.length += right.symbol.length;
        right.symbol.length = 0;
        left.next = right.next;
        if (left.next != kNone) {
            nodes_[left.next].previous = proposal.left;
        }
    }

    std::vector<Node> nodes_;
    std::priority_queue<Proposal, std::vector<Proposal>, LaterProposal> proposals_;
};

}  // namespace crystallite
