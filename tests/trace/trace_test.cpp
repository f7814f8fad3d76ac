#include "engine/trace/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using ::testing::ElementsAre;

constexpr TokenId kMask = 0;
constexpr TokenId kEnd = 2;

StepRecord commitStep(uint32_t number, uint32_t maskedBefore, const std::vector<SlotEvent>& events) {
    return {.number = number,
            .maskedBefore = maskedBefore,
            .maskedAfter = maskedBefore - static_cast<uint32_t>(events.size()),
            .events = events};
}

SlotEvent commit(uint32_t position, TokenId id) {
    return {.kind = EventKind::Commit, .position = position, .before = kMask, .after = id, .probability = 0.5F};
}

/// Prompt "Hi", then slots 1..4: step 1 commits " all" at 2, step 2 the end at 4, step 3 "," and the end at 1 and 3.
Trace threeSteps() {
    TraceHeader header;
    header.maskId = kMask;
    header.endIds = {kEnd};
    Trace trace(header, Canvas(std::vector<TokenId>{10}, 4, kMask), {{10, "Hi"}, {kEnd, "<end>"}}, {kEnd});
    trace.addPieces({{11, ","}, {12, " all"}}, {});
    trace.append(commitStep(1, 4, {commit(2, 12)}));
    trace.append(commitStep(2, 3, {commit(4, kEnd)}));
    trace.append(commitStep(3, 2, {commit(3, kEnd), commit(1, 11)}));
    return trace;
}

TEST(Trace, KeepsEveryFrame) {
    const Trace trace = threeSteps();

    EXPECT_EQ(trace.steps(), 3U);
    EXPECT_EQ(trace.slots(), 5U);
    EXPECT_EQ(trace.promptLength(), 1U);
    EXPECT_THAT(trace.canvas(0).tokens(), ElementsAre(10, kMask, kMask, kMask, kMask));
    EXPECT_THAT(trace.canvas(2).tokens(), ElementsAre(10, kMask, 12, kMask, kEnd));
    EXPECT_EQ(trace.canvas(3).maskedCount(), 0U);
    EXPECT_EQ(trace.record(2).events.front().position, 4U);
}

TEST(Trace, FindsTheLastChangeOfASlotAtAFrame) {
    const Trace trace = threeSteps();

    EXPECT_FALSE(trace.lastChange(4, 1).has_value());
    ASSERT_TRUE(trace.lastChange(4, 2).has_value());
    EXPECT_EQ(trace.lastChange(4, 3)->step, 2U);
    EXPECT_EQ(trace.lastChange(4, 3)->event.after, kEnd);
    EXPECT_FALSE(trace.lastChange(0, 3).has_value());
}

TEST(Trace, HistoryListsTheChangesOfASlotInOrder) {
    Trace trace = threeSteps();
    trace.append({.number = 4, .maskedAfter = 1, .events = {{.kind = EventKind::Remask, .position = 2, .before = 12, .after = kMask}}});
    trace.append(commitStep(5, 1, {commit(2, 11)}));

    const std::vector<Trace::DatedEvent> history = trace.history(2);

    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history[0].step, 1U);
    EXPECT_EQ(history[1].event.kind, EventKind::Remask);
    EXPECT_EQ(history[2].event.after, 11U);
    EXPECT_EQ(trace.lastChange(2, 4)->event.kind, EventKind::Remask);
}

TEST(Trace, AnswerTextLeavesOutThePromptAndFillsMasks) {
    const Trace trace = threeSteps();

    EXPECT_EQ(trace.answerText(0, "_", false), "____");
    EXPECT_EQ(trace.answerText(1, "_", false), "_ all__");
    EXPECT_EQ(trace.answerText(3, "_", false), ", all<end><end>");
}

TEST(Trace, AnswerTextEndsAtAnEndTokenWithNoMaskInFrontOfIt) {
    const Trace trace = threeSteps();

    EXPECT_EQ(trace.answerText(2, "_", true), "_ all_<end>") << "slot 1 is still masked, so more may come before the end";
    EXPECT_EQ(trace.answerText(3, "_", true), ", all");
}

TEST(Trace, KnowsPiecesAndControlTokens) {
    Trace trace = threeSteps();

    trace.addPieces({{13, "<bot>"}}, {13, kEnd});

    EXPECT_EQ(trace.piece(12), " all");
    EXPECT_EQ(trace.piece(99), "");
    EXPECT_TRUE(trace.isControl(13));
    EXPECT_TRUE(trace.isEnd(kEnd));
    EXPECT_FALSE(trace.isControl(12));
}

TEST(TraceDeathTest, AGapInTheStepsIsABug) {
    Trace trace = threeSteps();

    EXPECT_DEATH(trace.append(commitStep(5, 0, {})), "number");
}

}  // namespace
}  // namespace crystallite
