#pragma once

#include "engine/backend/backend.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace crystallite::cli {

/// What was done and how long it took.
struct OperationSum {
    uint32_t calls = 0;
    double milliseconds = 0.0;
    double flops = 0.0;
    double bytes = 0.0;  ///< every operand once
};

/// A device that computes, and what it reached in this process on work that can hardly go faster.
struct MeasuredDevice {
    DeviceInfo device;
    DeviceLimits limits;
};

/// Measures each of them: the better of two looks, because what another program takes away of a limit is added to every share of it. Takes
/// some seconds.
Result<std::vector<MeasuredDevice>> measureDevices(const std::vector<Backend*>& backends);

/// The time that the limit which binds makes necessary.
double leastMilliseconds(const OperationSum& sum, const DeviceLimits& limits);

/// By the names of the operations: means over `repeats` equal runs.
std::map<std::string, OperationSum> sumsOf(const std::vector<OperationTiming>& timings, uint32_t repeats);
OperationSum total(const std::map<std::string, OperationSum>& operations);

double median(std::vector<double> values);

/// {"calls", "ms", "flops", "bytes", "gflops", "gb_per_s", "least_ms", "share_of_limit"}: the share is that of the limit that binds, or
/// least_ms / ms.
nlohmann::json entryOf(const OperationSum& sum, double leastMilliseconds);
nlohmann::json entryOf(const MeasuredDevice& device);

/// "on llvmpipe (…), limits measured in this run: matmul 21.0 GFLOP/s, copy 9.5 GB/s"
void printDevice(const MeasuredDevice& device);
void printHeader(const char* what);
/// `whole`: the milliseconds that the second column is a share of.
void printRow(const std::string& name, const OperationSum& sum, double leastMilliseconds, double whole);

}  // namespace crystallite::cli
