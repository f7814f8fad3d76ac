#include "app/canvas/calm.h"
#include "app/canvas/cell_style.h"
#include "app/canvas/cell_visual.h"
#include "app/canvas/slot_names.h"
#include "app/canvas/slot_widths.h"
#include "app/slot_decision.h"
#include "app/slot_report.h"
#include "app/token_text.h"

#include <gmock/gmock.h>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr TokenId kMask = 0;

SlotBelief beliefAt(uint32_t position, float probability) {
    return {.position = position,
            .candidates = {{.id = 12, .probability = probability}},
            .entropy = 1.0F,
            .sampledId = 12,
            .sampledProbability = probability};
}

/// A prompt, two open slots and room for one more: step 1 commits the last slot and inserts one in front of it, step 2 deletes the first.
Trace growingTrace() {
    TraceHeader header{.vocabulary = 100, .maskId = kMask};
    header.settings.length = 2;
    header.settings.steps = 4;
    Trace trace(header, Canvas(std::vector<TokenId>{10}, 2, kMask, {}, 1), {{10, "Once"}, {12, " upon"}, {kMask, "<mask>"}}, {kMask});
    StepRecord first{.number = 1, .eligibleBegin = 1, .eligibleEnd = 3, .maskedBefore = 2, .maskedAfter = 2};
    first.beliefs = {beliefAt(1, 0.25F), beliefAt(2, 0.75F)};
    first.events = {{.kind = EventKind::Commit, .position = 2, .before = kMask, .after = 12, .probability = 0.75F},
                    {.kind = EventKind::Insert, .position = 2, .before = kMask, .after = kMask, .probability = 0.75F}};
    trace.append(first);
    StepRecord second{.number = 2, .eligibleBegin = 1, .eligibleEnd = 4, .maskedBefore = 2, .maskedAfter = 1};
    second.beliefs = {beliefAt(1, 0.5F), beliefAt(2, 0.625F)};
    second.events = {{.kind = EventKind::Delete, .position = 1, .before = kMask, .after = kMask, .probability = 0.5F}};
    trace.append(second);
    return trace;
}

TEST(GrowingText, DrawsNothingBehindTheText) {
    const Trace trace = growingTrace();

    EXPECT_EQ(visualAt(trace, 0, 3, {}).state, CellState::Absent);
    EXPECT_EQ(visualAt(trace, 1, 3, {}).state, CellState::Held) << "the committed slot was pushed there";
    EXPECT_EQ(visualAt(trace, 2, 3, {}).state, CellState::Absent);
    EXPECT_THAT(slotName(trace, 0, 3).toStdString(), HasSubstr("behind the text"));
    EXPECT_EQ(reportSlot(trace, 3, 2).state, SlotState::Room);
    EXPECT_FALSE(decisionText(reportSlot(trace, 3, 2), trace).isEmpty());
}

TEST(GrowingText, ShowsEachSlotItsOwnBeliefAndHistory) {
    const Trace trace = growingTrace();

    const CellVisual inserted = visualAt(trace, 1, 2, {});
    EXPECT_EQ(inserted.state, CellState::Masked);
    EXPECT_EQ(inserted.ghostCount, 0U) << "nobody was asked about a slot that did not exist";
    EXPECT_EQ(visualAt(trace, 2, 1, {}).ghosts[0].probability, 0.625F) << "of the slot that moved here, not of the one that went";
    EXPECT_EQ(visualAt(trace, 2, 2, {}).probability, 0.75F) << "committed when it stood here too, in between elsewhere";
    const SlotReport moved = reportSlot(trace, 3, 1);
    EXPECT_EQ(moved.beliefStep, 1U);
    EXPECT_EQ(moved.belief->candidates[0].probability, 0.75F);
}

TEST(GrowingText, CountsAndReadsTheTextAlone) {
    const Trace trace = growingTrace();

    EXPECT_THAT(frameSentence(trace, 1).toStdString(), HasSubstr("1 committed, 2 masked"));
    EXPECT_THAT(frameSentence(trace, 2).toStdString(), HasSubstr("1 committed, 1 masked"));
    EXPECT_THAT(readingText(trace, 2).toStdString(), HasSubstr(" upon"));
    const auto widths = replayWidths(trace, [](TokenId) { return 1.0F; });
    EXPECT_EQ(widths.size(), 4U);
}

TEST(GrowingText, MeansOverFramesFollowTheSlot) {
    const Trace trace = growingTrace();
    const CellPalette palette(Theme::darkTheme());
    const VisualSettings settings;
    const Pace pace{.intervalMs = 100};
    ASSERT_GE(pace.smoothedFrames(), 3U);
    const Calm calm(trace, palette, settings, pace);
    const QRectF rect(0.0, 0.0, 60.0, 30.0);
    const auto fillAt = [&](uint32_t frame, uint32_t position) {
        const CellInstance cell = cellOf(visualAt(trace, frame, position, settings), rect, 16.0F, palette);
        return palette.theme().window + (cell.fill - palette.theme().window) * cell.fillOpacity;
    };
    const auto meanAt = [&](uint32_t position) {
        CellInstance cell = cellOf(visualAt(trace, 2, position, settings), rect, 16.0F, palette);
        calm.apply(cell, 2, position, 16.0F);
        return cell.fill;
    };
    const auto expectNear = [](const Colour& actual, const Colour& expected) {
        for (int channel = 0; channel < 3; ++channel) {
            EXPECT_NEAR(actual[channel], expected[channel], 1e-6F);  // sums of three values below 1 in single precision
        }
    };

    // The committed slot stands at 2, was pushed to 3 by the insertion, and stood at 2 before.
    expectNear(meanAt(2), (fillAt(2, 2) + fillAt(1, 3) + fillAt(0, 2)) / 3.0F);
    // The inserted one stands at 1, stood at 2, and was not there before.
    EXPECT_EQ(positionThen(trace, 2, 1, 0), std::nullopt);
    expectNear(meanAt(1), (fillAt(2, 1) + fillAt(1, 2)) / 2.0F);
}

}  // namespace
}  // namespace crystallite::testing
