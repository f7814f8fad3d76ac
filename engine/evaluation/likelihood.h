#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace crystallite {

/// Logits [slots, vocabulary], the output vocabulary, of the rows that predict `slots`, as Model::logits gives them.
using LogitSource = std::function<Result<std::vector<float>>(std::span<const TokenId> tokens, std::span<const uint32_t> slots)>;

struct LikelihoodModel {
    LogitSource logits;
    uint32_t vocabulary = 0;
    TokenId maskId = 0;
    std::vector<TokenId> forbiddenIds;  ///< sorted; they have no probability, because a run never emits them
};

/// Estimates in nats, one per sample, of the upper bound on -ln p(tokens[1:] | tokens[0]) of masked diffusion:
///   E over l of  n / l * sum over l masked positions of -ln p(token | what is visible),   n = tokens - 1, l uniform in 1..n
/// (LLaDA, arXiv 2502.09992, eq. 14). The samples' l are spread evenly over 1..n, which lowers the variance. Which positions are masked
/// depends on (seed, document, sample) only. At least 2 tokens.
Result<std::vector<double>> sampleMaskedBound(const LikelihoodModel& model, std::span<const TokenId> tokens, uint32_t samples,
                                              uint64_t seed, uint32_t document);

/// Exactly -ln p(tokens[1:] | tokens[0]) of a model that writes left to right, in one pass. At least 2 tokens.
Result<double> leftToRightNll(const LikelihoodModel& model, std::span<const TokenId> tokens);

}  // namespace crystallite
