#include "engine/model/kv_store.h"

#include "tests/support/backends.h"
#include "tests/support/budgeted_backend.h"
#include "tests/support/matrix.h"
#include "tests/support/operation_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <numeric>

namespace crystallite {
namespace {

constexpr uint32_t kLayers = 3;
constexpr uint32_t kRowWidth = 20;
constexpr uint64_t kOwner = 7;
constexpr uint64_t kOther = 8;

class KvStoreOn : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    [[nodiscard]] static Backend& backend() { return backendNamed(GetParam()); }

    /// A pass that writes numbers of `seed` to rows [begin, end) of every layer.
    void write(uint64_t owner, uint32_t begin, uint32_t end, uint32_t seen, uint32_t seed) {
        DeviceMatrices device(backend());
        std::vector<uint32_t> all(end - begin);
        std::iota(all.begin(), all.end(), 0U);
        const IndexView rows = device.placeIndices(all);
        std::vector<Tensor> keys;
        std::vector<Tensor> values;
        for (uint32_t layer = 0; layer < kLayers; ++layer) {
            keys.push_back(device.place(numbers(end - begin, seed, layer, 0), Placement::Dense));
            values.push_back(device.place(numbers(end - begin, seed, layer, 1), Placement::Dense));
        }
        store_.beginPass(owner, begin, end, seen);
        runPass(backend(), [&](Pass& pass) {
            for (uint32_t layer = 0; layer < kLayers; ++layer) {
                pass.gatherRows({.x = keys[layer], .rows = rows, .out = store_.keys(layer, begin, end - begin)});
                pass.gatherRows({.x = values[layer], .rows = rows, .out = store_.values(layer, begin, end - begin)});
            }
        });
        store_.endPass();
    }
    static FloatMatrix numbers(uint32_t rows, uint32_t seed, uint32_t layer, uint32_t which) {
        return randomMatrix(rows, kRowWidth, 100 * seed + 2 * layer + which);
    }
    /// Rows [begin, end) of every layer are the first ones that write() wrote with `seed`, from its row `from` on.
    void expectRows(uint32_t begin, uint32_t end, uint32_t seed, uint32_t from = 0) {
        for (uint32_t layer = 0; layer < kLayers; ++layer) {
            for (uint32_t which = 0; which < 2; ++which) {
                const Tensor rows = which == 0 ? store_.keys(layer, begin, end - begin) : store_.values(layer, begin, end - begin);
                const FloatMatrix written = numbers(from + end - begin, seed, layer, which);
                const auto first = written.values.begin() + static_cast<std::ptrdiff_t>(size_t{from} * kRowWidth);
                EXPECT_EQ(read(rows), std::vector<float>(first, written.values.end())) << "layer " << layer << ", " << which;
            }
        }
    }
    static std::vector<float> read(const Tensor& tensor) {
        std::vector<float> values(size_t{tensor.rows} * tensor.columns);
        auto readback = backend().allocate(values.size() * sizeof(float), MemoryUse::Readback);
        EXPECT_TRUE(readback);
        runPass(backend(), [&](Pass& pass) { pass.readTensor(tensor, **readback, 0); });
        std::memcpy(values.data(), (*readback)->hostBytes().data(), values.size() * sizeof(float));
        return values;
    }

