#include "engine/vulkan/vulkan_backend.h"
#include "tests/support/operation_test.h"
#include "tests/support/quantized_blocks.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <numeric>
#include <thread>
#include <vector>

namespace crystallite {
namespace {

TEST(VulkanDevices, AreDescribedAsTheyOpen) {
    const std::vector<DeviceInfo> devices = describeVulkanDevices();

    for (uint32_t i = 0; i < devices.size(); ++i) {
        const Result<std::unique_ptr<Backend>> backend = openVulkanBackend(i);
        ASSERT_TRUE(backend) << backend.error().message;
        EXPECT_EQ(devices[i].index, i);
        EXPECT_EQ((*backend)->device().name, devices[i].name);
        EXPECT_TRUE(devices[i].isVulkan());
        EXPECT_TRUE(devices[i].apiVersion.starts_with("1.")) << devices[i].apiVersion;
        for (const MemoryHeap& heap : devices[i].heaps) {
            EXPECT_GT(heap.bytes, 0U);
            EXPECT_GT(heap.budgetBytes, 0U);
        }
    }
}

TEST(VulkanDevices, ThatDoNotExistAreNotFound) {
    const Result<std::unique_ptr<Backend>> backend = openVulkanBackend(1000);

    ASSERT_FALSE(backend);
    EXPECT_TRUE(backend.error().kind == ErrorKind::NotFound || describeVulkanDevices().empty()) << backend.error().message;
}

/// Skips without a Vulkan device; availableBackends() has a test of its own that fails under CI then.
class VulkanBackendTest : public testing::Test {
protected:
    void SetUp() override {
        const std::vector<std::string> names = availableBackends();
        if (std::find(names.begin(), names.end(), "Vulkan0") == names.end()) {
            GTEST_SKIP() << "needs a Vulkan device";
        }
    }

