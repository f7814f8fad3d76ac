#include "app/cli/commands.h"
#include "app/cli/common.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace crystallite::cli {
namespace {

struct BenchArguments {
    ModelChoice choice;
    std::optional<uint32_t> length;
    uint32_t repeats = 10;
    bool asJson = false;
};

/// Sums over one step.
struct OperationSum {
    uint32_t calls = 0;
    double milliseconds = 0.0;
    double flops = 0.0;
    double bytes = 0.0;
};

struct Rates {
    double gflops = 0.0;
    double gigabytes = 0.0;
    double shareOfLimit = 0.0;  // of the limit that binds: the larger of the two shares
};

struct Measurement {
    DeviceLimits limits;
    std::map<std::string, OperationSum> operations;  // of one step
    OperationSum step;                               // unprofiled wall time, flops and bytes of the operations
};

Rates ratesOf(const OperationSum& sum, const DeviceLimits& limits) {
    const double seconds = sum.milliseconds / 1e3;
    const Rates rates = {.gflops = sum.flops / seconds / 1e9, .gigabytes = sum.bytes / seconds / 1e9};
    return {.gflops = rates.gflops,
            .gigabytes = rates.gigabytes,
            .shareOfLimit = std::max(rates.gflops / limits.matmulGflops, rates.gigabytes / limits.copyGigabytesPerSecond)};
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// A whole canvas of masks: every row computed, every row through the head.
class FullPass {
public:
    FullPass(Model& model, uint32_t length) : model_(model), tokens_(length, model.config().maskId), rows_(length) {
        std::iota(rows_.begin(), rows_.end(), 0U);
    }

    Result<double> milliseconds(const std::stop_token& stop) {
        const auto begin = std::chrono::steady_clock::now();
        const auto beliefs = model_.forward({.tokens = tokens_, .openSlots = rows_}, stop);
        if (!beliefs) {
            return beliefs.error();
        }
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    }

private:
    Model& model_;
    std::vector<TokenId> tokens_;
    std::vector<uint32_t> rows_;
};

Result<std::vector<double>> repeat(FullPass& pass, uint32_t repeats, const std::stop_token& stop) {
    std::vector<double> times;
    for (uint32_t i = 0; i < repeats; ++i) {
        const auto time = pass.milliseconds(stop);
        if (!time) {
            return time.error();
        }
        times.push_back(*time);
    }
    return times;
}

uint32_t lengthOf(const LoadedModel& loaded, const BenchArguments& arguments) {
    constexpr uint32_t kUsualLength = 128;
    return arguments.length.value_or(std::min(kUsualLength, loaded.model->config().contextLength));
}

Result<Measurement> measure(LoadedModel& loaded, const BenchArguments& arguments, const std::stop_token& stop) {
    Backend& backend = *loaded.backend;
    FullPass pass(*loaded.model, lengthOf(loaded, arguments));
    const auto warmUp = repeat(pass, 2, stop);
    if (!warmUp) {
        return warmUp.error();
    }
    const auto times = repeat(pass, arguments.repeats, stop);
    const auto limits = backend.measureLimits();
    if (!times || !limits) {
        return times ? limits.error() : times.error();
    }
    backend.setProfiling(true);
    const auto profiled = repeat(pass, arguments.repeats, stop);
    backend.setProfiling(false);
    if (!profiled) {
        return profiled.error();
    }

    Measurement result = {.limits = *limits, .operations = {}, .step = {.calls = 1, .milliseconds = median(*times)}};
    for (const OperationTiming& timing : backend.takeTimings()) {
        OperationSum& sum = result.operations[timing.operation];
        ++sum.calls;
        sum.milliseconds += timing.milliseconds;
        sum.flops += timing.flops;
        sum.bytes += timing.bytes;
    }
    for (auto& [name, sum] : result.operations) {
        sum.calls /= arguments.repeats;
        sum.milliseconds /= arguments.repeats;
        sum.flops /= arguments.repeats;
        sum.bytes /= arguments.repeats;
        result.step.flops += sum.flops;
        result.step.bytes += sum.bytes;
    }
    return result;
}

void printRow(const std::string& name, const OperationSum& sum, const Measurement& measurement) {
    const Rates rates = ratesOf(sum, measurement.limits);
    std::printf("%-14s %6u %10.3f %8.1f %10.2f %9.2f %8.1f %%\n", name.c_str(), sum.calls, sum.milliseconds,
                100.0 * sum.milliseconds / measurement.step.milliseconds, rates.gflops, rates.gigabytes, 100.0 * rates.shareOfLimit);
}

void printTable(const LoadedModel& loaded, const BenchArguments& arguments, const Measurement& measurement) {
    std::printf("%s on %s (%s), %u slots, all open, median of %u\n", loaded.model->config().name.c_str(),
                loaded.backend->device().name.c_str(), loaded.backend->device().driver.c_str(), lengthOf(loaded, arguments),
                arguments.repeats);
    std::printf("limits measured in this run: matmul %.1f GFLOP/s, copy %.1f GB/s\n\n", measurement.limits.matmulGflops,
                measurement.limits.copyGigabytesPerSecond);
    std::printf("%-14s %6s %10s %8s %10s %9s %10s\n", "operation", "calls", "ms", "% step", "GFLOP/s", "GB/s", "of limit");
    for (const auto& [name, sum] : measurement.operations) {
        printRow(name, sum, measurement);
    }
    printRow("step", measurement.step, measurement);
}

void printJson(const LoadedModel& loaded, const BenchArguments& arguments, const Measurement& measurement) {
    const auto entry = [&](const OperationSum& sum) {
        const Rates rates = ratesOf(sum, measurement.limits);
        return nlohmann::json{{"calls", sum.calls},
                              {"ms", sum.milliseconds},
                              {"gflops", rates.gflops},
                              {"gb_per_s", rates.gigabytes},
                              {"share_of_limit", rates.shareOfLimit}};
    };
    nlohmann::json operations;
    for (const auto& [name, sum] : measurement.operations) {
        operations[name] = entry(sum);
    }
    const nlohmann::json document = {
        {"model", loaded.model->config().name},
        {"device", loaded.backend->device().name},
        {"driver", loaded.backend->device().driver},
        {"slots", lengthOf(loaded, arguments)},
        {"repeats", arguments.repeats},
        {"limits", {{"matmul_gflops", measurement.limits.matmulGflops}, {"copy_gb_per_s", measurement.limits.copyGigabytesPerSecond}}},
        {"operations", operations},
        {"step", entry(measurement.step)}};
    std::printf("%s\n", document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

int bench(const BenchArguments& arguments, const std::stop_token& stop) {
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    const auto measurement = measure(*loaded, arguments, stop);
    if (!measurement) {
        return report(measurement.error());
    }
    (arguments.asJson ? printJson : printTable)(*loaded, arguments, *measurement);
    return kSuccess;
}

}  // namespace

Command addBenchCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("bench", "Time a full-canvas pass, per operation, against the device's own measured limits");
    auto arguments = std::make_shared<BenchArguments>();
    addModelOptions(*command, arguments->choice);
    command->add_option("--length", arguments->length, "Slots of the canvas; default: 128, or what the model has")
        ->check(CLI::Range(1U, 1U << 20U));
    command->add_option("--repeats", arguments->repeats, "Timed passes")->check(CLI::Range(1U, 10000U))->capture_default_str();
    command->add_flag("--json", arguments->asJson, "Print JSON instead of a table");
    return {command, [arguments](const InterruptWatcher& interrupt) { return bench(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
