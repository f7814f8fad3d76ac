// Times every operation, and a whole pass, on the device named by CRYSTALLITE_BENCH_DEVICE (a selector of openDevice; "cpu" when unset).
// The counter "of_limit" of the pass is its share of the device's own large matmul, measured right before it.

#include "engine/backend/operation_cost.h"
#include "engine/engine.h"
#include "tests/support/matrix.h"
#include "tests/support/quantized_blocks.h"

#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <numeric>
#include <string>

namespace crystallite {
namespace {

/// A small diffusion language model: what the operations are sized by.
constexpr uint32_t kRows = 128;
constexpr uint32_t kWidth = 256;
constexpr uint32_t kHeadDim = 64;
constexpr uint32_t kFeedForward = 704;
constexpr uint32_t kVocabulary = 2048;
constexpr uint32_t kLayers = 4;
constexpr float kEpsilon = 1e-5F;

template <typename T>
T valueOrExit(Result<T> result) {
    if (!result) {
        std::cerr << result.error().message << '\n';
        std::exit(EXIT_FAILURE);
    }
    return std::move(result).value();
}

/// Everything that the operations work on, on one device.
class Workbench {
public:
    explicit Workbench(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {
        std::vector<uint32_t> counting(kRows);
        std::iota(counting.begin(), counting.end(), 0U);
        positions_ = upload(counting);
        forbidden_ = {.buffer = positions_.buffer, .count = 1};
    }

    Backend& backend() { return *backend_; }

    Tensor activation(uint32_t rows, uint32_t columns) {
        const FloatMatrix values = randomMatrix(rows, columns, nextSeed_++);
        Buffer& buffer = allocate(values.values.size() * sizeof(float), MemoryUse::Upload);
        std::memcpy(buffer.hostBytes().data(), values.values.data(), buffer.bytes());
        return denseTensor(buffer, rows, columns);
    }

    Tensor weights(uint32_t rows, uint32_t columns, WeightFormat format) {
        const uint32_t seed = nextSeed_++;
        const StoredMatrix& stored = *stored_.emplace_back(std::make_unique<StoredMatrix>(
            isQuantized(format) ? randomBlocks(format, rows, columns, seed) : store(randomMatrix(rows, columns, seed, 0.1F), format)));
        const WeightSource source{.bytes = stored.bytes, .format = format, .rows = rows, .columns = columns};
        return weights_.emplace_back(valueOrExit(backend_->loadWeights({&source, 1}, {}, {})))->at(0);
    }

    Buffer& readback(uint64_t bytes) { return allocate(bytes, MemoryUse::Readback); }
    [[nodiscard]] IndexView positions() const { return positions_; }
    [[nodiscard]] IndexView forbidden() const { return forbidden_; }

    void run(const std::function<void(Pass&)>& record) {
        if (const Result<void> result = backend_->run(record, {}); !result) {
            std::cerr << result.error().message << '\n';
            std::exit(EXIT_FAILURE);
        }
    }

private:
    Buffer& allocate(uint64_t bytes, MemoryUse use) { return *buffers_.emplace_back(valueOrExit(backend_->allocate(bytes, use))); }

    IndexView upload(const std::vector<uint32_t>& indices) {
        Buffer& buffer = allocate(indices.size() * sizeof(uint32_t), MemoryUse::Upload);
        std::memcpy(buffer.hostBytes().data(), indices.data(), buffer.bytes());
        return {.buffer = &buffer, .count = static_cast<uint32_t>(indices.size())};
    }

    std::unique_ptr<Backend> backend_;
    std::vector<std::unique_ptr<Buffer>> buffers_;
    std::vector<std::unique_ptr<StoredMatrix>> stored_;
    std::vector<std::unique_ptr<WeightStore>> weights_;
    IndexView positions_;
    IndexView forbidden_;
    uint32_t nextSeed_ = 1;
};

std::unique_ptr<Workbench> openWorkbench() {
    const char* device = std::getenv("CRYSTALLITE_BENCH_DEVICE");
    return std::make_unique<Workbench>(valueOrExit(openDevice(device == nullptr ? "cpu" : device)));
}

void setRates(benchmark::State& state, double flops, double bytes) {
    const auto perSecond = [](double amount) { return benchmark::Counter(amount, benchmark::Counter::kIsIterationInvariantRate); };
    state.counters["flops"] = perSecond(flops);
    state.counters["bytes"] = perSecond(bytes);
}

/// Times `record` of an operation with arguments `args`.
template <typename Args>
void timeOperation(benchmark::State& state, Workbench& bench, void (Pass::*operation)(const Args&), const Args& args) {
    for (auto _ : state) {
        bench.run([&](Pass& pass) { (pass.*operation)(args); });
    }
    const OperationCost cost = costOf(args);
    setRates(state, cost.flops, cost.bytes);
}

void benchEmbed(benchmark::State& state) {
    const auto bench = openWorkbench();
    const EmbedArgs args{.table = bench->weights(kVocabulary, kWidth, WeightFormat::F16),
                         .tokens = bench->positions(),
                         .out = bench->activation(kRows, kWidth)};
    timeOperation(state, *bench, &Pass::embed, args);
}
BENCHMARK(benchEmbed)->Name("embed")->UseRealTime();

void benchGatherRows(benchmark::State& state) {
    const auto bench = openWorkbench();
    const GatherRowsArgs args{.x = bench->activation(kRows, kWidth), .rows = bench->positions(), .out = bench->activation(kRows, kWidth)};
    timeOperation(state, *bench, &Pass::gatherRows, args);
}
BENCHMARK(benchGatherRows)->Name("gather_rows")->UseRealTime();

void benchRmsNorm(benchmark::State& state) {
    const auto bench = openWorkbench();
    const RmsNormArgs args{.x = bench->activation(kRows, kWidth),
                           .weight = bench->weights(1, kWidth, WeightFormat::F32),
                           .epsilon = kEpsilon,
                           .out = bench->activation(kRows, kWidth)};
    timeOperation(state, *bench, &Pass::rmsNorm, args);
}
BENCHMARK(benchRmsNorm)->Name("rms_norm")->UseRealTime();

/// Arguments: rows, features, depth, format.
void benchMatmul(benchmark::State& state) {
    const auto bench = openWorkbench();
    const auto size = [&](int i) { return static_cast<uint32_t>(state.range(static_cast<size_t>(i))); };
    const MatmulArgs args{.x = bench->activation(size(0), size(2)),
                          .weights = bench->weights(size(1), size(2), static_cast<WeightFormat>(size(3))),
                          .bias = {},
                          .out = bench->activation(size(0), size(1))};
    timeOperation(state, *bench, &Pass::matmul, args);
}

void addMatmulSizes(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"rows", "features", "depth", "format"});
    for (const WeightFormat format : {WeightFormat::F32, WeightFormat::F16, WeightFormat::BF16}) {
        const auto id = static_cast<int64_t>(format);
        benchmark->Args({kRows, kWidth, kWidth, id});
        benchmark->Args({kRows, kFeedForward, kWidth, id});
        benchmark->Args({kRows, kWidth, kFeedForward, id});
        benchmark->Args({kRows, kVocabulary, kWidth, id});
        benchmark->Args({1, kVocabulary, kWidth, id});
        benchmark->Args({256, 4096, 4096, id});
    }
    for (const WeightFormat format : kWeightFormats) {
        for (const uint32_t rows : {1U, kRows}) {
            benchmark->Args({rows, 4096, 4096, static_cast<int64_t>(format)});
        }
    }
}
BENCHMARK(benchMatmul)->Name("matmul")->UseRealTime()->Apply(addMatmulSizes);

void benchRope(benchmark::State& state) {
    const auto bench = openWorkbench();
    const RopeArgs args{.x = bench->activation(kRows, kWidth),
                        .table = bench->weights(kRows, kHeadDim, WeightFormat::F32),
                        .headDim = kHeadDim,
                        .pairing = static_cast<RopePairing>(state.range(0))};
    timeOperation(state, *bench, &Pass::rope, args);
}
BENCHMARK(benchRope)->Name("rope")->UseRealTime()->ArgName("interleaved")->Arg(0)->Arg(1);

void benchAttention(benchmark::State& state) {
    const auto bench = openWorkbench();
    const auto rows = static_cast<uint32_t>(state.range(0));
    const AttentionArgs args{.queries = bench->activation(rows, kWidth),
                             .keys = bench->activation(rows, kWidth),
                             .values = bench->activation(rows, kWidth),
                             .out = bench->activation(rows, kWidth),
                             .headDim = kHeadDim,
                             .scale = 0.125F};
    timeOperation(state, *bench, &Pass::attention, args);
}
BENCHMARK(benchAttention)->Name("attention")->UseRealTime()->ArgName("rows")->Arg(kRows)->Arg(1024);

void benchSiluGate(benchmark::State& state) {
    const auto bench = openWorkbench();
    const SiluGateArgs args{.gate = bench->activation(kRows, kFeedForward),
                            .up = bench->activation(kRows, kFeedForward),
                            .out = bench->activation(kRows, kFeedForward)};
    timeOperation(state, *bench, &Pass::siluGate, args);
}
BENCHMARK(benchSiluGate)->Name("silu_gate")->UseRealTime();

CandidatesArgs candidatesArgs(Workbench& bench, const Tensor& logits, float temperature) {
    constexpr uint32_t kCount = 8;
    return {.logits = logits,
            .forbidden = bench.forbidden(),
            .positions = bench.positions(),
            .count = kCount,
            .noise = {.temperature = temperature, .seed = 1, .step = 1},
            .out = &bench.readback(uint64_t{kRows} * candidateRowWords(kCount) * sizeof(uint32_t))};
}

/// Argument: temperature in tenths.
void benchCandidates(benchmark::State& state) {
    const auto bench = openWorkbench();
    const Tensor logits = bench->activation(kRows, kVocabulary);
    timeOperation(state, *bench, &Pass::candidates, candidatesArgs(*bench, logits, static_cast<float>(state.range(0)) / 10.0F));
}
BENCHMARK(benchCandidates)->Name("candidates")->UseRealTime()->ArgName("temperature_tenths")->Arg(0)->Arg(10);

/// The operations of a pre-norm transformer in the order and sizes of a real one.
class WholePass {
public:
    explicit WholePass(Workbench& bench)
        : bench_(bench),
          residual_(bench.activation(kRows, kWidth)),
          normed_(bench.activation(kRows, kWidth)),
          queries_(bench.activation(kRows, kWidth)),
          keys_(bench.activation(kRows, kWidth)),
          values_(bench.activation(kRows, kWidth)),
          gate_(bench.activation(kRows, kFeedForward)),
          up_(bench.activation(kRows, kFeedForward)),
          logits_(bench.activation(kRows, kVocabulary)),
          table_(bench.weights(kRows, kHeadDim, WeightFormat::F32)),
          embedding_(bench.weights(kVocabulary, kWidth, WeightFormat::F16)),
          norm_(bench.weights(1, kWidth, WeightFormat::F32)),
          candidates_(candidatesArgs(bench, logits_, 0.0F)) {
        for (uint32_t i = 0; i < kLayers; ++i) {
            layers_.push_back({.square = {square(), square(), square(), square()},
                               .gate = bench.weights(kFeedForward, kWidth, WeightFormat::F16),
                               .up = bench.weights(kFeedForward, kWidth, WeightFormat::F16),
                               .down = bench.weights(kWidth, kFeedForward, WeightFormat::F16)});
        }
    }

