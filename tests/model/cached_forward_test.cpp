#include "engine/model/model.h"
#include "tests/model/cached_passes.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace crystallite {
namespace {

class CachedForward : public CachedPasses {};

INSTANTIATE_TEST_SUITE_P(Backends, CachedForward, ::testing::ValuesIn(availableBackends()),
                         [](const auto& instance) { return instance.param; });

/// As a text is decoded: prefill of the prompt's whole blocks, then for every block passes while it has masks and one when it is done.
struct BlockRun {
    uint32_t length = 0;
    uint32_t offset = 0;
    uint32_t prompt = 0;
    uint32_t slots = 0;

    [[nodiscard]] uint32_t endOf(uint32_t position) const { return std::min(slots, ((position + offset) / length + 1) * length - offset); }
    /// The first position of the block that the prompt's end stands in.
    [[nodiscard]] uint32_t wholeBlocks() const {
        const uint32_t begin = (prompt + offset) / length * length;
        return begin > offset ? begin - offset : 0;
    }
};

TEST_P(CachedForward, DenoisesBlocksAsAPassOverTheWholeTextDoes) {
    std::mt19937 random(5);
    for (uint32_t trial = 0; trial < 6; ++trial) {
        const uint32_t length = 1 + draw(random, 11);
        const BlockRun run{.length = length,
                           .offset = trial % 2 == 0 ? 0 : draw(random, length),
                           .prompt = 1 + draw(random, 20),
                           .slots = 25 + draw(random, 17)};
        SCOPED_TRACE("blocks of " + std::to_string(run.length) + " after " + std::to_string(run.offset) + ", prompt of " +
                     std::to_string(run.prompt) + " in " + std::to_string(run.slots));
        const std::unique_ptr<Model> cached = load(blocksOf(length, trial % 3 == 0));
        const std::unique_ptr<Model> plain = load(blocksOf(length, trial % 3 == 0));
        const std::vector<TokenId> tokens = randomText(random, run.slots);
        std::vector<TokenId> canvas(run.slots, cached->config().maskId);
        std::copy_n(tokens.begin(), run.prompt, canvas.begin());
        const auto expectSameRows = [&](uint32_t begin, uint32_t end) {
            const std::vector<float> expected = plainRows(*plain, canvas, begin, end, run.offset);
            EXPECT_LE(largestDifference(cachedRows(*cached, canvas, begin, end, run.offset), expected),
                      kTwoRoundings * deviationOf(expected))
                << "rows " << begin << " to " << end;
        };

        const uint32_t prefilled = run.wholeBlocks();
        if (prefilled > 0) {
            expectSameRows(0, prefilled);
        }
        for (uint32_t begin = prefilled; begin < run.slots; begin = run.endOf(begin)) {
            const uint32_t end = run.endOf(begin);
            expectSameRows(begin, end);
            canvas[end - 1] = tokens[end - 1];
            expectSameRows(begin, end);
            std::copy(tokens.begin() + begin, tokens.begin() + end, canvas.begin() + begin);
            expectSameRows(begin, end);
        }
        EXPECT_TRUE(cached->holdsCacheOf(kCacheOwner));
    }
}

TEST_P(CachedForward, WritesLeftToRightAsAPassOverTheWholeTextDoes) {
    std::mt19937 random(6);
    for (const bool learned : {false, true}) {
        const std::unique_ptr<Model> model = load(causalModel(learned));
        const std::vector<TokenId> tokens = randomText(random, 31);
        const std::vector<float> expected = plainRows(*model, tokens, 0, 31);
        const double bound = kTwoRoundings * deviationOf(expected);
        const size_t width = model->config().outputVocabulary;

        std::vector<float> rows = cachedRows(*model, tokens, 0, 9);
        for (uint32_t row = 9; row < 31; row += 1 + row % 3) {
            const std::vector<float> more = cachedRows(*model, tokens, row, std::min(row + 1 + row % 3, 31U));
            rows.insert(rows.end(), more.begin(), more.end());
        }

        EXPECT_EQ(rows.size(), 31 * width);
        EXPECT_LE(largestDifference(rows, expected), bound);
    }
}

/// With one layer the keys and values of a row come from its own token alone, so that what was kept is what would be computed. With more
/// they come from what the row saw then, and the difference is what makes the cache of a full canvas approximate.
TEST_P(CachedForward, LeavesTheRestOfAFullCanvasAsTheLastPassOverItDid) {
    for (const uint32_t layers : {1U, 3U}) {
        std::mt19937 random(7);
        const std::unique_ptr<Model> model = load(fullCanvas(layers));
        std::vector<TokenId> tokens = randomText(random, 30);
        const std::vector<float> before = plainRows(*model, tokens, 0, 30);
        const double bound = kTwoRoundings * deviationOf(before);
        EXPECT_LE(largestDifference(cachedRows(*model, tokens, 0, 30), before), bound);

        std::copy_n(randomText(random, 4).begin(), 4, tokens.begin() + 11);
        const std::vector<float> block = cachedRows(*model, tokens, 10, 17);
        const std::vector<float> suffix = cachedRows(*model, tokens, 10, 30);

        const double ofBlock = largestDifference(block, plainRows(*model, tokens, 10, 17));
        const double ofSuffix = largestDifference(suffix, plainRows(*model, tokens, 10, 30));
        if (layers == 1) {
            EXPECT_LE(ofBlock, bound);
            EXPECT_LE(ofSuffix, bound);
        } else {
            EXPECT_GT(ofBlock, 10 * bound);
            EXPECT_GT(ofSuffix, 10 * bound);
            EXPECT_LE(largestDifference(cachedRows(*model, tokens, 0, 30), plainRows(*model, tokens, 0, 30)), bound);
        }
    }
}

/// A block whose rows left and right of a part of it stay as they were.
TEST_P(CachedForward, ComputesAPartOfABlock) {
    CachedModel one = blocksOf(12);
    one.sizes.layers = 1;
    std::mt19937 random(8);
    const std::unique_ptr<Model> model = load(one);
    std::vector<TokenId> tokens = randomText(random, 30);
    cachedRows(*model, tokens, 0, 12);
    cachedRows(*model, tokens, 12, 24);
    tokens[17] = 5;

    const std::vector<float> part = cachedRows(*model, tokens, 16, 20);

    const std::vector<float> expected = plainRows(*model, tokens, 16, 20);
    EXPECT_LE(largestDifference(part, expected), kTwoRoundings * deviationOf(expected));
    const std::vector<float> next = cachedRows(*model, tokens, 24, 30);
    EXPECT_LE(largestDifference(next, plainRows(*model, tokens, 24, 30)), kTwoRoundings * deviationOf(expected));
}

/// Beliefs come from the computed row before the slot, whichever block it stands in. A logit that is off by d of the two passes moves
/// ln(sum exp) by d at most.
TEST_P(CachedForward, BelievesWhatTheRowBeforeASlotSays) {
    std::mt19937 random(9);
    const std::unique_ptr<Model> model = load(blocksOf(5, true));
    std::vector<TokenId> tokens = randomText(random, 23);
    std::fill(tokens.begin() + 10, tokens.end(), model->config().maskId);
    const double bound = kTwoRoundings * deviationOf(plainRows(*model, tokens, 0, 23));
    const std::vector<uint32_t> nextBlock = {10};
    const std::vector<uint32_t> inside = {11, 12, 14};

    const auto nothing = model->forward({.tokens = tokens, .openSlots = {}, .cached = CachedRows{0, 5, kCacheOwner}}, {});
    const auto first = model->forward({.tokens = tokens, .openSlots = nextBlock, .cached = CachedRows{5, 10, kCacheOwner}}, {});
    const auto rest = model->forward({.tokens = tokens, .openSlots = inside, .cached = CachedRows{10, 15, kCacheOwner}}, {});
    const auto plainFirst = model->forward({.tokens = tokens, .openSlots = nextBlock}, {});
    const auto plainRest = model->forward({.tokens = tokens, .openSlots = inside}, {});

    ASSERT_TRUE(nothing && first && rest && plainFirst && plainRest);
    EXPECT_TRUE(nothing->beliefs.empty());
    ASSERT_EQ(first->beliefs.size(), 1U);
    EXPECT_EQ(first->beliefs[0].position, 10U);
    EXPECT_NEAR(double{first->beliefs[0].logSumExp}, double{plainFirst->beliefs[0].logSumExp}, bound);
    ASSERT_EQ(rest->beliefs.size(), 3U);
    for (size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(rest->beliefs[i].position, inside[i]);
        EXPECT_EQ(rest->beliefs[i].candidates.front().id, plainRest->beliefs[i].candidates.front().id);
        EXPECT_NEAR(double{rest->beliefs[i].logSumExp}, double{plainRest->beliefs[i].logSumExp}, bound);
    }
    EXPECT_EQ(rowsComputed(model->config(), 23, nextBlock), 10U);
    EXPECT_EQ(rowsComputed(model->config(), 23, inside), 15U);
    EXPECT_EQ(rowsComputed(model->config(), 23, inside, 2), 18U);
    EXPECT_EQ(rowsComputed(model->config(), 14, inside, 0), 14U);
}

/// Slots 0 and 1 come from the same row, so that more slots than rows are asked for.
TEST_P(CachedForward, BelievesTwoSlotsByTheFirstRow) {
    std::mt19937 random(13);
    const std::vector<TokenId> tokens = randomText(random, 9);
    const std::unique_ptr<Model> model = load(causalModel(false));
    const std::vector<uint32_t> slots = rowsFrom(0, 7);
    const double bound = kTwoRoundings * deviationOf(plainRows(*model, tokens, 0, 9));

    const auto plain = model->forward({.tokens = tokens, .openSlots = slots}, {});
    const auto cached = model->forward({.tokens = tokens, .openSlots = slots, .cached = CachedRows{0, 6, kCacheOwner}}, {});

    ASSERT_TRUE(plain && cached);
    ASSERT_EQ(cached->beliefs.size(), 7U);
    EXPECT_NEAR(double{cached->beliefs[0].logSumExp}, double{cached->beliefs[1].logSumExp}, bound);
    for (size_t i = 0; i < 7; ++i) {
        EXPECT_NEAR(double{cached->beliefs[i].logSumExp}, double{plain->beliefs[i].logSumExp}, bound) << "slot " << i;
    }
}

TEST_P(CachedForward, IsTheSameOnTwoDevices) {
    std::mt19937 random(10);
    const std::vector<TokenId> tokens = randomText(random, 26);
    const std::unique_ptr<Model> whole = load(blocksOf(4));
    const std::vector<float> expected = plainRows(*whole, tokens, 8, 20);
    for (const uint32_t gpuLayers : {0U, 1U, 2U}) {
        const std::unique_ptr<Model> model = load(blocksOf(4), gpuLayers);
        cachedRows(*model, tokens, 0, 8);

        const std::vector<float> rows = cachedRows(*model, tokens, 8, 20);

        EXPECT_LE(largestDifference(rows, expected), kTwoRoundings * deviationOf(expected)) << gpuLayers << " layers on the device";
        EXPECT_TRUE(model->holdsCacheOf(kCacheOwner));
    }
}

TEST_P(CachedForward, KeepsItsRowsWhenTheTextGrowsAndWhileOtherPassesComeBetween) {
    std::mt19937 random(11);
    const std::vector<TokenId> tokens = randomText(random, 40);
    const std::vector<TokenId> begun(tokens.begin(), tokens.begin() + 16);
    const std::unique_ptr<Model> model = load(blocksOf(8), 2);
    cachedRows(*model, begun, 0, 8);
    cachedRows(*model, begun, 8, 16);
    const std::vector<float> expected = plainRows(*model, tokens, 16, 40);

    const std::vector<float> rows = cachedRows(*model, tokens, 16, 40);

    EXPECT_LE(largestDifference(rows, expected), kTwoRoundings * deviationOf(expected));
}

}  // namespace
}  // namespace crystallite
