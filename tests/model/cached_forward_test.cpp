#include "engine/formats/gguf_model.h"
#include "engine/model/model.h"
#include "tests/support/backends.h"
#include "tests/support/budgeted_backend.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace crystallite {
namespace {

constexpr uint64_t kOwner = 3;
constexpr uint64_t kOther = 4;
constexpr uint64_t kPlenty = UINT64_MAX / 4;

/// Who sees whom; whether the row before a slot predicts it; where positions come from.
struct CachedModel {
    LladaSizes sizes;
    uint32_t blockLength = 0;

    [[nodiscard]] std::string name() const {
        const std::string sees = sizes.causal ? "causal" : blockLength > 0 ? "blocks" + std::to_string(blockLength) : "full";
        return sees + (sizes.shiftLogits ? "_shifted" : "") + (sizes.learnedPositions ? "_learned" : "") + "_" +
               std::to_string(sizes.layers);
    }
    [[nodiscard]] std::shared_ptr<const ModelSource> source() const {
        GgufBuilder builder = randomLladaBuilder(sizes, 11, WeightFormat::F32);
        if (blockLength > 0) {
            builder.number("diffusion.block_length", blockLength);
        }
        const auto bytes = std::make_shared<std::vector<std::byte>>(builder.build());
        const auto source = openGgufBytes(*bytes, "random.gguf");
        EXPECT_TRUE(source) << source.error().message;
        return {source->get(), [bytes, held = *source](const ModelSource* /*it*/) {}};
    }
};

LladaSizes sized(const std::string& architecture, uint32_t layers, bool shift) {
    return {.layers = layers,
            .width = 56,
            .heads = 4,
            .kvHeads = 2,
            .feedForward = 90,
            .contextLength = 64,
            .architecture = architecture,
            .shiftLogits = shift};
}

CachedModel blocks(uint32_t length, bool shift = false) {
    return {.sizes = sized("stable-diffcoder", 3, shift), .blockLength = length};
}

CachedModel causal(bool learned) {
    LladaSizes sizes = sized("crystallite", 3, true);
    sizes.causal = true;
    sizes.learnedPositions = learned;
    sizes.rope = !learned;
    return {.sizes = sizes};
}

CachedModel full(uint32_t layers) {
    return {.sizes = sized("llada", layers, false)};
}

double deviationOf(const std::vector<float>& values) {
    const double count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0.0;
    for (const float value : values) {
        squares += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
    }
    return std::sqrt(squares / count);
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    EXPECT_EQ(a.size(), b.size());
    double largest = 0.0;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        largest = difference <= largest ? largest : difference;  // a NaN stays
    }
    return largest;
}

/// Both sides are within 1e-4 of the logits' standard deviation of the exact ones, the bar that families_test holds every pass to; so they
/// are at most twice that apart.
constexpr double kTwoRoundings = 2e-4;

std::vector<uint32_t> rowsFrom(uint32_t begin, uint32_t end) {
    std::vector<uint32_t> rows(end - begin);
    std::iota(rows.begin(), rows.end(), begin);
    return rows;
}

class CachedForward : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    static Backend& backend() { return backendNamed(GetParam()); }
    static std::unique_ptr<Model> load(const CachedModel& which, uint32_t gpuLayers = kAllLayers) {
        auto model = Model::load({backend(), &backendNamed("Cpu")}, which.source(), {.gpuLayers = gpuLayers});
        EXPECT_TRUE(model) << model.error().message;
        return std::move(*model);
    }
    static uint32_t draw(std::mt19937& random, uint32_t limit) { return static_cast<uint32_t>(random() % limit); }
    static std::vector<TokenId> randomText(std::mt19937& random, uint32_t length) {
        std::vector<TokenId> tokens(length);
        std::generate(tokens.begin(), tokens.end(), [&random] { return 3 + draw(random, 260); });
        return tokens;
    }
    static std::vector<float> cachedRows(Model& model, const std::vector<TokenId>& tokens, uint32_t begin, uint32_t end,
                                         uint32_t blockOffset = 0) {
        const auto logits = model.rowLogits(tokens, rowsFrom(begin, end), {},
                                            {.visibility = {.blockOffset = blockOffset}, .cached = CachedRows{begin, end, kOwner}});
        EXPECT_TRUE(logits) << logits.error().message;
        return *logits;
    }
    static std::vector<float> plainRows(Model& model, const std::vector<TokenId>& tokens, uint32_t begin, uint32_t end,
                                        uint32_t blockOffset = 0) {
        const auto logits = model.rowLogits(tokens, rowsFrom(begin, end), {}, {.visibility = {.blockOffset = blockOffset}, .cached = {}});
        EXPECT_TRUE(logits) << logits.error().message;
        return *logits;
    }
};

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
        const std::unique_ptr<Model> cached = load(blocks(length, trial % 3 == 0));
        const std::unique_ptr<Model> plain = load(blocks(length, trial % 3 == 0));
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
        EXPECT_TRUE(cached->holdsCacheOf(kOwner));
    }
}

