#include "app/slot_decision.h"

#include "app/slot_text.h"
#include "tests/gui/told_trace.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Two open slots behind a prompt of one; in step 1 the first is committed with the higher score.
ToldTrace twoSlots(DecodeSettings settings, float scoreOfFirst = 0.6F, float scoreOfSecond = 0.4F) {
    settings.length = 2;
    settings.steps = 2;
    ToldTrace told({"A"}, settings);
    told.step(
        {told.belief(1, {{" cat", 0.6F}, {" dog", 0.3F}}, scoreOfFirst), told.belief(2, {{" sat", 0.4F}, {" ran", 0.3F}}, scoreOfSecond)},
        {told.commit(1, " cat", 0.6F)});
    return told;
}

std::string decisionAt(const ToldTrace& told, uint32_t position) {
    return decisionText(reportSlot(told.trace(), position, 1), told.trace()).toStdString();
}

/// The value of a quantity, as it is shown; empty when it is not there.
std::string lineAt(const ToldTrace& told, uint32_t position, const char* quantity, ValueTag tag) {
    const std::vector<ReportLine> lines = decisionLines(reportSlot(told.trace(), position, 1), told.trace());
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const ReportLine& line) { return line.quantity == QLatin1String(quantity); });
    if (found == lines.end()) {
        return {};
    }
    EXPECT_EQ(found->tag, tag) << quantity;
    return found->value.toStdString();
}

TEST(SlotDecision, OfTheScheduleNamesWhatTheOthersHadMore) {
    const ToldTrace told = twoSlots({});

    EXPECT_EQ(decisionAt(told, 2), "Not committed: the slot committed in this step had a higher confidence.");
    EXPECT_EQ(lineAt(told, 2, "rank", ValueTag::Derived), "2 of 2");
    EXPECT_EQ(lineAt(told, 2, "score", ValueTag::Measured), "0.400");
    EXPECT_EQ(lineAt(told, 2, "drawn", ValueTag::Measured), "“sat”, p 0.40");
    EXPECT_EQ(lineAt(told, 2, "policy", ValueTag::Measured), "llada");
    EXPECT_EQ(lineAt(told, 2, "threshold", ValueTag::Measured), "") << "the schedule has none";
    EXPECT_THAT(decisionAt(told, 1), HasSubstr("rank 1 of 2 eligible, 1 committed"));
}

TEST(SlotDecision, SaysThatAnOrderIgnoresConfidence) {
    for (const UnmaskOrder order : {UnmaskOrder::Random, UnmaskOrder::LeftToRight}) {
        EXPECT_THAT(decisionAt(twoSlots({.order = order}), 2), HasSubstr("ignores how sure the model is"));
    }
    EXPECT_THAT(decisionAt(twoSlots({.order = UnmaskOrder::Origin, .policy = DecodePolicy::Remdm}, -0.1F, -0.9F), 2),
                HasSubstr("ignores how sure the model is"));
    for (const UnmaskOrder order : {UnmaskOrder::LowConfidence, UnmaskOrder::Margin, UnmaskOrder::Entropy}) {
        EXPECT_THAT(decisionAt(twoSlots({.order = order}), 2), Not(HasSubstr("ignores")));
    }
}

TEST(SlotDecision, ShowsTheDrawOfAnOrderByChanceAsADraw) {
    const ToldTrace random = twoSlots({.order = UnmaskOrder::Random}, 0.9F, 0.25F);
    const std::vector<ReportLine> lines = decisionLines(reportSlot(random.trace(), 2, 1), random.trace());
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const ReportLine& line) { return line.name == QLatin1String("draw"); }));
    EXPECT_EQ(lineAt(random, 2, "score", ValueTag::Measured), "0.250");
    // ReMDM's recorded score is the negative draw.
    EXPECT_EQ(lineAt(twoSlots({.order = UnmaskOrder::Origin, .policy = DecodePolicy::Remdm}, -0.1F, -0.9F), 2, "score", ValueTag::Measured),
              "0.900");
}

