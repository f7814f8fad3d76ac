#include "app/cli/bench/bench_ops.h"

#include "engine/model/model_config.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <numeric>

namespace crystallite::cli {
namespace {

/// More than any cache holds: the largest are a few hundred megabytes, on server processors.
constexpr uint64_t kDistinctBytes = uint64_t{512} << 20U;
/// A head over many rows would need gigabytes for its logits; a step takes it in pieces, too.
constexpr uint64_t kMostOutputBytes = uint64_t{1} << 29U;
constexpr std::array<uint32_t, 4> kSkinnyRows = {1, 8, 32, 64};
constexpr uint32_t kBlockRows = 32;

/// A matrix of every layer that has it, as many as make kDistinctBytes.
struct Site {
    std::string name;  ///< "ffn_up"
    std::vector<const StoredTensor*> tensors;

    [[nodiscard]] uint32_t inputs() const { return static_cast<uint32_t>(tensors.front()->dimensions[0]); }
    [[nodiscard]] uint32_t outputs() const { return static_cast<uint32_t>(tensors.front()->dimensions[1]); }
};

/// "ffn_up" of "blk.3.ffn_up.weight", "output" of "output.weight".
std::string siteOf(const std::string& tensor) {
    const std::string stem = tensor.substr(0, tensor.rfind('.'));
    return stem.substr(stem.rfind('.') + 1);
}

/// In the order of a pass; a matrix that layers of a mix store in different formats is a site of each.
std::vector<Site> sitesOf(const ModelSource& source, const ModelConfig& config) {
    std::vector<Site> sites;
    for (const std::string name : {"attn_qkv", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down",
                                   "ffn_gate_shexp", "ffn_up_shexp", "ffn_down_shexp", "output"}) {
        const bool isTied = name == "output" && config.tiedHead;
        std::map<WeightFormat, Site> byFormat;
        for (const StoredTensor& tensor : source.tensors()) {
            const bool isOf = isTied ? tensor.name == "token_embd.weight" : siteOf(tensor.name) == name && tensor.name.ends_with(".weight");
            if (!isOf || tensor.dimensions.size() != 2) {
                continue;
            }
            Site& site = byFormat.try_emplace(tensor.format, Site{.name = name, .tensors = {}}).first->second;
            if (site.tensors.size() * storedBytes(tensor) < kDistinctBytes) {
                site.tensors.push_back(&tensor);
            }
        }
        for (auto& [format, site] : byFormat) {
            sites.push_back(std::move(site));
        }
    }
    return sites;
}

/// Runs operations on one device and times them by its profiler, so that what is between them does not count.
class OperationBench {
public:
    OperationBench(Backend& backend, uint32_t repeats, const DeviceLimits& limits, std::stop_token stop)
        : backend_(backend), repeats_(repeats), limits_(limits), stop_(std::move(stop)) {}

    /// An activation of numbers of the size that a norm leaves.
    Result<Tensor> activation(uint32_t rows, uint32_t columns) {
        const uint64_t bytes = uint64_t{rows} * columns * sizeof(float);
        auto filled = backend_.allocate(bytes, MemoryUse::Upload);
        auto buffer = backend_.allocate(bytes, MemoryUse::Activations);
        if (!filled || !buffer) {
            return filled ? buffer.error() : filled.error();
        }
        std::span<std::byte> host = (*filled)->hostBytes();
        for (uint64_t i = 0; i < uint64_t{rows} * columns; ++i) {
            const auto value = static_cast<float>(std::sin(static_cast<double>(i % 10007)) * std::sqrt(2.0));
            std::memcpy(host.data() + i * sizeof(value), &value, sizeof(value));
        }
        const Tensor from = denseTensor(**filled, rows, columns);
        const Tensor to = denseTensor(**buffer, rows, columns);
        const auto identity = indices(rows);
        if (!identity) {
            return identity.error();
        }
        // What the host writes may lie where the device reads slowly.
        const auto moved = backend_.run([&](Pass& pass) { pass.gatherRows({.x = from, .rows = *identity, .out = to}); }, stop_);
        buffers_.push_back(std::move(*buffer));
        return moved ? Result<Tensor>(to) : moved.error();
    }

