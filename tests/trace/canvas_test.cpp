#include "engine/trace/canvas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using ::testing::ElementsAre;

constexpr TokenId kMask = 9;

Canvas promptOfTwoAnswerOfThree() {
    return {std::vector<TokenId>{5, kMask}, 3, kMask};
}

TEST(Canvas, StartsWithAVisiblePromptAndAMaskedAnswer) {
    const Canvas canvas = promptOfTwoAnswerOfThree();

    EXPECT_THAT(canvas.tokens(), ElementsAre(5, kMask, kMask, kMask, kMask));
    EXPECT_THAT(canvas.maskedSlots(), ElementsAre(2, 3, 4));
    EXPECT_EQ(canvas.maskedCount(), 3U);
    EXPECT_EQ(canvas.region(1), SlotRegion::Prompt);
    EXPECT_EQ(canvas.region(2), SlotRegion::Answer);
}

TEST(Canvas, ShowsAPromptTokenThatHappensToBeTheMaskId) {
    EXPECT_FALSE(promptOfTwoAnswerOfThree().isMasked(1));
}

TEST(Canvas, CommitMakesASlotVisible) {
    Canvas canvas = promptOfTwoAnswerOfThree();

    canvas.apply({.kind = EventKind::Commit, .position = 3, .before = kMask, .after = 7});

    EXPECT_EQ(canvas.token(3), 7U);
    EXPECT_THAT(canvas.maskedSlots(), ElementsAre(2, 4));
    EXPECT_EQ(canvas.maskedCount(2, 4), 1U);
}

TEST(Canvas, CommittingTheMaskIdItselfStillMakesTheSlotVisible) {
    Canvas canvas = promptOfTwoAnswerOfThree();

    canvas.apply({.kind = EventKind::Commit, .position = 2, .before = kMask, .after = kMask});

    EXPECT_FALSE(canvas.isMasked(2));
}

TEST(Canvas, RemaskUndoesACommit) {
    const Canvas before = promptOfTwoAnswerOfThree();
    Canvas canvas = before;

    canvas.apply({.kind = EventKind::Commit, .position = 4, .before = kMask, .after = 7});
    canvas.apply({.kind = EventKind::Remask, .position = 4, .before = 7, .after = kMask});

    EXPECT_EQ(canvas, before);
}

TEST(Canvas, EditKeepsTheSlotVisible) {
    Canvas canvas = promptOfTwoAnswerOfThree();

    canvas.apply({.kind = EventKind::Edit, .position = 0, .before = 5, .after = 6});

    EXPECT_EQ(canvas.token(0), 6U);
    EXPECT_EQ(canvas.maskedCount(), 3U);
}

TEST(Canvas, HasGivenSlotsAmongTheOpenOnes) {
    const std::vector<PinnedSlot> given = {{.position = 3, .id = 8}};

    const Canvas canvas(std::vector<TokenId>{5, 6}, 4, kMask, given);

    EXPECT_THAT(canvas.tokens(), ElementsAre(5, 6, kMask, 8, kMask, kMask));
    EXPECT_THAT(canvas.maskedSlots(), ElementsAre(2, 4, 5));
    EXPECT_EQ(canvas.maskedCount(), 3U);
    EXPECT_EQ(canvas.promptLength(), 2U);
    EXPECT_EQ(canvas.region(3), SlotRegion::Pinned);
    EXPECT_EQ(canvas.pinnedSlots(), given);
}

TEST(CanvasDeathTest, CommitOfAVisibleSlotIsABug) {
    Canvas canvas = promptOfTwoAnswerOfThree();

    EXPECT_DEATH(canvas.apply({.kind = EventKind::Commit, .position = 0, .before = 5, .after = 6}), "isMasked");
}

}  // namespace
}  // namespace crystallite
