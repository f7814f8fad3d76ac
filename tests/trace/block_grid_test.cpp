#include "engine/trace/block_grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using ::testing::ElementsAre;

/// [begin, end) of every block.
std::vector<std::pair<uint32_t, uint32_t>> blocksOf(const BlockGrid& grid) {
    std::vector<std::pair<uint32_t, uint32_t>> blocks;
    for (uint32_t block = 0; block < grid.count(); ++block) {
        blocks.emplace_back(grid.begin(block), grid.end(block));
    }
    return blocks;
}

TEST(BlockGrid, BeginsBehindThePrompt) {
    const BlockGrid grid({.length = 6, .blockLength = 3}, 5);

    EXPECT_THAT(blocksOf(grid), ElementsAre(std::pair(5, 8), std::pair(8, 11)));
    EXPECT_EQ(grid.blockOf(7), 0U);
    EXPECT_EQ(grid.blockOf(8), 1U);
    EXPECT_THAT(blocksOf(BlockGrid({.length = 6}, 5)), ElementsAre(std::pair(5, 11)));
    EXPECT_THAT(blocksOf(BlockGrid({.length = 5, .blockLength = 3}, 5)), ElementsAre(std::pair(5, 8), std::pair(8, 10)));
}

TEST(BlockGrid, OfTheTextMayBeginInsideThePromptAndEndInsideABlock) {
    const BlockGrid grid({.length = 7, .blockLength = 4, .blockAnchor = BlockAnchor::Text}, 6);

    EXPECT_THAT(blocksOf(grid), ElementsAre(std::pair(6, 8), std::pair(8, 12), std::pair(12, 13)));
    EXPECT_EQ(grid.borderBefore(7), 4U);
    EXPECT_EQ(grid.borderBehind(7), 8U);
    EXPECT_EQ(grid.borderBehind(12), 13U);
}

TEST(BlockGrid, OfAPaddedTextHasAShortFirstBlock) {
    const BlockGrid grid({.length = 6, .blockLength = 4, .blockAnchor = BlockAnchor::Text, .blockOffset = 3}, 5);

    EXPECT_THAT(blocksOf(grid), ElementsAre(std::pair(5, 9), std::pair(9, 11)));
    EXPECT_EQ(grid.borderBefore(0), 0U);
    EXPECT_EQ(grid.borderBehind(0), 1U);
    EXPECT_EQ(grid.borderBefore(4), 1U);
}

/// tests/reference/decoding.py, rounded().
TEST(RoundedSchedule, RoundsTheShareOfWhatIsLeftInShortFloats) {
    EXPECT_THAT(roundedSchedule(32, 8), ElementsAre(4, 4, 4, 4, 4, 4, 4, 4));
    EXPECT_THAT(roundedSchedule(32, 12), ElementsAre(3, 3, 3, 3, 3, 2, 3, 2, 3, 2, 3, 2));
    EXPECT_THAT(roundedSchedule(8, 16), ElementsAre(1, 1, 1, 1, 1, 1, 1, 1));
    EXPECT_THAT(roundedSchedule(21, 8), ElementsAre(3, 3, 3, 2, 2, 3, 2, 3));
    EXPECT_THAT(roundedSchedule(1, 7), ElementsAre(1));
}

}  // namespace
}  // namespace crystallite