    Result<Tensor> output(uint32_t rows, uint32_t columns) {
        auto buffer = backend_.allocate(uint64_t{rows} * columns * sizeof(float), MemoryUse::Activations);
        if (!buffer) {
            return buffer.error();
        }
        buffers_.push_back(std::move(*buffer));
        return denseTensor(*buffers_.back(), rows, columns);
    }

    /// Means of one call over the median of the repeated runs; one run warms up.
    Result<OperationSum> time(const std::function<void(Pass&)>& record) {
        std::vector<double> times;
        OperationSum sum;
        for (uint32_t i = 0; i <= repeats_; ++i) {
            backend_.setProfiling(true);
            const auto ran = backend_.run(record, stop_);
            backend_.setProfiling(false);
            const OperationSum all = total(sumsOf(backend_.takeTimings(), 1));
            if (!ran) {
                return ran.error();
            }
            const double calls = all.calls;
            sum = {.calls = 1, .milliseconds = 0.0, .flops = all.flops / calls, .bytes = all.bytes / calls};
            if (i > 0) {
                times.push_back(all.milliseconds / calls);
            }
        }
        sum.milliseconds = median(std::move(times));
        return sum;
    }

    Result<OperationMeasurement> measure(std::string name, uint32_t rows, std::string detail, const std::function<void(Pass&)>& record) {
        const auto sum = time(record);
        if (!sum) {
            return sum.error();
        }
        return OperationMeasurement{
            .name = std::move(name), .rows = rows, .detail = std::move(detail), .sum = *sum, .least = leastMilliseconds(*sum, limits_)};
    }

    /// What was allocated for a measurement goes with it.
    void release() { buffers_.clear(); }
    Backend& backend() { return backend_; }
    [[nodiscard]] const std::stop_token& stop() const { return stop_; }

private:
    Result<IndexView> indices(uint32_t count) {
        auto buffer = backend_.allocate(count * sizeof(uint32_t), MemoryUse::Upload);
        if (!buffer) {
            return buffer.error();
        }
        std::vector<uint32_t> counting(count);
        std::iota(counting.begin(), counting.end(), 0U);
        std::memcpy((*buffer)->hostBytes().data(), counting.data(), count * sizeof(uint32_t));
        buffers_.push_back(std::move(*buffer));
        return IndexView{.buffer = buffers_.back().get(), .count = count};
    }

