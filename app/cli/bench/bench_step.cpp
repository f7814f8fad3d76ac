#include "app/cli/bench/bench_step.h"

#include "app/cli/common.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>

namespace crystallite::cli {
namespace {

constexpr uint32_t kUsualBlock = 32;
/// Names the passes of a bench in the model's store.
constexpr uint64_t kOwner = 1;

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

/// The last block of a model that denoises block by block; its rows see all before them.
Result<StepRows> lastBlock(const StepCase& step, const ModelConfig& config) {
    if (config.visibility != Visibility::BlockCausal) {
        return invalid("--cache exact is for models that denoise block by block, and " + config.family +
                       " does not; choose none, prefix or dual");
    }
    StepRows rows{.begin = (step.slots - 1) / config.blockLength * config.blockLength, .end = step.slots};
    rows.open = step.open.value_or(rows.rows());
    if (rows.open > rows.rows()) {
        return invalid("--open is " + std::to_string(rows.open) + ", but the last block of " + std::to_string(step.slots) + " slots has " +
                       std::to_string(rows.rows()));
    }
    rows.firstOpen = rows.end - rows.open;
    return rows;
}

/// One step of a case, again and again.
class TimedStep {
public:
    TimedStep(Model& model, const StepCase& step, const StepRows& rows)
        : model_(model), isCached_(step.cache != CacheKind::None), rows_(rows), tokens_(step.slots), open_(rows.open) {
        const ModelConfig& config = model.config();
        std::iota(open_.begin(), open_.end(), rows.firstOpen);
        for (uint32_t slot = 0; slot < step.slots; ++slot) {
            // Any text will do.
            constexpr uint32_t kWords = 97;
            const TokenId word = slot % std::min(kWords, config.vocabulary);
            const bool isOpen = slot >= rows.firstOpen && slot < rows.firstOpen + rows.open;
            tokens_[slot] = isOpen ? config.maskId : word;
        }
    }

    /// Leaves the keys and values of the whole text in the store.
    Result<void> fillCache(const std::stop_token& stop) {
        if (!isCached_) {
            return {};
        }
        ForwardRequest request{.tokens = tokens_, .openSlots = open_};
        request.cached = CachedRows{.begin = 0, .end = static_cast<uint32_t>(tokens_.size()), .owner = kOwner};
        const auto filled = model_.forward(request, stop);
        return filled ? Result<void>() : filled.error();
    }