TEST(SlotDecision, HoldsASlotAgainstTheThreshold) {
    const ToldTrace told = twoSlots({.policy = DecodePolicy::Threshold, .threshold = 0.5});

    EXPECT_EQ(decisionAt(told, 2), "Not committed: its confidence 0.400 does not reach the threshold 0.50.");
    EXPECT_THAT(decisionAt(told, 1), HasSubstr("Its confidence 0.600 reaches the threshold 0.50."));
    EXPECT_EQ(lineAt(told, 2, "threshold", ValueTag::Measured), "0.50");
    const ToldTrace strict = twoSlots({.policy = DecodePolicy::Threshold, .threshold = 0.9});
    EXPECT_THAT(decisionAt(strict, 1), HasSubstr("below the threshold 0.90; the best slots commit all the same"));
}

TEST(SlotDecision, CountsAnEqualConfidenceAsThePublishedSamplersDo) {
    const double threshold = double{0.6F};
    EXPECT_THAT(decisionAt(twoSlots({.policy = DecodePolicy::Threshold, .threshold = threshold}), 1), HasSubstr("reaches"));
    EXPECT_THAT(decisionAt(twoSlots({.policy = DecodePolicy::Wino, .threshold = threshold}), 1), HasSubstr("below"));
}

TEST(SlotDecision, ComputesTheBoundsOfFactorAndEntropy) {
    // Rank 2 of the factor 1: (2 + 1)(1 - p) <= 1, so p >= 2/3.
    const ToldTrace factor = twoSlots({.policy = DecodePolicy::Factor, .factor = 1.0});
    EXPECT_EQ(lineAt(factor, 2, "needed confidence", ValueTag::Derived), "0.667");
    EXPECT_THAT(decisionAt(factor, 2), HasSubstr("0.400 does not reach 0.667"));
    // Both slots have 1.5 nats: their sum without the largest is 1.5.
    const ToldTrace entropy = twoSlots({.order = UnmaskOrder::LowConfidence, .policy = DecodePolicy::EntropyBound, .entropyBound = 0.5});
    EXPECT_EQ(lineAt(entropy, 2, "entropy up to rank", ValueTag::Derived), "1.50 of 0.50 nats");
    EXPECT_EQ(lineAt(entropy, 1, "entropy up to rank", ValueTag::Derived), "0.00 of 0.50 nats");
    EXPECT_THAT(decisionAt(entropy, 2), HasSubstr("1.50 nats, above the bound 0.50"));
}

TEST(SlotDecision, TellsADrawnTokenFromTheBestGuess) {
    ToldTrace told({"A"}, {.length = 1, .steps = 1, .temperature = 1.0F});
    told.step({told.belief(1, {{" cat", 0.6F}, {" dog", 0.3F}}, 0.3F)}, {told.commit(1, " dog", 0.3F)});

    EXPECT_THAT(decisionAt(told, 1), HasSubstr("“dog” was drawn instead of the best guess “cat”"));
    EXPECT_EQ(lineAt(told, 1, "temperature", ValueTag::Measured), "1.00");
}

TEST(SlotDecision, KnowsWhyNothingHappened) {
    ToldTrace told({"A"}, {.length = 3, .steps = 2});
    const float last = std::numeric_limits<float>::lowest();
    told.step({told.belief(1, {{"<|mask|>", 0.9F}}, 0.9F), told.belief(2, {{"<|endoftext|>", 0.8F}}, last),
               told.belief(3, {{" sat", 0.4F}}, std::nanf(""))},
              {told.commit(3, " sat", 0.4F)}, {1, 3});

    EXPECT_THAT(decisionAt(told, 1), HasSubstr("drew the mask itself"));
    EXPECT_THAT(decisionAt(told, 2), HasSubstr("commit the end of the text last"));
    EXPECT_EQ(lineAt(told, 2, "score", ValueTag::Measured), "last") << "not a number of 38 digits";
}

}  // namespace
}  // namespace crystallite::testing
