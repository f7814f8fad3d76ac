#include "engine/trace/step_record.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>

namespace crystallite {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

SlotBelief beliefAt(uint32_t position, float entropy) {
    return {.position = position,
            .candidates = {{.id = 4, .probability = 0.75F}, {.id = 2, .probability = 0.125F}},
            .logSumExp = 3.0F,
            .entropy = entropy,
            .margin = 0.625F,
            .sampledId = 4,
            .sampledProbability = 0.75F,
            .score = kNaN};
}

StepRecord twoBeliefs() {
    return {.number = 3,
            .eligibleBegin = 2,
            .eligibleEnd = 6,
            .rowsComputed = 6,
            .maskedBefore = 2,
            .maskedAfter = 1,
            .milliseconds = 1.5,
            .passes = {{.kind = PassKind::Denoise, .first = 1, .rows = 5}},
            .beliefs = {beliefAt(2, 0.5F), beliefAt(5, 1.5F)},
            .events = {{.kind = EventKind::Commit, .position = 2, .before = 0, .after = 4, .probability = 0.75F}}};
}

TEST(StepRecord, FindsBeliefsOfMaskedSlotsOnly) {
    const StepRecord record = twoBeliefs();

    ASSERT_NE(record.findBelief(5), nullptr);
    EXPECT_EQ(record.findBelief(5)->entropy, 1.5F);
    EXPECT_EQ(record.findBelief(3), nullptr);
    EXPECT_EQ(record.findBelief(6), nullptr);
}

TEST(StepRecord, MeanEntropyIsOverTheBeliefs) {
    EXPECT_DOUBLE_EQ(meanEntropy(twoBeliefs()), 1.0);
    EXPECT_DOUBLE_EQ(meanEntropy({}), 0.0);
}

TEST(SameDecision, IgnoresTheTimeAndTreatsEqualNaNsAsEqual) {
    StepRecord later = twoBeliefs();
    later.milliseconds = 99.0;

    EXPECT_TRUE(sameDecision(twoBeliefs(), later));
}

/// Of traces that older versions wrote.
TEST(SameDecision, DoesNotMissPassesThatWereNotRecorded) {
    StepRecord older = twoBeliefs();
    older.passes.clear();

    EXPECT_TRUE(sameDecision(twoBeliefs(), older));
    EXPECT_TRUE(sameDecision(older, twoBeliefs()));
}

TEST(SameDecision, SeesEveryField) {
    const std::vector<std::function<void(StepRecord&)>> changes = {
        [](StepRecord& record) { ++record.number; },
        [](StepRecord& record) { ++record.block; },
        [](StepRecord& record) { ++record.eligibleBegin; },
        [](StepRecord& record) { ++record.eligibleEnd; },
        [](StepRecord& record) { ++record.forwardPasses; },
        [](StepRecord& record) { ++record.rowsComputed; },
        [](StepRecord& record) { ++record.maskedBefore; },
        [](StepRecord& record) { ++record.maskedAfter; },
        [](StepRecord& record) { record.passes[0].kind = PassKind::Refresh; },
        [](StepRecord& record) { ++record.passes[0].first; },
        [](StepRecord& record) { ++record.passes[0].rows; },
        [](StepRecord& record) { record.passes.push_back({.kind = PassKind::Commit, .first = 0, .rows = 1}); },
        [](StepRecord& record) { record.beliefs.pop_back(); },
        [](StepRecord& record) { ++record.beliefs[0].position; },
        [](StepRecord& record) { ++record.beliefs[0].candidates[1].id; },
        [](StepRecord& record) { record.beliefs[0].candidates.pop_back(); },
        // One unit in the last place: "the same" means the same bits.
        [](StepRecord& record) { record.beliefs[0].candidates[0].probability = std::nextafter(0.75F, 1.0F); },
        [](StepRecord& record) { record.beliefs[0].logSumExp = std::nextafter(3.0F, 4.0F); },
        [](StepRecord& record) { record.beliefs[0].entropy = std::nextafter(0.5F, 1.0F); },
        [](StepRecord& record) { record.beliefs[0].margin = std::nextafter(0.625F, 1.0F); },
        [](StepRecord& record) { ++record.beliefs[0].sampledId; },
        [](StepRecord& record) { record.beliefs[0].sampledProbability = std::nextafter(0.75F, 1.0F); },
        [](StepRecord& record) { record.beliefs[0].score = 0.0F; },
        [](StepRecord& record) { record.events.clear(); },
        [](StepRecord& record) { record.events[0].kind = EventKind::Edit; },
        [](StepRecord& record) { ++record.events[0].position; },
        [](StepRecord& record) { ++record.events[0].before; },
        [](StepRecord& record) { ++record.events[0].after; },
        [](StepRecord& record) { record.events[0].probability = std::nextafter(0.75F, 1.0F); },
    };

    for (size_t change = 0; change < changes.size(); ++change) {
        StepRecord changed = twoBeliefs();
        changes[change](changed);

        EXPECT_FALSE(sameDecision(twoBeliefs(), changed)) << "change " << change << " went unseen";
    }
}

}  // namespace
}  // namespace crystallite
