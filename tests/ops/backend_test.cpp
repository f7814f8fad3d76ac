#include "tests/support/operation_test.h"

#include <algorithm>
#include <numeric>

namespace crystallite {
namespace {

TEST(AvailableBackends, LackNothingThatShouldBeThere) {
    EXPECT_EQ(missingBackends(), "");
}

struct WholeBackend {
    [[nodiscard]] static std::string name() { return "Device"; }
};

/// What every backend promises beyond its operations.
class BackendContract : public OperationTest<WholeBackend> {};

TEST_P(BackendContract, NamesItsDeviceDriverAndMemory) {
    const DeviceInfo& info = backend().device();

    EXPECT_NE(info.name, "");
    EXPECT_NE(info.driver, "");
    EXPECT_GT(usableBytes(info), 0U);
    EXPECT_EQ(info.threads > 0, info.kind == DeviceKind::Cpu);
}

TEST_P(BackendContract, HandsOutZeroFilledMemoryOfEveryUse) {
    for (const MemoryUse use : {MemoryUse::Activations, MemoryUse::Upload, MemoryUse::Readback}) {
        constexpr uint32_t kFloats = 999;
        Result<std::unique_ptr<Buffer>> buffer = backend().allocate(kFloats * sizeof(float), use);
        ASSERT_TRUE(buffer) << buffer.error().message;
        EXPECT_EQ((*buffer)->bytes(), kFloats * sizeof(float));
        EXPECT_EQ((*buffer)->hostBytes().size(), use == MemoryUse::Activations ? 0 : (*buffer)->bytes());
        Buffer& host = device().readback(kFloats * sizeof(float));

        runPass(backend(), [&](Pass& pass) { pass.readTensor(denseTensor(**buffer, 1, kFloats), host, 0); });

        EXPECT_EQ(wordsOf(host, 0, kFloats), std::vector<uint32_t>(kFloats));
    }
}

TEST_P(BackendContract, SaysThatMemoryIsShortInsteadOfDying) {
    const Result<std::unique_ptr<Buffer>> buffer = backend().allocate(uint64_t{1} << 60, MemoryUse::Activations);

    ASSERT_FALSE(buffer);
    EXPECT_EQ(buffer.error().kind, ErrorKind::OutOfMemory);
    EXPECT_NE(buffer.error().message, "");
}

TEST_P(BackendContract, KeepsWeightsInTheirOrder) {
    const std::vector<StoredMatrix> matrices = {store(randomMatrix(5, 7, 1), WeightFormat::F32),
                                                store(randomMatrix(301, 33, 2), WeightFormat::F16),
                                                store(randomMatrix(1, 96, 3), WeightFormat::BF16)};
    std::vector<WeightSource> sources;
    uint64_t bytes = 0;
    for (const StoredMatrix& matrix : matrices) {
        sources.push_back({.bytes = matrix.bytes, .format = matrix.format, .rows = matrix.rows, .columns = matrix.columns});
        bytes += matrix.bytes.size();
    }
    std::vector<double> progress;

    const Result<std::unique_ptr<WeightStore>> store = backend().loadWeights(sources, [&](double share) { progress.push_back(share); }, {});

    ASSERT_TRUE(store) << store.error().message;
    EXPECT_GE((*store)->deviceBytes(), bytes);
    ASSERT_FALSE(progress.empty());
    EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
    EXPECT_EQ(progress.back(), 1.0);
    for (size_t i = 0; i < matrices.size(); ++i) {
        SCOPED_TRACE("weight " + std::to_string(i));
        const Tensor& weight = (*store)->at(i);
        EXPECT_EQ(weight.format, matrices[i].format);
        EXPECT_EQ(weight.rows, matrices[i].rows);
        EXPECT_EQ(weight.columns, matrices[i].columns);
        std::vector<uint32_t> everyRow(weight.rows);
        std::iota(everyRow.begin(), everyRow.end(), 0U);
        const EmbedArgs args{.table = weight,
                             .tokens = device().placeIndices(everyRow),
                             .out = device().placeEmpty(weight.rows, weight.columns, Placement::Dense)};
        runPass(backend(), [&](Pass& pass) { pass.embed(args); });
        EXPECT_TRUE(near(device().read(args.out), Expected(unpack(matrices[i]))));
    }
}

TEST_P(BackendContract, CancelsAPassThatIsStopped) {
    const Tensor x = device().place(randomMatrix(17, 33, 1), Placement::Dense);
    std::stop_source stop;
    stop.request_stop();

    const Result<void> result = backend().run([&](Pass& pass) { pass.siluGate({.gate = x, .up = x, .out = x}); }, stop.get_token());

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Cancelled);
}

TEST_P(BackendContract, CancelsLoadingThatIsStopped) {
    const StoredMatrix matrix = store(randomMatrix(17, 33, 1), WeightFormat::F16);
    const WeightSource source{.bytes = matrix.bytes, .format = matrix.format, .rows = matrix.rows, .columns = matrix.columns};
    std::stop_source stop;
    stop.request_stop();

    const Result<std::unique_ptr<WeightStore>> result = backend().loadWeights({&source, 1}, {}, stop.get_token());

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Cancelled);
}

