#include "app/cli/bench/bench_sums.h"

#include <algorithm>
#include <cstdio>

namespace crystallite::cli {

Result<std::vector<MeasuredDevice>> measureDevices(const std::vector<Backend*>& backends) {
    std::vector<MeasuredDevice> devices;
    for (Backend* const backend : backends) {
        MeasuredDevice device{.device = backend->device(), .limits = {}};
        constexpr int kLooks = 2;
        for (int i = 0; i < kLooks; ++i) {
            const auto limits = backend->measureLimits();
            if (!limits) {
                return limits.error();
            }
            device.limits.matmulGflops = std::max(device.limits.matmulGflops, limits->matmulGflops);
            device.limits.copyGigabytesPerSecond = std::max(device.limits.copyGigabytesPerSecond, limits->copyGigabytesPerSecond);
        }
        devices.push_back(std::move(device));
    }
    return devices;
}

double leastMilliseconds(const OperationSum& sum, const DeviceLimits& limits) {
    return 1e3 * std::max(sum.flops / 1e9 / limits.matmulGflops, sum.bytes / 1e9 / limits.copyGigabytesPerSecond);
}

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

OperationSum total(const std::map<std::string, OperationSum>& operations) {
    OperationSum all;
    for (const auto& [name, sum] : operations) {
        all.calls += sum.calls;
        all.milliseconds += sum.milliseconds;
        all.flops += sum.flops;
        all.bytes += sum.bytes;
    }
    return all;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

nlohmann::json entryOf(const OperationSum& sum, double least) {
    const double perMillisecond = 1e-6 / sum.milliseconds;
    return {{"calls", sum.calls},
            {"ms", sum.milliseconds},
            {"flops", sum.flops},
            {"bytes", sum.bytes},
            {"gflops", sum.flops * perMillisecond},
            {"gb_per_s", sum.bytes * perMillisecond},
            {"least_ms", least},
            {"share_of_limit", least / sum.milliseconds}};
}

nlohmann::json entryOf(const MeasuredDevice& device) {
    return {{"device", device.device.name},
            {"driver", device.device.driver},
            {"limits", {{"matmul_gflops", device.limits.matmulGflops}, {"copy_gb_per_s", device.limits.copyGigabytesPerSecond}}}};
}

void printDevice(const MeasuredDevice& device) {
    std::printf("on %s (%s), limits measured in this run: matmul %.1f GFLOP/s, copy %.1f GB/s\n", device.device.name.c_str(),
                device.device.driver.c_str(), device.limits.matmulGflops, device.limits.copyGigabytesPerSecond);
}

void printHeader(const char* what) {
    std::printf("\n%-26s %6s %10s %8s %10s %9s %10s\n", what, "calls", "ms", "% whole", "GFLOP/s", "GB/s", "of limit");
}

void printRow(const std::string& name, const OperationSum& sum, double least, double whole) {
    const double perMillisecond = 1e-6 / sum.milliseconds;
    std::printf("%-26s %6u %10.3f %8.1f %10.2f %9.2f %8.1f %%\n", name.c_str(), sum.calls, sum.milliseconds,
                100.0 * sum.milliseconds / whole, sum.flops * perMillisecond, sum.bytes * perMillisecond, 100.0 * least / sum.milliseconds);
}

}  // namespace crystallite::cli