    void TearDown() override {
        for (const std::string& message : takeValidationMessages()) {
            ADD_FAILURE() << "Vulkan validation: " << message;
        }
    }
};

TEST_F(VulkanBackendTest, EmbedsFromATableThatExceedsABinding) {
    Backend& backend = backendNamed("Vulkan0SplittingTensors");
    DeviceMatrices device(backend);
    const StoredMatrix table = store(randomMatrix(5003, 67, 1), WeightFormat::F16);  // 670 KB, odd row length
    const FloatMatrix values = unpack(table);
    const std::vector<uint32_t> tokens = {5002, 0, 2443, 2444, 2445, 2446, 2447, 4891, 0};
    const EmbedArgs args{.table = device.placeWeights(table),
                         .tokens = device.placeIndices(tokens),
                         .out = device.placeEmpty(static_cast<uint32_t>(tokens.size()), 67, Placement::Strided)};

    runPass(backend, [&](Pass& pass) { pass.embed(args); });

    FloatMatrix expected(args.out.rows, 67);
    for (uint32_t i = 0; i < tokens.size(); ++i) {
        std::copy_n(&values.at(tokens[i], 0), 67, &expected.at(i, 0));
    }
    EXPECT_TRUE(near(device.read(args.out), Expected(expected)));
}

/// Rows of 210 bytes (Q6_K) and 136 bytes (MXFP4) start neither at words nor where a binding may start.
TEST_F(VulkanBackendTest, ReadsBlocksOfWeightsThatExceedABinding) {
    Backend& backend = backendNamed("Vulkan0SplittingTensors");
    DeviceMatrices device(backend);
    for (const WeightFormat format : {WeightFormat::Q6_K, WeightFormat::MXFP4}) {
        SCOPED_TRACE(layoutOf(format).name);
        const StoredMatrix weights = randomBlocks(format, 3001, 256, 1);  // 630 and 408 KB
        const FloatMatrix values = unpack(weights);
        const Tensor stored = device.placeWeights(weights);
        const FloatMatrix x = randomMatrix(2, 256, 2);
        const std::vector<uint32_t> tokens = {3000, 0, 1559, 1560, 1561, 2408, 2409, 2410};
        const Tensor rows = device.placeEmpty(static_cast<uint32_t>(tokens.size()), 256, Placement::Strided);
        const Tensor product = device.placeEmpty(2, 3001, Placement::Strided);
        const Tensor input = device.place(x, Placement::Dense);
        const IndexView indices = device.placeIndices(tokens);

        runPass(backend, [&](Pass& pass) {
            pass.embed({.table = stored, .tokens = indices, .out = rows});
            pass.matmul({.x = input, .weights = stored, .bias = {}, .out = product});
        });

        FloatMatrix expectedRows(rows.rows, 256);
        for (uint32_t i = 0; i < rows.rows; ++i) {
            std::copy_n(&values.at(tokens[i], 0), 256, &expectedRows.at(i, 0));
        }
        EXPECT_TRUE(near(device.read(rows), Expected(expectedRows)));
        Expected expected(2, 3001);
        for (uint32_t i = 0; i < 2 * 3001; ++i) {
            double magnitude = 0;
            for (uint32_t d = 0; d < 256; ++d) {
                const double term = double{x.at(i / 3001, d)} * values.at(i % 3001, d);
                expected.value.values[i] += term;
                magnitude += std::abs(term);
            }
            expected.tolerance.values[i] = (256 + 1) * kRounding * magnitude;  // every product and every addition rounds once
        }
        EXPECT_TRUE(near(device.read(product), expected));
    }
}

TEST_F(VulkanBackendTest, SaysThatKeysExceedABinding) {
    Backend& backend = backendNamed("Vulkan0SplittingTensors");
    DeviceMatrices device(backend);
    const Tensor keys = device.placeEmpty(2000, 64, Placement::Dense);  // 512 KB of the 320 KB that one binding may show
    const Tensor out = device.placeEmpty(3, 64, Placement::Dense);
    const Tensor queries = device.placeEmpty(3, 64, Placement::Dense);

    const Result<void> result = backend.run(
        [&](Pass& pass) { pass.attention({.queries = queries, .keys = keys, .values = keys, .out = out, .headDim = 64, .scale = 1.0F}); },
        {});

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Unsupported);
}

// llvmpipe ends all loops of an invocation after 65,535 turns, and then the last candidates are missing: more ids than a subgroup can walk.
TEST_F(VulkanBackendTest, FindsCandidatesAmongMoreIdsThanASubgroupCanWalk) {
    constexpr uint32_t kVocabulary = 260'003;
    Backend& backend = backendNamed("Vulkan0");
    DeviceMatrices device(backend);
    FloatMatrix logits = randomMatrix(2, kVocabulary, 1, 8.0F);
    // All of the best belong to the first of 8 lanes, which must then look through its ids most often.
    for (uint32_t i = 0; i < kMaxCandidates; ++i) {
        logits.at(1, i * 32 * 101) = 9.0F + static_cast<float>(i);
    }
    Buffer& out = device.readback(2 * candidateRowWords(kMaxCandidates) * sizeof(uint32_t));
    const CandidatesArgs args{.logits = device.place(logits, Placement::Dense),
                              .forbidden = {},
                              .positions = device.placeIndices({0, 1}),
                              .count = kMaxCandidates,
                              .noise = {},
                              .out = &out};

    runPass(backend, [&](Pass& pass) { pass.candidates(args); });

    for (uint32_t row = 0; row < 2; ++row) {
        std::vector<uint32_t> order(kVocabulary);
        std::iota(order.begin(), order.end(), 0U);
        std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return logits.at(row, a) > logits.at(row, b); });
        double sum = 0;
        for (uint32_t id = 0; id < kVocabulary; ++id) {
            sum += std::exp(double{logits.at(row, id)});  // at most e^72
        }
        const std::vector<uint32_t> words =
            wordsOf(out, uint64_t{row} * candidateRowWords(kMaxCandidates) * sizeof(uint32_t), candidateRowWords(kMaxCandidates));
        EXPECT_TRUE(std::equal(order.begin(), order.begin() + kMaxCandidates, words.begin())) << "row " << row;
        // The sum rounds once per id at worst, its logarithm and the last addition a few times.
        EXPECT_NEAR(std::bit_cast<float>(words[2 * kMaxCandidates]), std::log(sum), (kVocabulary + 100.0) * kRounding) << "row " << row;
    }
}

/// A device that allocates little in one piece, with validation on.
Result<std::unique_ptr<Backend>> openWithAllocationLimit(uint64_t bytes, std::atomic<int>& messages) {
    return openVulkanBackend(
        0, {.validation = true, .onValidationMessage = [&](std::string_view) { ++messages; }, .allocationLimitBytes = bytes});
}

TEST_F(VulkanBackendTest, NamesTheLimitThatAnAllocationExceeds) {
    constexpr uint64_t kLimit = uint64_t{3} << 20;
    std::atomic<int> messages = 0;
    const Result<std::unique_ptr<Backend>> backend = openWithAllocationLimit(kLimit, messages);
    ASSERT_TRUE(backend) << backend.error().message;

    const Result<std::unique_ptr<Buffer>> allowed = (*backend)->allocate(kLimit, MemoryUse::Activations);
    const Result<std::unique_ptr<Buffer>> refused = (*backend)->allocate((uint64_t{7} << 20) + 4, MemoryUse::Activations);

    EXPECT_TRUE(allowed) << allowed.error().message;
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(refused.error().message, testing::AllOf(testing::HasSubstr("7 MiB"), testing::HasSubstr("3 MiB in one piece"),
                                                        testing::HasSubstr("take a smaller model or a shorter canvas")));
    EXPECT_EQ(messages, 0);
}