TEST_P(BackendContract, RunsAgainAfterACancelledPass) {
    const FloatMatrix values = randomMatrix(17, 33, 1);
    const Tensor x = device().place(values, Placement::Dense);
    std::stop_source stop;
    stop.request_stop();
    ASSERT_FALSE(backend().run([&](Pass& pass) { pass.siluGate({.gate = x, .up = x, .out = x}); }, stop.get_token()));
    const Tensor out = device().placeEmpty(17, 33, Placement::Dense);
    const IndexView rows = device().placeIndices({16});
    const FloatMatrix fresh = randomMatrix(20, 33, 2);
    const Tensor source = device().place(fresh, Placement::Dense);

    runPass(backend(), [&](Pass& pass) { pass.gatherRows({.x = source, .rows = rows, .out = out.rowRange(0, 1)}); });

    const FloatMatrix actual = device().read(out);
    for (uint32_t column = 0; column < 33; ++column) {
        EXPECT_EQ(actual.at(0, column), fresh.at(16, column));
    }
}

TEST_P(BackendContract, TimesEveryOperationInOrderWhileProfiling) {
    const Tensor x = device().place(randomMatrix(17, 33, 1), Placement::Dense);
    const Tensor weights = device().placeWeights(store(randomMatrix(96, 33, 2), WeightFormat::F16));
    const Tensor out = device().placeEmpty(17, 96, Placement::Dense);
    const auto record = [&](Pass& pass) {
        pass.matmul({.x = x, .weights = weights, .bias = {}, .out = out});
        pass.siluGate({.gate = out, .up = out, .out = out});
    };

    backend().setProfiling(true);
    runPass(backend(), record);
    const std::vector<OperationTiming> timings = backend().takeTimings();
    backend().setProfiling(false);
    runPass(backend(), record);

    ASSERT_EQ(timings.size(), 2U);
    EXPECT_STREQ(timings[0].operation, "matmul");
    EXPECT_STREQ(timings[1].operation, "silu_gate");
    EXPECT_EQ(timings[0].flops, 2.0 * 17 * 96 * 33);
    EXPECT_EQ(timings[0].bytes, 17 * 33 * 4.0 + 96 * 33 * 2.0 + 17 * 96 * 4.0);
    for (const OperationTiming& timing : timings) {
        EXPECT_GT(timing.milliseconds, 0.0) << timing.operation;
    }
    EXPECT_TRUE(backend().takeTimings().empty()) << "nothing is timed after profiling was switched off";
}

INSTANTIATE_OPERATION_TEST(BackendContract, WholeBackend, std::vector<WholeBackend>(1));

}  // namespace
}  // namespace crystallite
