#include "engine/diffusion/seed_batch.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr TokenId kMask = 0;
constexpr TokenId kEnd = 1;

/// A run of one step that commits `answer`, each token with this probability.
Trace runOf(uint64_t seed, const std::vector<TokenId>& answer, float probability, double milliseconds) {
    TraceHeader header;
    header.maskId = kMask;
    header.endIds = {kEnd};
    header.settings.seed = seed;
    const auto length = static_cast<uint32_t>(answer.size());
    Trace trace(header, Canvas(std::vector<TokenId>{9}, length, kMask), {{5, "a"}, {6, "b"}, {7, "c"}, {kEnd, "<end>"}}, {kEnd});
    StepRecord record{.number = 1, .forwardPasses = 2, .maskedBefore = length, .maskedAfter = 0, .milliseconds = milliseconds};
    for (uint32_t slot = 0; slot < length; ++slot) {
        record.events.push_back(
            {.kind = EventKind::Commit, .position = 1 + slot, .before = kMask, .after = answer[slot], .probability = probability});
    }
    trace.append(std::move(record));
    return trace;
}

TEST(SeedBatch, ReadsRangesAndSaysWhatIsWrong) {
    EXPECT_EQ(*parseSeeds("1..16"), (SeedRange{.first = 1, .count = 16}));
    EXPECT_EQ(*parseSeeds("7"), (SeedRange{.first = 7, .count = 1}));
    EXPECT_EQ(*parseSeeds("18446744073709551615"), (SeedRange{.first = std::numeric_limits<uint64_t>::max(), .count = 1}));
    for (const char* wrong : {"", "..", "1..", "..4", "5..4", "1-4", "-1..3", "1..2..3", "18446744073709551616", "one"}) {
        const auto seeds = parseSeeds(wrong);
        ASSERT_FALSE(seeds) << wrong;
        EXPECT_THAT(seeds.error().message, HasSubstr("given as '1..16'")) << wrong;
    }
    for (const char* many : {"1..257", "0..18446744073709551615"}) {
        const auto seeds = parseSeeds(many);
        ASSERT_FALSE(seeds) << many;
        EXPECT_THAT(seeds.error().message, HasSubstr("1 to 256 seeds")) << many;
    }
    EXPECT_THAT(checkSeeds({.first = std::numeric_limits<uint64_t>::max(), .count = 2}).error().message, HasSubstr("beyond the largest"));
    EXPECT_FALSE(checkSeeds({.first = 0, .count = 0}));
}

TEST(SeedBatch, HandsOutEverySeedOnce) {
    SeedBatch batch({.first = 41, .count = 2});

    EXPECT_EQ(batch.next(), 41U);
    batch.add(runOf(41, {5}, 0.5F, 1.0));
    EXPECT_EQ(batch.next(), 42U);
    batch.add(runOf(42, {5}, 0.5F, 1.0));
    EXPECT_FALSE(batch.next().has_value());
}

// Three runs of four slots: "ab", "ab" and "c"; worked out by hand.
TEST(SeedBatch, ComputesItsStatistics) {
    SeedBatch batch({.first = 1, .count = 4});
    batch.add(runOf(1, {5, 6, kEnd, kEnd}, 0.5F, 10.0));
    batch.add(runOf(2, {5, 6, kEnd, 7}, 0.75F, 20.0));
    batch.add(runOf(3, {7, kEnd, kEnd, kEnd}, 1.0F, 60.0));

    const BatchStatistics all = batch.statistics();

    EXPECT_EQ(batch.rows()[1].text, "ab");
    EXPECT_EQ(batch.rows()[1].answer, 0U) << "what stands behind the end is no part of the answer";
    EXPECT_EQ(batch.rows()[2].answer, 1U);
    EXPECT_EQ(all.runs, 3U);
    EXPECT_EQ(all.ended, 3U);
    EXPECT_EQ(all.distinct, 2U);
    EXPECT_EQ(all.commonest, 2U);
    EXPECT_NEAR(all.tokens.mean, 5.0 / 3.0, 1e-12);
    EXPECT_NEAR(all.tokens.deviation, std::sqrt(1.0 / 3.0), 1e-12);
    EXPECT_NEAR(all.milliseconds.mean, 30.0, 1e-12);
    EXPECT_NEAR(all.milliseconds.deviation, std::sqrt(700.0), 1e-12);
    EXPECT_NEAR(all.confidence.mean, 0.75, 1e-12);
    EXPECT_NEAR(all.evaluations.mean, 2.0, 1e-12);
    EXPECT_NEAR(all.evaluations.deviation, 0.0, 1e-12);
    // Pairs: 1-2 share 3 of 4 slots, 1-3 share 2, 2-3 share 1.
    EXPECT_EQ(all.agreement.count, 3U);
    EXPECT_NEAR(all.agreement.mean, 0.5, 1e-12);
    EXPECT_NEAR(all.agreement.deviation, 0.25, 1e-12);
}

TEST(SeedBatch, SaysNothingAboutWhatItDoesNotHave) {
    SeedBatch batch({.first = 1, .count = 4});

    EXPECT_EQ(batch.statistics().runs, 0U);
    EXPECT_TRUE(std::isnan(batch.statistics().tokens.mean));
    batch.add(runOf(1, {5, 6}, std::numeric_limits<float>::quiet_NaN(), 10.0));
    EXPECT_EQ(batch.statistics().ended, 0U);
    EXPECT_TRUE(std::isnan(batch.statistics().tokens.deviation)) << "one run has no spread";
    EXPECT_TRUE(std::isnan(batch.statistics().confidence.mean)) << "a run without probabilities";
    EXPECT_EQ(batch.statistics().agreement.count, 0U);
}

}  // namespace
}  // namespace crystallite