    void record(Pass& pass) const {
        pass.embed({.table = embedding_, .tokens = bench_.positions(), .out = residual_});
        for (const Layer& layer : layers_) {
            recordLayer(pass, layer);
        }
        recordNorm(pass);
        pass.matmul({.x = normed_, .weights = embedding_, .bias = {}, .out = logits_});
        pass.candidates(candidates_);
    }

private:
    struct Layer {
        std::array<Tensor, 4> square;  ///< query, key, value, output
        Tensor gate;
        Tensor up;
        Tensor down;
    };

    Tensor square() { return bench_.weights(kWidth, kWidth, WeightFormat::F16); }

    void recordNorm(Pass& pass) const { pass.rmsNorm({.x = residual_, .weight = norm_, .epsilon = kEpsilon, .out = normed_}); }

    void recordLayer(Pass& pass, const Layer& layer) const {
        recordNorm(pass);
        pass.matmul({.x = normed_, .weights = layer.square[0], .bias = {}, .out = queries_});
        pass.matmul({.x = normed_, .weights = layer.square[1], .bias = {}, .out = keys_});
        pass.matmul({.x = normed_, .weights = layer.square[2], .bias = {}, .out = values_});
        pass.rope({.x = queries_, .table = table_, .headDim = kHeadDim});
        pass.rope({.x = keys_, .table = table_, .headDim = kHeadDim});
        pass.attention({.queries = queries_, .keys = keys_, .values = values_, .out = normed_, .headDim = kHeadDim, .scale = 0.125F});
        pass.matmul({.x = normed_, .weights = layer.square[3], .bias = {}, .out = residual_, .result = MatmulResult::AddToOut});
        recordNorm(pass);
        pass.matmul({.x = normed_, .weights = layer.gate, .bias = {}, .out = gate_});
        pass.matmul({.x = normed_, .weights = layer.up, .bias = {}, .out = up_});
        pass.siluGate({.gate = gate_, .up = up_, .out = gate_});
        pass.matmul({.x = gate_, .weights = layer.down, .bias = {}, .out = residual_, .result = MatmulResult::AddToOut});
    }

