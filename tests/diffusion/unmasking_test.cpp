#include "engine/diffusion/samplers/unmasking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr float kNotEligible = std::numeric_limits<float>::quiet_NaN();

std::vector<SlotBelief> beliefsWithScores(std::initializer_list<float> scores) {
    std::vector<SlotBelief> beliefs;
    for (const float score : scores) {
        beliefs.push_back({.position = static_cast<uint32_t>(10 + beliefs.size()), .score = score});
    }
    return beliefs;
}

TEST(ChooseSlots, TakesTheHighestScoresFirst) {
    EXPECT_THAT(chooseSlots(beliefsWithScores({0.25F, 0.75F, -1.0F, 0.5F}), 3), ElementsAre(1, 3, 0));
}

TEST(ChooseSlots, GivesTiesToTheLowerPosition) {
    EXPECT_THAT(chooseSlots(beliefsWithScores({0.5F, 1.0F, 1.0F, 0.5F, 1.0F}), 4), ElementsAre(1, 2, 4, 0));
}

TEST(ChooseSlots, NeverTakesASlotThatIsNotEligible) {
    EXPECT_THAT(chooseSlots(beliefsWithScores({kNotEligible, 0.1F, kNotEligible, 0.2F}), 4), ElementsAre(3, 1));
    EXPECT_THAT(chooseSlots(beliefsWithScores({kNotEligible}), 1), IsEmpty());
    EXPECT_THAT(chooseSlots({}, 1), IsEmpty());
    EXPECT_THAT(chooseSlots(beliefsWithScores({0.5F}), 0), IsEmpty());
}

/// p = (1/2, 1/4, 1/8, 1/8), third token drawn: entropy = 1.75 ln 2.
SlotBelief handWorkedBelief() {
    return {.position = 6, .entropy = 1.2130076F, .margin = 0.25F, .sampledId = 3, .sampledProbability = 0.125F};
}

TEST(UnmaskScore, FollowsTheDefinitionOfEachOrder) {
    const SlotBelief belief = handWorkedBelief();

    EXPECT_EQ(unmaskScore(UnmaskOrder::LowConfidence, belief, 0, 1), 0.125F) << "of the drawn token, not of the best";
    EXPECT_EQ(unmaskScore(UnmaskOrder::Margin, belief, 0, 1), 0.25F);
    EXPECT_EQ(unmaskScore(UnmaskOrder::Entropy, belief, 0, 1), -1.2130076F) << "the most certain slot must come first";
}

TEST(UnmaskScore, RandomIsUniformPerSlotStepAndSeedAndIgnoresTheModel) {
    std::set<float> scores;
    double sum = 0.0;
    for (uint32_t position = 0; position < 100; ++position) {
        for (uint32_t step = 1; step <= 100; ++step) {
            const float score = unmaskScore(UnmaskOrder::Random, {.position = position}, 7, step);
            scores.insert(score);
            sum += static_cast<double>(score);
            EXPECT_TRUE(score > 0.0F && score <= 1.0F);
        }
    }
    // 10,000 uniform draws: the mean has a standard deviation of 1 / sqrt(12 * 10,000) = 0.0029; five of them. Draws in f32 near 1 are
    // 2^-24 apart, which makes 10,000^2 / 2^25 = 3 coincidences likely.
    EXPECT_NEAR(sum / 1e4, 0.5, 0.0145);
    EXPECT_GT(scores.size(), 9980U);

    const SlotBelief belief = handWorkedBelief();
    const SlotBelief certain{.position = belief.position, .margin = 1.0F, .sampledProbability = 1.0F};
    EXPECT_EQ(unmaskScore(UnmaskOrder::Random, belief, 7, 1), unmaskScore(UnmaskOrder::Random, certain, 7, 1));
    EXPECT_NE(unmaskScore(UnmaskOrder::Random, belief, 7, 1), unmaskScore(UnmaskOrder::Random, belief, 8, 1));
}

}  // namespace
}  // namespace crystallite
