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

Canvas roomForTwo() {
    return {std::vector<TokenId>{5}, 3, kMask, std::vector<PinnedSlot>{{.position = 2, .id = 6}}, 2};
}

std::vector<uint32_t> keysOf(const Canvas& canvas) {
    std::vector<uint32_t> keys;
    for (uint32_t position = 0; position < canvas.size(); ++position) {
        keys.push_back(canvas.key(position));
    }
    return keys;
}

TEST(Canvas, RoomIsNoPartOfTheText) {
    const Canvas canvas = roomForTwo();

    EXPECT_EQ(canvas.size(), 6U);
    EXPECT_THAT(canvas.text(), ElementsAre(5, kMask, 6, kMask));
    EXPECT_THAT(canvas.maskedSlots(), ElementsAre(1, 3));
    EXPECT_EQ(canvas.region(4), SlotRegion::Room);
    EXPECT_FALSE(canvas.isMasked(4));
}

TEST(Canvas, InsertMovesWhatIsBehindAndTakesFromTheRoom) {
    Canvas canvas = roomForTwo();

    canvas.apply({.kind = EventKind::Insert, .position = 2, .before = kMask, .after = kMask});

    EXPECT_EQ(canvas.size(), 6U);
    EXPECT_THAT(canvas.text(), ElementsAre(5, kMask, kMask, 6, kMask));
    EXPECT_THAT(canvas.maskedSlots(), ElementsAre(1, 2, 4));
    EXPECT_EQ(canvas.region(3), SlotRegion::Pinned);
    EXPECT_THAT(keysOf(canvas), ElementsAre(0, 1, 6, 2, 3, 4)) << "a slot keeps its key where it goes";
    EXPECT_EQ(canvas.positionOf(2), 3U);
    EXPECT_EQ(canvas.positionOf(5), std::nullopt);
}

TEST(Canvas, DeleteMovesWhatIsBehindAndGivesToTheRoom) {
    Canvas canvas = roomForTwo();
    canvas.apply({.kind = EventKind::Commit, .position = 1, .before = kMask, .after = 7});

    canvas.apply({.kind = EventKind::Delete, .position = 1, .before = 7, .after = kMask});

    EXPECT_THAT(canvas.text(), ElementsAre(5, 6, kMask));
    EXPECT_EQ(canvas.maskedCount(), 1U);
    EXPECT_EQ(canvas.room(), 3U);
    EXPECT_THAT(keysOf(canvas), ElementsAre(0, 2, 3, 4, 5, 6));
}

TEST(Canvas, AdmitsOnlyWhatFits) {
    Canvas canvas = roomForTwo();
    const auto admits = [&](EventKind kind, uint32_t position, TokenId before, TokenId after) {
        return canvas.admits({.kind = kind, .position = position, .before = before, .after = after});
    };

    EXPECT_TRUE(admits(EventKind::Insert, 4, kMask, kMask)) << "behind the text";
    EXPECT_FALSE(admits(EventKind::Insert, 5, kMask, kMask)) << "not inside the room";
    EXPECT_FALSE(admits(EventKind::Insert, 0, kMask, kMask)) << "not inside the prompt";
    EXPECT_TRUE(admits(EventKind::Delete, 1, kMask, kMask));
    EXPECT_FALSE(admits(EventKind::Delete, 2, 6, kMask)) << "given text stays";
    EXPECT_FALSE(admits(EventKind::Delete, 4, kMask, kMask)) << "the room is not there to delete";
    EXPECT_FALSE(admits(EventKind::Commit, 4, kMask, 7));
    canvas.apply({.kind = EventKind::Insert, .position = 4, .before = kMask, .after = kMask});
    canvas.apply({.kind = EventKind::Insert, .position = 4, .before = kMask, .after = kMask});
    EXPECT_FALSE(admits(EventKind::Insert, 4, kMask, kMask)) << "no room is left";
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

    EXPECT_DEATH(canvas.apply({.kind = EventKind::Commit, .position = 0, .before = 5, .after = 6}), "admits");
}

}  // namespace
}  // namespace crystallite
