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
    double shareOfLimit = 0.0;  // of the time that it took, what the limit that binds makes necessary
};

/// What one device does in a step.
struct DeviceMeasurement {
    DeviceInfo device;
    DeviceLimits limits;
    std::map<std::string, OperationSum> operations;
};

struct Measurement {
    std::vector<DeviceMeasurement> devices;  // in the order of a pass
    OperationSum step;                       // unprofiled wall time, flops and bytes of the operations
    double leastMilliseconds = 0.0;          // of a step at the devices' limits
};

double leastMilliseconds(const OperationSum& sum, const DeviceLimits& limits) {
    return 1e3 * std::max(sum.flops / 1e9 / limits.matmulGflops, sum.bytes / 1e9 / limits.copyGigabytesPerSecond);
}

Rates ratesOf(const OperationSum& sum, double least) {
    const double seconds = sum.milliseconds / 1e3;
    return {.gflops = sum.flops / seconds / 1e9, .gigabytes = sum.bytes / seconds / 1e9, .shareOfLimit = least / sum.milliseconds};
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

Result<std::vector<DeviceMeasurement>> measureLimits(const Model& model) {
    std::vector<DeviceMeasurement> devices;
    for (Backend* const backend : model.backends()) {
        const auto limits = backend->measureLimits();
        if (!limits) {
            return limits.error();
        }
        devices.push_back({.device = backend->device(), .limits = *limits, .operations = {}});
    }
    return devices;
}

/// Means over `repeats` steps.
std::map<std::string, OperationSum> sumsOf(const std::vector<OperationTiming>& timings, uint32_t repeats) {
    std::map<std::string, OperationSum> operations;
    for (const OperationTiming& timing : timings) {
        OperationSum& sum = operations[timing.operation];
        ++sum.calls;
        sum.milliseconds += timing.milliseconds;
        sum.flops += timing.flops;
        sum.bytes += timing.bytes;
    }
    for (auto& [name, sum] : operations) {
        sum.calls /= repeats;
        sum.milliseconds /= repeats;
        sum.flops /= repeats;
        sum.bytes /= repeats;
    }
    return operations;
}

Result<Measurement> measure(LoadedModel& loaded, const BenchArguments& arguments, const std::stop_token& stop) {
    const std::vector<Backend*> backends = loaded.model->backends();
    FullPass pass(*loaded.model, lengthOf(loaded, arguments));
    const auto warmUp = repeat(pass, 2, stop);
    if (!warmUp) {
        return warmUp.error();
    }
    const auto times = repeat(pass, arguments.repeats, stop);
    auto devices = measureLimits(*loaded.model);
    if (!times || !devices) {
        return times ? devices.error() : times.error();
    }
    for (Backend* const backend : backends) {
        backend->setProfiling(true);
    }
    const auto profiled = repeat(pass, arguments.repeats, stop);
    for (Backend* const backend : backends) {
        backend->setProfiling(false);
    }
    if (!profiled) {
        return profiled.error();
    }

    Measurement result = {.devices = std::move(*devices), .step = {.calls = 1, .milliseconds = median(*times)}};
    for (size_t i = 0; i < backends.size(); ++i) {
        DeviceMeasurement& measured = result.devices[i];
        measured.operations = sumsOf(backends[i]->takeTimings(), arguments.repeats);
        OperationSum all;
        for (const auto& [name, sum] : measured.operations) {
            all.flops += sum.flops;
            all.bytes += sum.bytes;
        }
        result.step.flops += all.flops;
        result.step.bytes += all.bytes;
        result.leastMilliseconds += leastMilliseconds(all, measured.limits);
    }
    return result;
}

void printRow(const std::string& name, const OperationSum& sum, double least, double stepMilliseconds) {
    const Rates rates = ratesOf(sum, least);
    std::printf("%-14s %6u %10.3f %8.1f %10.2f %9.2f %8.1f %%\n", name.c_str(), sum.calls, sum.milliseconds,
                100.0 * sum.milliseconds / stepMilliseconds, rates.gflops, rates.gigabytes, 100.0 * rates.shareOfLimit);
}

void printTable(const LoadedModel& loaded, const BenchArguments& arguments, const Measurement& measurement) {
    std::printf("%s, %u slots, all open, median of %u\n", loaded.model->config().name.c_str(), lengthOf(loaded, arguments),
                arguments.repeats);
    for (const DeviceMeasurement& measured : measurement.devices) {
        std::printf("on %s (%s), limits measured in this run: matmul %.1f GFLOP/s, copy %.1f GB/s\n\n", measured.device.name.c_str(),
                    measured.device.driver.c_str(), measured.limits.matmulGflops, measured.limits.copyGigabytesPerSecond);
        std::printf("%-14s %6s %10s %8s %10s %9s %10s\n", "operation", "calls", "ms", "% step", "GFLOP/s", "GB/s", "of limit");
        for (const auto& [name, sum] : measured.operations) {
            printRow(name, sum, leastMilliseconds(sum, measured.limits), measurement.step.milliseconds);
        }
    }
    printRow("step", measurement.step, measurement.leastMilliseconds, measurement.step.milliseconds);
}

nlohmann::json entryOf(const OperationSum& sum, double least) {
    const Rates rates = ratesOf(sum, least);
    return {{"calls", sum.calls},
            {"ms", sum.milliseconds},
            {"gflops", rates.gflops},
            {"gb_per_s", rates.gigabytes},
            {"share_of_limit", rates.shareOfLimit}};
}

void printJson(const LoadedModel& loaded, const BenchArguments& arguments, const Measurement& measurement) {
    nlohmann::json devices = nlohmann::json::array();
    for (const DeviceMeasurement& measured : measurement.devices) {
        nlohmann::json operations;
        for (const auto& [name, sum] : measured.operations) {
            operations[name] = entryOf(sum, leastMilliseconds(sum, measured.limits));
        }
        devices.push_back(
            {{"device", measured.device.name},
             {"driver", measured.device.driver},
             {"limits", {{"matmul_gflops", measured.limits.matmulGflops}, {"copy_gb_per_s", measured.limits.copyGigabytesPerSecond}}},
             {"operations", operations}});
    }
    const nlohmann::json document = {{"model", loaded.model->config().name},
                                     {"devices", devices},
                                     {"slots", lengthOf(loaded, arguments)},
                                     {"repeats", arguments.repeats},
                                     {"step", entryOf(measurement.step, measurement.leastMilliseconds)}};
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