TEST_F(VulkanBackendTest, SpreadsWeightsOverAllocationsAndRefusesOneThatExceedsThem) {
    constexpr uint64_t kLimit = uint64_t{1} << 20;
    std::atomic<int> messages = 0;
    const Result<std::unique_ptr<Backend>> backend = openWithAllocationLimit(kLimit, messages);
    ASSERT_TRUE(backend) << backend.error().message;
    // Two of the three fit into one allocation; the fourth fits into none.
    const FloatMatrix values = randomMatrix(300, 333, 1);
    const StoredMatrix fitting = store(values, WeightFormat::F32);
    const StoredMatrix tooLarge = store(FloatMatrix(1, (kLimit >> 2) + 1), WeightFormat::F32);
    const WeightSource source{.bytes = fitting.bytes, .format = fitting.format, .rows = fitting.rows, .columns = fitting.columns};
    const std::vector<WeightSource> sources = {source, source, source};
    const WeightSource tooLargeSource{.bytes = tooLarge.bytes, .format = tooLarge.format, .rows = 1, .columns = tooLarge.columns};

    const Result<std::unique_ptr<WeightStore>> spread = (*backend)->loadWeights(sources, {}, {});
    const Result<std::unique_ptr<WeightStore>> refused = (*backend)->loadWeights({&tooLargeSource, 1}, {}, {});

    ASSERT_TRUE(spread) << spread.error().message;
    EXPECT_EQ((*spread)->at(0).buffer, (*spread)->at(1).buffer);
    EXPECT_NE((*spread)->at(1).buffer, (*spread)->at(2).buffer);
    DeviceMatrices device(**backend);
    for (size_t i = 0; i < sources.size(); ++i) {
        SCOPED_TRACE("weight " + std::to_string(i));
        const EmbedArgs args{.table = (*spread)->at(i),
                             .tokens = device.placeIndices({299, 0}),
                             .out = device.placeEmpty(2, values.columns, Placement::Dense)};
        runPass(**backend, [&](Pass& pass) { pass.embed(args); });
        FloatMatrix expected(2, values.columns);
        std::copy_n(&values.at(299, 0), values.columns, &expected.at(0, 0));
        std::copy_n(&values.at(0, 0), values.columns, &expected.at(1, 0));
        EXPECT_TRUE(near(device.read(args.out), Expected(expected)));
    }
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unsupported);
    EXPECT_THAT(refused.error().message, testing::HasSubstr("1 MiB that this device allocates in one piece; choose another device"));
    EXPECT_EQ(messages, 0);
}

TEST_F(VulkanBackendTest, StopsALongPassBeforeItsEnd) {
    Backend& backend = backendNamed("Vulkan0");
    if (backend.device().kind != DeviceKind::SoftwareVulkan) {
        GTEST_SKIP() << "a GPU would finish before it can be stopped";
    }
    DeviceMatrices device(backend);
    const Tensor x = device.place(randomMatrix(512, 512, 1), Placement::Dense);
    const Tensor weights = device.placeWeights(store(randomMatrix(512, 512, 2), WeightFormat::F32));
    const Tensor out = device.placeEmpty(512, 512, Placement::Dense);
    const auto passOf = [&](int products) {
        return [&, products](Pass& pass) {
            for (int i = 0; i < products; ++i) {
                pass.matmul({.x = x, .weights = weights, .bias = {}, .out = out});
            }
        };
    };
    std::stop_source stop;
    std::atomic<bool> recorded = false;
    std::jthread stopper([&] {
        recorded.wait(false);
        stop.request_stop();
    });

    const Result<void> result = backend.run(
        [&](Pass& pass) {
            passOf(400)(pass);
            recorded = true;
            recorded.notify_one();
        },
        stop.get_token());

    ASSERT_FALSE(result) << "107 GFLOP were done before the stop was seen";
    EXPECT_EQ(result.error().kind, ErrorKind::Cancelled);
    runPass(backend, passOf(1));
}

TEST_F(VulkanBackendTest, MeasuresLimitsThatItsOperationsCanBeHeldAgainst) {
    const Result<DeviceLimits> limits = backendNamed("Vulkan0").measureLimits();

    ASSERT_TRUE(limits) << limits.error().message;
    EXPECT_GT(limits->matmulGflops, 0.0);
    EXPECT_GT(limits->copyGigabytesPerSecond, 0.0);
}

}  // namespace
}  // namespace crystallite
