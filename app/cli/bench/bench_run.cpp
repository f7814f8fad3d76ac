#include "app/cli/bench/bench_run.h"

#include "engine/diffusion/session.h"
#include "engine/trace/run_cost.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>

namespace crystallite::cli {
namespace {

constexpr uint32_t kPromptTokens = 32;
constexpr uint32_t kBlock = 32;

DecodeRequest requestOf(const RunCase& run, const ModelConfig& config) {
    DecodeRequest request;
    request.length = run.slots - kPromptTokens;
    request.steps = run.steps;
    request.cache = run.cache;
    // An answer of random tokens would end anywhere.
    request.stopsAtEnd = false;
    if (config.visibility == Visibility::Full && run.cache != CacheKind::None) {
        request.blockLength = kBlock;
    }
    return request;
}

/// One run from its first step to its last; its milliseconds and its trace's cost.
struct Ran {
    double milliseconds = 0.0;
    uint32_t steps = 0;
    RunCost cost;
};

Result<Ran> runOnce(Model& model, const RunCase& run, const std::stop_token& stop) {
    std::vector<TokenId> prompt;
    for (TokenId id = 1; prompt.size() < kPromptTokens; ++id) {
        if (id != model.config().maskId) {
            prompt.push_back(id);
        }
    }
    auto session = Session::start(model, prompt, requestOf(run, model.config()));
    if (!session) {
        return session.error();
    }
    const auto begin = std::chrono::steady_clock::now();
    while (!(*session)->finished()) {
        if (const auto stepped = (*session)->step(stop); !stepped) {
            return stepped.error();
        }
    }
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    const Trace& trace = (*session)->trace();
    return Ran{.milliseconds = time.count(), .steps = trace.steps(), .cost = costOf(trace)};
}

}  // namespace

Result<RunMeasurement> measureRun(Model& model, const RunCase& run, uint32_t repeats, const std::vector<MeasuredDevice>& devices,
                                  const std::stop_token& stop) {
    if (run.slots <= kPromptTokens) {
        return Error{ErrorKind::InvalidArgument, "--slots is " + std::to_string(run.slots) + "; a run needs more than its prompt of " +
                                                     std::to_string(kPromptTokens) + " tokens"};
    }
    RunMeasurement result{.run = run, .tokens = run.slots - kPromptTokens};
    const std::vector<Backend*> backends = model.backends();
    for (Backend* const backend : backends) {
        backend->setProfiling(true);
    }
    const auto counted = runOnce(model, run, stop);
    for (size_t i = 0; i < backends.size(); ++i) {
        backends[i]->setProfiling(false);
        const OperationSum all = total(sumsOf(backends[i]->takeTimings(), 1));
        result.sum.flops += all.flops;
        result.sum.bytes += all.bytes;
        result.least += leastMilliseconds(all, devices[i].limits);
    }
    if (!counted) {
        return counted.error();
    }
    std::vector<double> times;
    for (uint32_t i = 0; i < repeats; ++i) {
        const auto ran = runOnce(model, run, stop);
        if (!ran) {
            return ran.error();
        }
        times.push_back(ran->milliseconds);
    }
    result.steps = counted->steps;
    result.rows = counted->cost.rows;
    result.sum.calls = 1;
    result.sum.milliseconds = *std::min_element(times.begin(), times.end());
    return result;
}

nlohmann::json entryOf(const RunMeasurement& measurement) {
    nlohmann::json entry = entryOf(measurement.sum, measurement.least);
    entry["slots"] = measurement.run.slots;
    entry["cache"] = nameOf(measurement.run.cache);
    entry["steps"] = measurement.steps;
    entry["rows"] = measurement.rows;
    entry["answer_tokens"] = measurement.tokens;
    entry["ms_per_step"] = measurement.sum.milliseconds / measurement.steps;
    entry["tokens_per_s"] = 1e3 * measurement.tokens / measurement.sum.milliseconds;
    return entry;
}

void print(const RunMeasurement& measurement) {
    printHeader("");
    printRow("run", measurement.sum, measurement.least, measurement.sum.milliseconds);
    std::printf("%u steps over %u slots, cache %s, %llu rows: %.2f ms a step, %.1f tokens a second\n", measurement.steps,
                measurement.run.slots, std::string(nameOf(measurement.run.cache)).c_str(),
                static_cast<unsigned long long>(measurement.rows), measurement.sum.milliseconds / measurement.steps,
                1e3 * measurement.tokens / measurement.sum.milliseconds);
}

}  // namespace crystallite::cli