    Result<double> milliseconds(const std::stop_token& stop) {
        ForwardRequest request{.tokens = tokens_, .openSlots = open_};
        if (isCached_) {
            request.cached = CachedRows{.begin = rows_.begin, .end = rows_.end, .owner = kOwner};
        }
        const auto begin = std::chrono::steady_clock::now();
        const auto beliefs = model_.forward(request, stop);
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
        return beliefs ? Result<double>(time.count()) : beliefs.error();
    }

private:
    Model& model_;
    bool isCached_;
    StepRows rows_;
    std::vector<TokenId> tokens_;
    std::vector<uint32_t> open_;
};

Result<std::vector<double>> repeat(TimedStep& step, uint32_t repeats, const std::stop_token& stop) {
    std::vector<double> times;
    for (uint32_t i = 0; i < repeats; ++i) {
        const auto time = step.milliseconds(stop);
        if (!time) {
            return time.error();
        }
        times.push_back(*time);
    }
    return times;
}

Result<void> profile(Model& model, TimedStep& timed, uint32_t repeats, const std::stop_token& stop, StepMeasurement& result) {
    const std::vector<Backend*> backends = model.backends();
    for (Backend* const backend : backends) {
        backend->setProfiling(true);
    }
    const auto profiled = repeat(timed, repeats, stop);
    for (Backend* const backend : backends) {
        backend->setProfiling(false);
        result.byDevice.push_back(sumsOf(backend->takeTimings(), repeats));
    }
    return profiled ? Result<void>() : profiled.error();
}

nlohmann::json memoryOf(const LoadPlan& plan) {
    nlohmann::json devices = nlohmann::json::array();
    for (const DeviceShare& share : plan.shares) {
        devices.push_back({{"device", share.device},
                           {"weights_bytes", share.need.weightBytes},
                           {"activations_bytes", share.need.activationBytes},
                           {"store_bytes", share.need.storeBytes},
                           {"offered_bytes", share.offeredBytes}});
    }
    return devices;
}

}  // namespace

Result<StepRows> rowsOf(const StepCase& step, const ModelConfig& config) {
    if (step.cache == CacheKind::Exact) {
        return lastBlock(step, config);
    }
    const bool isCached = step.cache != CacheKind::None;
    if (step.cache == CacheKind::SubBlock) {
        return invalid(
            "a step with --cache sub-block depends on the steps before it; measure a 'bench run' with it, or choose none or exact");
    }
    if (isCached && config.visibility != Visibility::Full) {
        return invalid("--cache " + std::string(nameOf(step.cache)) + " is for models that denoise a whole canvas, and " + config.family +
                       " does not; choose none or exact");
    }
    const uint32_t open = step.open.value_or(isCached ? std::min(kUsualBlock, step.slots) : step.slots);
    if (open > step.slots) {
        return invalid("--open is " + std::to_string(open) + ", but the canvas has " + std::to_string(step.slots) + " slots");
    }
    StepRows rows{.firstOpen = (step.slots - open) / 2, .open = open, .begin = 0, .end = step.slots};
    if (isCached) {
        // With a shift the row before the block predicts its first slot, as in diffusion/pass_plan.h.
        rows.begin = rows.firstOpen - (config.shiftLogits && rows.firstOpen > 0 ? 1 : 0);
        rows.end = step.cache == CacheKind::Dual ? rows.firstOpen + open : step.slots;
    }
    return rows;
}

Result<StepMeasurement> measureStep(Model& model, const StepCase& step, uint32_t repeats, const std::vector<MeasuredDevice>& devices,
                                    const std::stop_token& stop) {
    const auto rows = rowsOf(step, model.config());
    if (!rows) {
        return rows.error();
    }
    TimedStep timed(model, step, *rows);
    if (const auto filled = timed.fillCache(stop); !filled) {
        return filled.error();
    }
    constexpr uint32_t kWarmUps = 2;
    if (const auto warm = repeat(timed, kWarmUps, stop); !warm) {
        return warm.error();
    }
    const auto times = repeat(timed, repeats, stop);
    if (!times) {
        return times.error();
    }
    StepMeasurement result{.step = step, .rows = *rows, .plan = model.planFor(step.slots)};
    result.best = *std::min_element(times->begin(), times->end());
    if (const auto profiled = profile(model, timed, repeats, stop, result); !profiled) {
        return profiled.error();
    }
    for (size_t i = 0; i < devices.size(); ++i) {
        const OperationSum all = total(result.byDevice[i]);
        result.sum.flops += all.flops;
        result.sum.bytes += all.bytes;
        result.leastByDevice.push_back(leastMilliseconds(all, devices[i].limits));
        result.least += result.leastByDevice.back();
    }
    result.sum.calls = 1;
    result.sum.milliseconds = median(*times);
    return result;
}

nlohmann::json entryOf(const StepMeasurement& measurement) {
    nlohmann::json entry = entryOf(measurement.sum, measurement.least);
    entry["best_ms"] = measurement.best;
    entry["slots"] = measurement.step.slots;
    entry["open"] = measurement.rows.open;
    entry["rows"] = measurement.rows.rows();
    entry["cache"] = nameOf(measurement.step.cache);
    entry["memory"] = memoryOf(measurement.plan);
    return entry;
}

nlohmann::json operationsOf(const StepMeasurement& measurement, const std::vector<MeasuredDevice>& devices) {
    nlohmann::json byDevice = nlohmann::json::array();
    for (size_t i = 0; i < devices.size(); ++i) {
        nlohmann::json operations;
        for (const auto& [name, sum] : measurement.byDevice[i]) {
            operations[name] = entryOf(sum, leastMilliseconds(sum, devices[i].limits));
        }
        byDevice.push_back(std::move(operations));
    }
    return byDevice;
}

std::string textOf(const StepMeasurement& measurement) {
    const StepRows& rows = measurement.rows;
    std::string text = std::to_string(measurement.step.slots) + " slots, " + std::to_string(rows.open) + " open";
    if (measurement.step.cache != CacheKind::None) {
        text += ", " + std::string(nameOf(measurement.step.cache)) + " cache (" + std::to_string(rows.rows()) + " rows)";
    }
    return text;
}

void print(const StepMeasurement& measurement, const std::vector<MeasuredDevice>& devices) {
    const double whole = measurement.sum.milliseconds;
    for (size_t i = 0; i < devices.size(); ++i) {
        printDevice(devices[i]);
        printHeader("operation");
        for (const auto& [name, sum] : measurement.byDevice[i]) {
            printRow(name, sum, leastMilliseconds(sum, devices[i].limits), whole);
        }
    }
    printRow("step", measurement.sum, measurement.least, whole);
    for (const DeviceShare& share : measurement.plan.shares) {
        std::printf("memory on %s: %s of weights, %s to work on the canvas, %s of kept keys and values\n", share.device.c_str(),
                    formatBytes(share.need.weightBytes).c_str(), formatBytes(share.need.activationBytes).c_str(),
                    formatBytes(share.need.storeBytes).c_str());
    }
}

}  // namespace crystallite::cli