    KvStore store_{backend(), kLayers, kRowWidth};
};

INSTANTIATE_TEST_SUITE_P(Backends, KvStoreOn, ::testing::ValuesIn(availableBackends()),
                         [](const auto& instance) { return instance.param; });

TEST_P(KvStoreOn, AppendsAndOverwritesRowsOfOneText) {
    ASSERT_TRUE(store_.reserve(17));
    write(kOwner, 0, 9, 9, 1);
    write(kOwner, 9, 17, 17, 2);
    write(kOwner, 5, 11, 17, 3);

    EXPECT_EQ(store_.rows(), 17U);
    expectRows(0, 5, 1);
    expectRows(5, 11, 3);
    expectRows(11, 17, 2, 2);
}

TEST_P(KvStoreOn, KeepsWhatItHoldsWhenATextGrows) {
    ASSERT_TRUE(store_.reserve(6));
    write(kOwner, 0, 6, 6, 1);

    ASSERT_TRUE(store_.reserve(23));
    write(kOwner, 6, 23, 23, 2);

    EXPECT_EQ(store_.slots(), 23U);
    expectRows(0, 6, 1);
    expectRows(6, 23, 2);
    EXPECT_TRUE(store_.reserve(11));
    EXPECT_EQ(store_.slots(), 23U);
    EXPECT_EQ(store_.rows(), 23U);
}

TEST_P(KvStoreOn, HoldsNothingWhenItCannotGrow) {
    BudgetedBackend crowded(backend(), UINT64_MAX);
    KvStore store(crowded, kLayers, kRowWidth);
    ASSERT_TRUE(store.reserve(6));
    EXPECT_EQ(crowded.allocatedBytes(), KvStore::bytesFor(kLayers, kRowWidth, 6));
    store.beginPass(kOwner, 0, 6, 6);
    store.endPass();
    crowded.refuseAllocationsAbove(6 * kRowWidth * sizeof(float));

    const Result<void> refused = store.reserve(7);

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_FALSE(store.holdsRowsOf(kOwner));
    EXPECT_EQ(store.slots(), 0U);
    EXPECT_TRUE(store.reserve(5));
}

KvStore withRows(uint32_t slots, uint32_t rows) {
    KvStore store(backendNamed("Cpu"), 1, kRowWidth);
    EXPECT_TRUE(store.reserve(slots));
    store.beginPass(kOwner, 0, rows, rows);
    store.endPass();
    return store;
}

TEST(KvStore, BelongsToTheOwnerOfTheLastPassThatEnded) {
    KvStore store(backendNamed("Cpu"), 1, kRowWidth);
    EXPECT_FALSE(store.holdsRowsOf(0)) << "nobody's rows are there";
    EXPECT_EQ(store.slots(), 0U);
    ASSERT_TRUE(store.reserve(8));
    store.beginPass(kOwner, 0, 5, 5);
    EXPECT_FALSE(store.holdsRowsOf(kOwner)) << "the pass may fail";
    store.endPass();
    EXPECT_TRUE(store.holdsRowsOf(kOwner));

    store.beginPass(kOther, 0, 3, 3);
    store.endPass();

    EXPECT_TRUE(store.holdsRowsOf(kOther));
    EXPECT_FALSE(store.holdsRowsOf(kOwner));
    EXPECT_EQ(store.rows(), 3U) << "the other's rows are forgotten";
    store.beginPass(kOther, 3, 8, 8);
    store.forget();
    EXPECT_FALSE(store.holdsRowsOf(kOther));
}

/// Those that the last written row sees are read with it; those behind them were computed from what it overwrote.
TEST(KvStore, ForgetsRowsBehindThoseThatAPassLooksAt) {
    KvStore store = withRows(20, 20);

    store.beginPass(kOwner, 4, 8, 12);
    store.endPass();
    EXPECT_EQ(store.rows(), 12U);
    store.beginPass(kOwner, 2, 3, 3);
    store.endPass();
    EXPECT_EQ(store.rows(), 3U);
    store.truncate(9);
    EXPECT_EQ(store.rows(), 3U);
    store.truncate(1);
    EXPECT_EQ(store.rows(), 1U);
    store.truncate(0);
    EXPECT_FALSE(store.holdsRowsOf(kOwner));
}

using KvStoreDeathTest = ::testing::Test;

TEST(KvStoreDeathTest, RefusesRowsThatWouldNotMakeAText) {
    EXPECT_DEATH(withRows(20, 8).beginPass(kOwner, 9, 12, 12), "internal error") << "a gap before the rows";
    EXPECT_DEATH(withRows(20, 8).beginPass(kOther, 8, 12, 12), "internal error") << "rows of another text before them";
    EXPECT_DEATH(withRows(20, 8).beginPass(kOwner, 4, 6, 9), "internal error") << "a row that is seen and not there";
    EXPECT_DEATH(withRows(20, 8).beginPass(kOwner, 4, 6, 5), "internal error") << "rows that do not see themselves";
    EXPECT_DEATH(withRows(20, 8).beginPass(kOwner, 4, 4, 8), "internal error") << "no rows";
    EXPECT_DEATH(withRows(20, 8).beginPass(kOwner, 8, 21, 21), "internal error") << "more rows than there is room for";
    EXPECT_DEATH(
        {
            KvStore store = withRows(20, 8);
            store.beginPass(kOwner, 8, 9, 9);
            store.beginPass(kOwner, 8, 9, 9);
        },
        "internal error")
        << "two passes at once";
    EXPECT_DEATH(withRows(20, 8).endPass(), "internal error") << "no pass";
    EXPECT_DEATH(static_cast<void>(withRows(20, 8).keys(0, 15, 6)), "internal error") << "rows behind the room";
    EXPECT_DEATH(static_cast<void>(withRows(20, 8).keys(0, UINT32_MAX, 2)), "internal error") << "a sum that wraps around";
}

}  // namespace
}  // namespace crystallite