    Backend& backend_;
    uint32_t repeats_;
    DeviceLimits limits_;
    std::stop_token stop_;
    std::vector<std::unique_ptr<Buffer>> buffers_;
};

Result<std::unique_ptr<WeightStore>> weightsOf(OperationBench& bench, const Site& site) {
    std::vector<WeightSource> sources;
    for (const StoredTensor* const tensor : site.tensors) {
        sources.push_back({.bytes = tensor->bytes, .format = tensor->format, .rows = site.outputs(), .columns = site.inputs()});
    }
    return bench.backend().loadWeights(sources, {}, bench.stop());
}

Result<void> measureProducts(OperationBench& bench, const Site& site, uint32_t slots, std::vector<OperationMeasurement>& into) {
    const auto weights = weightsOf(bench, site);
    if (!weights) {
        return weights.error();
    }
    std::vector<uint32_t> rows(kSkinnyRows.begin(), kSkinnyRows.end());
    rows.push_back(slots);
    const std::string detail = std::to_string(site.outputs()) + " x " + std::to_string(site.inputs()) + " " +
                               std::string(layoutOf(site.tensors.front()->format).name);
    for (const uint32_t count : rows) {
        const bool isLarge = uint64_t{count} * site.outputs() * sizeof(float) > kMostOutputBytes;
        const auto isThis = [&](const OperationMeasurement& done) {
            return done.name == site.name && done.detail == detail && done.rows == count;
        };
        if (isLarge || std::any_of(into.begin(), into.end(), isThis)) {
            continue;
        }
        const auto x = bench.activation(count, site.inputs());
        const auto out = bench.output(count, site.outputs());
        if (!x || !out) {
            return x ? out.error() : x.error();
        }
        auto measured = bench.measure(site.name, count, detail, [&](Pass& pass) {
            for (size_t i = 0; i < site.tensors.size(); ++i) {
                pass.matmul({.x = *x, .weights = (*weights)->at(i), .bias = {}, .out = *out});
            }
        });
        bench.release();
        if (!measured) {
            return measured.error();
        }
        into.push_back(std::move(*measured));
    }
    return {};
}

Result<void> measureAttention(OperationBench& bench, const ModelConfig& config, uint32_t slots, uint32_t queries,
                              std::vector<OperationMeasurement>& into) {
    const auto q = bench.activation(queries, config.heads * config.headDim);
    const auto keys = bench.activation(slots, config.kvHeads * config.headDim);
    const auto values = bench.activation(slots, config.kvHeads * config.headDim);
    const auto out = bench.output(queries, config.heads * config.headDim);
    for (const auto* const each : {&q, &keys, &values, &out}) {
        if (!*each) {
            return each->error();
        }
    }
    const AttentionArgs args{.queries = *q,
                             .keys = *keys,
                             .values = *values,
                             .out = *out,
                             .headDim = config.headDim,
                             .scale = 1.0F / std::sqrt(static_cast<float>(config.headDim)),
                             .firstQuery = (slots - queries) / 2};
    const std::string detail =
        std::to_string(slots) + " keys, " + std::to_string(config.heads) + " heads of " + std::to_string(config.headDim);
    auto measured = bench.measure("attention", queries, detail, [&](Pass& pass) { pass.attention(args); });
    bench.release();
    if (!measured) {
        return measured.error();
    }
    into.push_back(std::move(*measured));
    return {};
}

}  // namespace

Result<std::vector<OperationMeasurement>> measureOps(Backend& backend, const ModelSource& source, uint32_t slots, uint32_t repeats,
                                                     const DeviceLimits& limits, const std::stop_token& stop) {
    const auto config = readModelConfig(source);
    if (!config) {
        return config.error();
    }
    OperationBench bench(backend, repeats, limits, stop);
    std::vector<OperationMeasurement> measured;
    for (const Site& site : sitesOf(source, *config)) {
        if (const auto done = measureProducts(bench, site, slots, measured); !done) {
            return done.error();
        }
    }
    for (const uint32_t queries : {std::min(kBlockRows, slots), slots}) {
        const bool isDone = !measured.empty() && measured.back().name == "attention" && measured.back().rows == queries;
        if (const auto done = isDone ? Result<void>() : measureAttention(bench, *config, slots, queries, measured); !done) {
            return done.error();
        }
    }
    return measured;
}

nlohmann::json entryOf(const std::vector<OperationMeasurement>& operations) {
    nlohmann::json entries = nlohmann::json::array();
    for (const OperationMeasurement& operation : operations) {
        nlohmann::json entry = entryOf(operation.sum, operation.least);
        entry["operation"] = operation.name;
        entry["rows"] = operation.rows;
        entry["detail"] = operation.detail;
        entries.push_back(std::move(entry));
    }
    return entries;
}

void print(const std::vector<OperationMeasurement>& operations) {
    std::printf("\n%-16s %6s %-30s %10s %10s %9s %10s\n", "operation", "rows", "", "ms", "GFLOP/s", "GB/s", "of limit");
    for (const OperationMeasurement& operation : operations) {
        const double perMillisecond = 1e-6 / operation.sum.milliseconds;
        std::printf("%-16s %6u %-30s %10.4f %10.2f %9.2f %8.1f %%\n", operation.name.c_str(), operation.rows, operation.detail.c_str(),
                    operation.sum.milliseconds, operation.sum.flops * perMillisecond, operation.sum.bytes * perMillisecond,
                    100.0 * operation.least / operation.sum.milliseconds);
    }
}

}  // namespace crystallite::cli