    Workbench& bench_;
    Tensor residual_, normed_, queries_, keys_, values_, gate_, up_, logits_;
    Tensor table_, embedding_, norm_;
    CandidatesArgs candidates_;
    std::vector<Layer> layers_;
};

void printShares(const std::vector<OperationTiming>& timings) {
    std::map<std::string, double> milliseconds;
    for (const OperationTiming& timing : timings) {
        milliseconds[timing.operation] += timing.milliseconds;
    }
    for (const auto& [operation, total] : milliseconds) {
        std::cerr << "  " << operation << ' ' << total << " ms\n";
    }
}

void benchPass(benchmark::State& state) {
    const auto bench = openWorkbench();
    const WholePass whole(*bench);
    const auto record = [&](Pass& pass) { whole.record(pass); };
    bench->backend().setProfiling(true);
    bench->run(record);
    static_cast<void>(bench->backend().takeTimings());  // the first pass pays for what later ones find ready
    bench->run(record);
    const std::vector<OperationTiming> timings = bench->backend().takeTimings();
    bench->backend().setProfiling(false);
    const double flops =
        std::accumulate(timings.begin(), timings.end(), 0.0, [](double sum, const OperationTiming& t) { return sum + t.flops; });
    const DeviceLimits limits = valueOrExit(bench->backend().measureLimits());
    printShares(timings);

    for (auto _ : state) {
        bench->run(record);
    }

    state.counters["flops"] = benchmark::Counter(flops, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["of_limit"] = benchmark::Counter(flops / (limits.matmulGflops * 1e9), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(benchPass)->Name("pass")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace crystallite

BENCHMARK_MAIN();
