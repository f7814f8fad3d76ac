#include "engine/model/model.h"
#include "tests/model/cached_passes.h"
#include "tests/support/budgeted_backend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

constexpr uint64_t kOther = 4;
constexpr uint64_t kPlenty = UINT64_MAX / 4;

class CacheOfModel : public CachedPasses {};

INSTANTIATE_TEST_SUITE_P(Backends, CacheOfModel, ::testing::ValuesIn(availableBackends()),
                         [](const auto& instance) { return instance.param; });

TEST_P(CacheOfModel, SaysWhetherItHoldsTheRowsOfAnOwner) {
    std::mt19937 random(12);
    const std::vector<TokenId> tokens = randomText(random, 12);
    std::stop_source stopped;
    stopped.request_stop();
    for (const uint32_t gpuLayers : {1U, kAllLayers}) {
        const std::unique_ptr<Model> model = load(blocksOf(4), gpuLayers);
        const std::vector<uint32_t> open = {3};
        const auto pass = [&](uint64_t owner, uint32_t begin, uint32_t end, const std::stop_token& stop = {}) {
            return model->forward({.tokens = tokens, .openSlots = {}, .cached = CachedRows{begin, end, owner}}, stop).has_value();
        };
        EXPECT_FALSE(model->holdsCacheOf(kCacheOwner));
        EXPECT_FALSE(model->holdsCacheOf(0));

        EXPECT_TRUE(pass(kCacheOwner, 0, 4));
        EXPECT_TRUE(model->holdsCacheOf(kCacheOwner));
        EXPECT_TRUE(pass(kOther, 0, 8));
        EXPECT_FALSE(model->holdsCacheOf(kCacheOwner)) << "another owner came between";
        EXPECT_TRUE(model->holdsCacheOf(kOther));
        EXPECT_TRUE(pass(kCacheOwner, 0, 8));
        EXPECT_TRUE(model->forward({.tokens = tokens, .openSlots = open}, {}));
        EXPECT_FALSE(model->forward({.tokens = tokens, .openSlots = open}, stopped.get_token()));
        EXPECT_TRUE(model->holdsCacheOf(kCacheOwner)) << "a pass that looks at no store";
        EXPECT_FALSE(pass(kCacheOwner, 8, 12, stopped.get_token()));
        EXPECT_FALSE(model->holdsCacheOf(kCacheOwner)) << "a pass of its own was stopped";
        EXPECT_TRUE(pass(kCacheOwner, 0, 12));
        EXPECT_TRUE(model->holdsCacheOf(kCacheOwner));
    }
}

TEST_P(CacheOfModel, CountsTheStoreAsMemory) {
    constexpr uint32_t kSlots = 16;
    const std::vector<TokenId> tokens(kSlots, 5);
    for (const bool exact : {true, false}) {
        const std::shared_ptr<const ModelSource> source = (exact ? blocksOf(4) : fullCanvas(3)).source();
        BudgetedBackend device(backend(), kPlenty);
        const auto model = Model::load(device, source);
        ASSERT_TRUE(model) << model.error().message;
        const ModelConfig& config = (*model)->config();
        const uint64_t store = uint64_t{2} * config.layers * kSlots * config.kvHeads * config.headDim * sizeof(float);
        const LayerRange whole{0, config.layers, config.layers};
        EXPECT_EQ(estimateMemory(*source, config, whole, kSlots).storeBytes, exact ? store : 0U);
        EXPECT_EQ(estimateMemory(*source, config, whole, kSlots, StoreRoom::Always).storeBytes, store);
        EXPECT_EQ((*model)->planFor(kSlots).shares.front().need.storeBytes, exact ? store : 0U);

        ASSERT_TRUE((*model)->forward({.tokens = tokens, .openSlots = {}, .cached = CachedRows{0, kSlots, kCacheOwner}}, {}));

        const MemoryEstimate need = (*model)->planFor(kSlots).shares.front().need;
        const uint64_t forbidden = std::max<uint64_t>(config.forbiddenIds.size(), 1) * sizeof(uint32_t);
        EXPECT_EQ(need.storeBytes, store);
        EXPECT_EQ(device.allocatedBytes(), need.activationBytes + store + forbidden);
    }
}

TEST_P(CacheOfModel, RefusesAStoreThatHasNoRoom) {
    const std::shared_ptr<const ModelSource> source = fullCanvas(3).source();
    const std::unique_ptr<Model> any = load(fullCanvas(3));
    const LayerRange whole{0, 3, 3};
    BudgetedBackend device(backend(), estimateMemory(*source, any->config(), whole, 16).withMargin());
    const auto model = Model::load(device, source);
    ASSERT_TRUE(model) << model.error().message;
    const std::vector<TokenId> tokens(16, 5);

    const auto refused = (*model)->forward({.tokens = tokens, .openSlots = {}, .cached = CachedRows{0, 16, kCacheOwner}}, {});

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr("of cached keys and values"));
    EXPECT_FALSE((*model)->holdsCacheOf(kCacheOwner));
    const std::vector<uint32_t> open = {3};
    EXPECT_TRUE((*model)->forward({.tokens = tokens, .openSlots = open}, {}));
}

TEST(CacheOfModelDeathTest, RefusesRowsThatItCannotKnow) {
    const std::shared_ptr<const ModelSource> source = fullCanvas(1).source();
    const std::vector<TokenId> tokens(9, 5);
    const std::vector<uint32_t> open = {3};
    const auto run = [&](const std::vector<uint32_t>& slots, CachedRows cached) {
        const auto model = Model::load(backendNamed("Cpu"), source);
        static_cast<void>((*model)->forward({.tokens = tokens, .openSlots = slots, .cached = cached}, {}));
    };
    EXPECT_DEATH(run({}, {0, 5, kCacheOwner}), "internal error") << "rows behind them that every slot sees";
    EXPECT_DEATH(run({}, {4, 9, kCacheOwner}), "internal error") << "rows before them";
    EXPECT_DEATH(run({}, {0, 10, kCacheOwner}), "internal error") << "rows behind the text";
    EXPECT_DEATH(run({9}, {0, 9, kCacheOwner}), "internal error") << "a slot behind the text";
}

}  // namespace
}  // namespace crystallite
