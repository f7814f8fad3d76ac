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

    const std::vector<Trace::DatedEvent> history = trace.history(2, 4);

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

/// Slot 2 is inserted in front of slot "b" in step 1, which is deleted in step 2.
Trace growingTrace() {
    Trace trace({.maskId = kMask}, Canvas(std::vector<TokenId>{10}, 2, kMask, {}, 1), {}, {});
    StepRecord first{.number = 1, .maskedAfter = 2};
    first.beliefs = {{.position = 1, .entropy = 0.25F}, {.position = 2, .entropy = 0.5F}};
    first.events = {{.kind = EventKind::Commit, .position = 2, .before = kMask, .after = 12},
                    {.kind = EventKind::Insert, .position = 2, .before = kMask, .after = kMask}};
    trace.append(first);
    StepRecord second{.number = 2, .maskedAfter = 1};
    second.beliefs = {{.position = 1, .entropy = 0.75F}, {.position = 2, .entropy = 1.0F}};
    second.events = {{.kind = EventKind::Delete, .position = 1, .before = kMask, .after = kMask}};
    trace.append(second);
    return trace;
}

TEST(Trace, FollowsSlotsThatMove) {
    const Trace trace = growingTrace();

    EXPECT_EQ(trace.slots(), 4U);
    EXPECT_EQ(trace.canvas(1).token(3), 12U) << "pushed right by the insertion";
    EXPECT_EQ(trace.canvas(2).token(2), 12U) << "and back by the deletion";
    EXPECT_EQ(trace.lastChange(3, 1)->event.kind, EventKind::Commit);
    EXPECT_EQ(trace.lastChange(2, 2)->event.position, 2U) << "where it stood when it was committed";
    EXPECT_EQ(trace.lastChange(2, 1)->event.kind, EventKind::Insert);
    EXPECT_EQ(trace.history(1, 2).size(), 1U) << "the inserted slot stands first now";
    EXPECT_EQ(trace.history(1, 0).size(), 1U) << "the deleted slot has its deletion";
}

TEST(Trace, FindsTheBeliefAboutASlotWhereverItStood) {
    const Trace trace = growingTrace();

    EXPECT_EQ(trace.belief(1, 2, 0)->entropy, 0.5F);
    EXPECT_EQ(trace.belief(1, 3, 1)->entropy, 0.5F) << "the same slot, after the insertion";
    EXPECT_EQ(trace.belief(1, 2, 1), nullptr) << "it did not exist before";
    EXPECT_EQ(trace.belief(2, 1, 2)->entropy, 1.0F) << "of the inserted slot, which moved left";
}

TEST(Trace, ReadsOnlyTheTextAsAnswer) {
    const Trace trace = growingTrace();

    EXPECT_EQ(trace.answerText(0, "_", true), "__");
    EXPECT_EQ(trace.answerText(1, "_", true), "__");
}

}  // namespace
}  // namespace crystallite
