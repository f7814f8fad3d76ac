#include "app/canvas/cell_visual.h"

#include "app/canvas/oklab.h"
#include "app/theme.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <cmath>

namespace crystallite {
namespace {

using testing::handWorkedTrace;
using testing::syntheticTrace;

CellVisual visualOf(const std::vector<float>& probabilities, uint32_t vocabulary, const VisualSettings& settings = {}) {
    return visualAt(handWorkedTrace({{.probabilities = probabilities, .vocabulary = vocabulary}}), 1, 1, settings);
}

TEST(CellVisual, DrawsNothingOfAnOpenSlotBeforeTheFirstPass) {
    const CellVisual visual = visualAt(syntheticTrace({}), 0, 20, {});

    EXPECT_EQ(visual.state, CellState::Masked);
    EXPECT_FALSE(visual.entropy.has_value());
    EXPECT_FALSE(visual.fill.has_value());
    EXPECT_EQ(visual.ghostCount, 0U);
    EXPECT_EQ(visual.shards, 0U);
}

TEST(CellVisual, WorksOutAFairCoin) {
    // Two words of 1/2 in a vocabulary of 3, where the third has nothing left: H = ln 2, exp(H) = 2 words, margin 0.
    const CellVisual visual = visualOf({0.5F, 0.5F}, 3);

    EXPECT_EQ(visual.state, CellState::Guess);
    EXPECT_NEAR(visual.entropy.value(), std::log(2.0F), 1e-6F);
    EXPECT_NEAR(visual.fill.value(), std::log(2.0F) / std::log(3.0F), 1e-6F);
    EXPECT_EQ(visual.shards, 2U);
    EXPECT_EQ(visual.ghostCount, 2U);
    EXPECT_FLOAT_EQ(visual.ghosts[0].opacity, 0.15F + 0.70F * 0.5F);
    EXPECT_FLOAT_EQ(visual.ghosts[1].opacity, 0.5F);
    EXPECT_FLOAT_EQ(visual.blur, 1.0F);
    EXPECT_NEAR(visual.otherMass, 0.0F, 1e-6F);
}

TEST(CellVisual, WorksOutANearlyDecidedSlot) {
    // p = 0.9, 0.1: H = 0.3251 nats, exp(H) = 1.38, one shard; the rest of the mass is the word that is not drawn.
    const CellVisual visual = visualOf({0.9F, 0.1F}, 3);

    EXPECT_NEAR(visual.entropy.value(), 0.3251F, 1e-4F);
    EXPECT_EQ(visual.shards, 1U);
    EXPECT_NEAR(visual.otherMass, 0.1F, 1e-6F);
    EXPECT_NEAR(visual.blur, 0.2F, 1e-6F);
    EXPECT_NEAR(visual.ghosts[0].opacity, 0.78F, 1e-6F);
}

TEST(CellVisual, ShowsTheMaskMarkWhenNoCandidateIsLikely) {
    EXPECT_EQ(visualOf({0.099F, 0.05F}, 4096).state, CellState::Masked);
    EXPECT_EQ(visualOf({0.101F, 0.05F}, 4096).state, CellState::Guess);
    EXPECT_TRUE(visualOf({0.099F, 0.05F}, 4096).fill.has_value()) << "the entropy is known all the same";
}

TEST(CellVisual, CapsShardsAtTheRecordedCandidates) {
    EXPECT_EQ(shardCount(0.0F, 8), 1U);
    EXPECT_EQ(shardCount(std::log(3.4F), 8), 3U);
    EXPECT_EQ(shardCount(std::log(3.6F), 8), 4U);
    EXPECT_EQ(shardCount(9.0F, 8), 8U);
    EXPECT_EQ(shardCount(9.0F, 2), 2U);
}

TEST(CellVisual, ScalesFillByTheVocabularyOrByFourNats) {
    EXPECT_FLOAT_EQ(fillOf(std::log(4096.0F), 4096, {}), 1.0F);
    EXPECT_FLOAT_EQ(fillOf(0.0F, 4096, {}), 0.0F);
    EXPECT_FLOAT_EQ(fillOf(2.0F, 4096, {.detailScale = true}), 0.5F);
    EXPECT_FLOAT_EQ(fillOf(6.0F, 4096, {.detailScale = true}), 1.0F);
}

TEST(CellVisual, ClassesNotchesByQuarters) {
    EXPECT_EQ(notchClass(0.0F), 1U);
    EXPECT_EQ(notchClass(0.249F), 1U);
    EXPECT_EQ(notchClass(0.25F), 2U);
    EXPECT_EQ(notchClass(0.5F), 3U);
    EXPECT_EQ(notchClass(0.75F), 4U);
    EXPECT_EQ(notchClass(1.0F), 4U);
}

TEST(CellVisual, FreezesTheProbabilityOfTheCommitAndAges) {
    const Trace trace = syntheticTrace({});
    const SlotEvent first = trace.record(1).events.front();
    const auto at = [&](uint32_t frame) { return visualAt(trace, frame, first.position, {}); };

    EXPECT_EQ(at(1).change, CellChange::Committed);
    EXPECT_EQ(at(2).change, CellChange::None);
    EXPECT_EQ(at(1 + kYoungSteps).age, AgeClass::Young);
    EXPECT_EQ(at(2 + kYoungSteps).age, AgeClass::Settled);
    EXPECT_EQ(at(2 + kSettledSteps).age, AgeClass::Old);
    for (uint32_t frame = 1; frame <= trace.steps(); ++frame) {
        ASSERT_EQ(at(frame).probability, first.probability);
        ASSERT_FALSE(at(frame).entropy.has_value()) << "a visible token has no belief";
    }
}

TEST(CellVisual, ARemaskedSlotIsCrackedAndCountsIt) {
    const testing::SyntheticRun run{.remasks = true};
    const Trace trace = syntheticTrace(run);
    const uint32_t position = trace.record(1).events.front().position;

    const CellVisual before = visualAt(trace, run.steps / 2 - 1, position, {});
    const CellVisual cracked = visualAt(trace, run.steps / 2, position, {});

    EXPECT_EQ(before.state, CellState::Held);
    EXPECT_EQ(before.revisions, 0U);
    EXPECT_EQ(cracked.state, CellState::Masked);
    EXPECT_EQ(cracked.change, CellChange::Remasked);
    EXPECT_EQ(cracked.revisions, 1U);
    EXPECT_EQ(cracked.notch, 0U);
}

TEST(CellVisual, LocksThePromptAndDimsBlocksThatMustWait) {
    const Trace trace = syntheticTrace({.length = 64, .steps = 32, .blockLength = 32});
    const uint32_t prompt = trace.promptLength();

    EXPECT_TRUE(visualAt(trace, 3, 0, {}).locked());
    EXPECT_EQ(visualAt(trace, 3, 0, {}).notch, 0U);
    EXPECT_TRUE(visualAt(trace, 3, prompt + 31, {}).eligible);
    EXPECT_FALSE(visualAt(trace, 3, prompt + 32, {}).eligible);
}

TEST(Theme, KeepsStatesReadable) {
    // WCAG 2.1: 4.5:1 for text, 3:1 for the parts of a picture that carry meaning.
    for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme()}) {
        for (const Colour& ground : {theme.window, theme.panel, theme.facetSolid}) {
            EXPECT_GE(contrastRatio(theme.text, ground), 7.0F);
            EXPECT_GE(contrastRatio(theme.mutedText, ground), 4.5F);
        }
        EXPECT_GE(contrastRatio(theme.committed, theme.window), 4.4F);
        EXPECT_GE(contrastRatio(theme.guess, theme.window), 4.5F);
        EXPECT_GE(contrastRatio(theme.remasked, theme.window), 4.5F);
        EXPECT_GE(contrastRatio(theme.masked, theme.window), 3.0F);
        EXPECT_GE(contrastRatio(theme.onAccent, theme.accent), 4.5F);
    }
}

TEST(Oklab, RoundTripsAndMixesByLightness) {
    const Theme theme = Theme::darkTheme();
    for (const Colour& colour : {theme.guess, theme.committed, theme.window, theme.text}) {
        const Colour back = fromOklab(toOklab(colour));
        for (int channel = 0; channel < 3; ++channel) {
            EXPECT_NEAR(back[channel], colour[channel], 1e-3F);  // the matrices carry ten digits, the cube root is the weak part in f32
        }
    }
    float lightness = -1.0F;
    for (float t = 0.0F; t <= 1.0F; t += 0.1F) {
        const float next = toOklab(mixOklab(theme.facetClear, theme.facetDense, t)).x;
        EXPECT_GT(next, lightness);
        lightness = next;
    }
}

}  // namespace
}  // namespace crystallite
