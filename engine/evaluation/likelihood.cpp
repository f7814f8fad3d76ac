#include "engine/evaluation/likelihood.h"

#include "engine/base/assert.h"
#include "engine/base/rng.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

/// -ln softmax over the ids that may be emitted.
double surprise(std::span<const float> logits, const LikelihoodModel& model, TokenId token) {
    double largest = -HUGE_VAL;
    double sum = 0.0;
    for (const bool adding : {false, true}) {
        size_t nextForbidden = 0;
        for (TokenId id = 0; id < logits.size(); ++id) {
            if (nextForbidden < model.forbiddenIds.size() && model.forbiddenIds[nextForbidden] == id) {
                ++nextForbidden;
            } else if (adding) {
                sum += std::exp(static_cast<double>(logits[id]) - largest);
            } else {
                largest = std::max(largest, static_cast<double>(logits[id]));
            }
        }
    }
    return largest + std::log(sum) - static_cast<double>(logits[token]);
}

Result<double> surpriseAt(const LikelihoodModel& model, std::span<const TokenId> canvas, std::span<const TokenId> tokens,
                          std::span<const uint32_t> slots) {
    const Result<std::vector<float>> logits = model.logits(canvas, slots);
    if (!logits) {
        return logits.error();
    }
    double total = 0.0;
    for (size_t index = 0; index < slots.size(); ++index) {
        const std::span row = std::span(*logits).subspan(index * model.vocabulary, model.vocabulary);
        total += surprise(row, model, tokens[slots[index]]);
    }
    return total;
}

/// `count` of the positions 1..n, each set equally likely, rising.
std::vector<uint32_t> drawPositions(uint32_t n, uint32_t count, uint64_t seed, uint32_t document, uint32_t sample) {
    std::vector<std::pair<uint32_t, uint32_t>> drawn;
    for (uint32_t position = 1; position <= n; ++position) {
        drawn.emplace_back(randomWords(seed, document, position, DrawPurpose::Evaluation, sample)[0], position);
    }
    std::sort(drawn.begin(), drawn.end());
    std::vector<uint32_t> positions;
    for (uint32_t index = 0; index < count; ++index) {
        positions.push_back(drawn[index].second);
    }
    std::sort(positions.begin(), positions.end());
    return positions;
}

}  // namespace

Result<std::vector<double>> sampleMaskedBound(const LikelihoodModel& model, std::span<const TokenId> tokens, uint32_t samples,
                                              uint64_t seed, uint32_t document) {
    ENGINE_ASSERT(tokens.size() >= 2 && samples >= 1);
    const auto n = static_cast<uint32_t>(tokens.size() - 1);
    const double offset = uniformFrom(randomWords(seed, document, 0, DrawPurpose::Evaluation, 0)[0]);
    std::vector<double> estimates;
    for (uint32_t sample = 0; sample < samples; ++sample) {
        const uint32_t masked = std::min(1 + static_cast<uint32_t>((sample + offset) / samples * n), n);
        const std::vector<uint32_t> positions = drawPositions(n, masked, seed, document, sample);
        std::vector<TokenId> canvas(tokens.begin(), tokens.end());
        for (const uint32_t position : positions) {
            canvas[position] = model.maskId;
        }
        const Result<double> total = surpriseAt(model, canvas, tokens, positions);
        if (!total) {
            return total.error();
        }
        estimates.push_back(static_cast<double>(n) / masked * *total);
    }
    return estimates;
}

Result<double> leftToRightNll(const LikelihoodModel& model, std::span<const TokenId> tokens) {
    ENGINE_ASSERT(tokens.size() >= 2);
    std::vector<uint32_t> slots(tokens.size() - 1);
    std::iota(slots.begin(), slots.end(), 1U);
    return surpriseAt(model, tokens, tokens, slots);
}

}  // namespace crystallite