TEST_P(CachedForward, WritesLeftToRightAsAPassOverTheWholeTextDoes) {
    std::mt19937 random(6);
    for (const bool learned : {false, true}) {
        const std::unique_ptr<Model> model = load(causal(learned));
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
        const std::unique_ptr<Model> model = load(full(layers));
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
    CachedModel one = blocks(12);
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
    const std::unique_ptr<Model> model = load(blocks(5, true));
    std::vector<TokenId> tokens = randomText(random, 23);
    std::fill(tokens.begin() + 10, tokens.end(), model->config().maskId);
    const double bound = kTwoRoundings * deviationOf(plainRows(*model, tokens, 0, 23));
    const std::vector<uint32_t> nextBlock = {10};
    const std::vector<uint32_t> inside = {11, 12, 14};

    const auto nothing = model->forward({.tokens = tokens, .openSlots = {}, .cached = CachedRows{0, 5, kOwner}}, {});
    const auto first = model->forward({.tokens = tokens, .openSlots = nextBlock, .cached = CachedRows{5, 10, kOwner}}, {});
    const auto rest = model->forward({.tokens = tokens, .openSlots = inside, .cached = CachedRows{10, 15, kOwner}}, {});
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
    const std::unique_ptr<Model> model = load(causal(false));
    const std::vector<uint32_t> slots = rowsFrom(0, 7);
    const double bound = kTwoRoundings * deviationOf(plainRows(*model, tokens, 0, 9));

    const auto plain = model->forward({.tokens = tokens, .openSlots = slots}, {});
    const auto cached = model->forward({.tokens = tokens, .openSlots = slots, .cached = CachedRows{0, 6, kOwner}}, {});

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
    const std::unique_ptr<Model> whole = load(blocks(4));
    const std::vector<float> expected = plainRows(*whole, tokens, 8, 20);
    for (const uint32_t gpuLayers : {0U, 1U, 2U}) {
        const std::unique_ptr<Model> model = load(blocks(4), gpuLayers);
        cachedRows(*model, tokens, 0, 8);

        const std::vector<float> rows = cachedRows(*model, tokens, 8, 20);

        EXPECT_LE(largestDifference(rows, expected), kTwoRoundings * deviationOf(expected)) << gpuLayers << " layers on the device";
        EXPECT_TRUE(model->holdsCacheOf(kOwner));
    }
}

TEST_P(CachedForward, KeepsItsRowsWhenTheTextGrowsAndWhileOtherPassesComeBetween) {
    std::mt19937 random(11);
    const std::vector<TokenId> tokens = randomText(random, 40);
    const std::vector<TokenId> begun(tokens.begin(), tokens.begin() + 16);
    const std::unique_ptr<Model> model = load(blocks(8), 2);
    cachedRows(*model, begun, 0, 8);
    cachedRows(*model, begun, 8, 16);
    const std::vector<float> expected = plainRows(*model, tokens, 16, 40);

    const std::vector<float> rows = cachedRows(*model, tokens, 16, 40);

    EXPECT_LE(largestDifference(rows, expected), kTwoRoundings * deviationOf(expected));
}

TEST_P(CachedForward, SaysWhetherItHoldsTheRowsOfAnOwner) {
    std::mt19937 random(12);
    const std::vector<TokenId> tokens = randomText(random, 12);
    std::stop_source stopped;
    stopped.request_stop();
    for (const uint32_t gpuLayers : {1U, kAllLayers}) {
        const std::unique_ptr<Model> model = load(blocks(4), gpuLayers);
        const std::vector<uint32_t> open = {3};
        const auto pass = [&](uint64_t owner, uint32_t begin, uint32_t end, const std::stop_token& stop = {}) {
            return model->forward({.tokens = tokens, .openSlots = {}, .cached = CachedRows{begin, end, owner}}, stop).has_value();
        };
        EXPECT_FALSE(model->holdsCacheOf(kOwner));
        EXPECT_FALSE(model->holdsCacheOf(0));

        EXPECT_TRUE(pass(kOwner, 0, 4));
        EXPECT_TRUE(model->holdsCacheOf(kOwner));
        EXPECT_TRUE(pass(kOther, 0, 8));
        EXPECT_FALSE(model->holdsCacheOf(kOwner)) << "another owner came between";
        EXPECT_TRUE(model->holdsCacheOf(kOther));
        EXPECT_TRUE(pass(kOwner, 0, 8));
        EXPECT_TRUE(model->forward({.tokens = tokens, .openSlots = open}, {}));
        EXPECT_FALSE(model->forward({.tokens = tokens, .openSlots = open}, stopped.get_token()));
        EXPECT_TRUE(model->holdsCacheOf(kOwner)) << "a pass that looks at no store";
        EXPECT_FALSE(pass(kOwner, 8, 12, stopped.get_token()));
        EXPECT_FALSE(model->holdsCacheOf(kOwner)) << "a pass of its own was stopped";
        EXPECT_TRUE(pass(kOwner, 0, 12));
        EXPECT_TRUE(model->holdsCacheOf(kOwner));
    }
}

TEST_P(CachedForward, CountsTheStoreAsMemory) {
    constexpr uint32_t kSlots = 16;
    const std::vector<TokenId> tokens(kSlots, 5);
    for (const bool exact : {true, false}) {
        const std::shared_ptr<const ModelSource> source = (exact ? blocks(4) : full(3)).source();
        BudgetedBackend device(backend(), kPlenty);
        const auto model = Model::load(device, source);
        ASSERT_TRUE(model) << model.error().message;
        const ModelConfig& config = (*model)->config();
        const uint64_t store = uint64_t{2} * config.layers * kSlots * config.kvHeads * config.headDim * sizeof(float);
        const LayerRange whole{0, config.layers, config.layers};
        EXPECT_EQ(estimateMemory(*source, config, whole, kSlots).storeBytes, exact ? store : 0U);
        EXPECT_EQ(estimateMemory(*source, config, whole, kSlots, StoreRoom::Always).storeBytes, store);
        EXPECT_EQ((*model)->planFor(kSlots).shares.front().need.storeBytes, exact ? store : 0U);

        ASSERT_TRUE((*model)->forward({.tokens = tokens, .openSlots = {}, .cached = CachedRows{0, kSlots, kOwner}}, {}));

        const MemoryEstimate need = (*model)->planFor(kSlots).shares.front().need;
        const uint64_t forbidden = std::max<uint64_t>(config.forbiddenIds.size(), 1) * sizeof(uint32_t);
        EXPECT_EQ(need.storeBytes, store);
        EXPECT_EQ(device.allocatedBytes(), need.activationBytes + store + forbidden);
    }
}

TEST_P(CachedForward, RefusesAStoreThatHasNoRoom) {
    const std::shared_ptr<const ModelSource> source = full(3).source();
    const std::unique_ptr<Model> any = load(full(3));
    const LayerRange whole{0, 3, 3};
    BudgetedBackend device(backend(), estimateMemory(*source, any->config(), whole, 16).withMargin());
    const auto model = Model::load(device, source);
    ASSERT_TRUE(model) << model.error().message;
    const std::vector<TokenId> tokens(16, 5);

    const auto refused = (*model)->forward({.tokens = tokens, .openSlots = {}, .cached = CachedRows{0, 16, kOwner}}, {});

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr("of cached keys and values"));
    EXPECT_FALSE((*model)->holdsCacheOf(kOwner));
    const std::vector<uint32_t> open = {3};
    EXPECT_TRUE((*model)->forward({.tokens = tokens, .openSlots = open}, {}));
}

TEST(CachedForwardDeathTest, RefusesRowsThatItCannotKnow) {
    const std::shared_ptr<const ModelSource> source = full(1).source();
    const std::vector<TokenId> tokens(9, 5);
    const std::vector<uint32_t> open = {3};
    const auto run = [&](const std::vector<uint32_t>& slots, CachedRows cached) {
        const auto model = Model::load(backendNamed("Cpu"), source);
        static_cast<void>((*model)->forward({.tokens = tokens, .openSlots = slots, .cached = cached}, {}));
    };
    EXPECT_DEATH(run({}, {0, 5, kOwner}), "internal error") << "rows behind them that every slot sees";
    EXPECT_DEATH(run({}, {4, 9, kOwner}), "internal error") << "rows before them";
    EXPECT_DEATH(run({}, {0, 10, kOwner}), "internal error") << "rows behind the text";
    EXPECT_DEATH(run({9}, {0, 9, kOwner}), "internal error") << "a slot behind the text";
}

}  // namespace
}  // namespace crystallite
