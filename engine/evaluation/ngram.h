#pragma once

#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace crystallite {

/// Unigram and bigram counts of a training text: what a model must beat. The first token of a document is given, like everywhere here.
class NgramBaseline {
public:
    explicit NgramBaseline(uint32_t vocabulary) : unigrams_(vocabulary), contexts_(vocabulary), followers_(vocabulary) {}

    void learn(std::span<const TokenId> document);
    /// -ln p(tokens[1:]) with one added to every count.
    [[nodiscard]] double unigramNll(std::span<const TokenId> document) const;
    /// -ln p(tokens[1:] | tokens[0]); unseen pairs back off to the unigram (Witten and Bell, 1991).
    [[nodiscard]] double bigramNll(std::span<const TokenId> document) const;

private:
    [[nodiscard]] double unigram(TokenId token) const;

    std::vector<uint64_t> unigrams_;   // [vocabulary] tokens that are not the first of a document
    std::vector<uint64_t> contexts_;   // [vocabulary] tokens that something follows
    std::vector<uint64_t> followers_;  // [vocabulary] different tokens that follow
    std::map<std::pair<TokenId, TokenId>, uint64_t> bigrams_;
    uint64_t total_ = 0;
};

}  // namespace crystallite
