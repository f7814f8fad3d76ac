#include "engine/evaluation/likelihood.h"
#include "engine/evaluation/ngram.h"
#include "engine/evaluation/proportion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

constexpr uint32_t kVocabulary = 5;

/// The same logits everywhere: ln 1, ln 2, … of the ids.
Result<std::vector<float>> rising(std::span<const TokenId>, std::span<const uint32_t> slots) {
    std::vector<float> logits;
    for (size_t slot = 0; slot < slots.size(); ++slot) {
        for (uint32_t id = 0; id < kVocabulary; ++id) {
            logits.push_back(std::log(static_cast<float>(id + 1)));
        }
    }
    return logits;
}

TEST(Likelihood, OfIndependentTokensIsExactWhateverIsMasked) {
    const LikelihoodModel model{.logits = rising, .vocabulary = kVocabulary, .maskId = 0, .forbiddenIds = {0}};
    const std::vector<TokenId> tokens = {4, 2, 2, 2, 2};
    // The mask has no probability: 3 of 2 + 3 + 4 + 5.
    const double exact = 4 * std::log(14.0 / 3.0);

    const auto estimates = sampleMaskedBound(model, tokens, 6, 1, 0);
    const auto nll = leftToRightNll(model, tokens);

    ASSERT_TRUE(estimates && nll);
    ASSERT_EQ(estimates->size(), 6U);
    for (const double estimate : *estimates) {
        EXPECT_NEAR(estimate, exact, 1e-5) << "n / l * l equal terms";
    }
    EXPECT_NEAR(*nll, exact, 1e-5);
}

TEST(Likelihood, MasksEvenlySpreadCountsAndNeverTheFirstToken) {
    std::vector<size_t> counts;
    const LikelihoodModel model{.logits =
                                    [&](std::span<const TokenId> tokens, std::span<const uint32_t> slots) {
                                        counts.push_back(slots.size());
                                        EXPECT_EQ(tokens[0], 4U);
                                        EXPECT_EQ(std::count(tokens.begin(), tokens.end(), 0U), static_cast<std::ptrdiff_t>(slots.size()));
                                        EXPECT_TRUE(std::is_sorted(slots.begin(), slots.end()));
                                        return rising(tokens, slots);
                                    },
                                .vocabulary = kVocabulary,
                                .maskId = 0,
                                .forbiddenIds = {0}};
    const std::vector<TokenId> tokens(9, 4);

    ASSERT_TRUE(sampleMaskedBound(model, tokens, 8, 7, 3));

    std::sort(counts.begin(), counts.end());
    EXPECT_THAT(counts, ::testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8)) << "eight samples over 1..8";
}

/// Worked by hand from: 0 1 1 2 and 0 1.
TEST(NgramBaseline, CountsAndBacksOff) {
    NgramBaseline baseline(4);
    baseline.learn(std::vector<TokenId>{0, 1, 1, 2});
    baseline.learn(std::vector<TokenId>{0, 1});

    // Unigrams: 1 three times, 2 once, four of them, plus one for each of four ids.
    EXPECT_NEAR(baseline.unigramNll(std::vector<TokenId>{3, 1, 3}), -std::log(4.0 / 8) - std::log(1.0 / 8), 1e-12);
    // 0 was followed twice, by one kind: (2 + 1 * 4/8) / (2 + 1). 1 was followed twice, by two kinds: (1 + 2 * 2/8) / (2 + 2).
    EXPECT_NEAR(baseline.bigramNll(std::vector<TokenId>{0, 1, 2}), -std::log(2.5 / 3) - std::log(1.5 / 4), 1e-12);
    // Nothing ever followed 3.
    EXPECT_NEAR(baseline.bigramNll(std::vector<TokenId>{3, 1}), -std::log(4.0 / 8), 1e-12);
}

/// Newcombe (1998), table I: 81 of 263 and 0 of 20.
TEST(WilsonInterval, GivesThePublishedValues) {
    EXPECT_NEAR(wilsonInterval(81, 263).low, 0.2553, 5e-5);
    EXPECT_NEAR(wilsonInterval(81, 263).high, 0.3662, 5e-5);
    EXPECT_NEAR(wilsonInterval(0, 20).low, 0.0, 1e-12);
    EXPECT_NEAR(wilsonInterval(0, 20).high, 0.1611, 5e-5);
    EXPECT_EQ(wilsonInterval(0, 0).high, 1.0);
}

}  // namespace
}  // namespace crystallite
