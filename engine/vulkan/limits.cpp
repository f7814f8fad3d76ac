#include "engine/vulkan/limits.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace crystallite {
namespace {

constexpr uint32_t kRepeats = 4;  // the first one warms up: pipelines are made at first use

/// Shortest time in seconds of a run of `record`.
Result<double> shortestRun(Backend& backend, const std::function<void(Pass&)>& record) {
    double shortest = 1e30;
    for (uint32_t i = 0; i < kRepeats; ++i) {
        const auto start = std::chrono::steady_clock::now();
        if (const Result<void> run = backend.run(record, {}); !run) {
            return run.error();
        }
        shortest = std::min(shortest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return shortest;
}

/// Edge of the square product: about 0.3 s on software Vulkan; on a GPU long enough that submitting does not count.
uint32_t productEdge(const Backend& backend) {
    return backend.device().kind == DeviceKind::SoftwareVulkan ? 768 : 4096;
}

Result<double> measureMatmul(Backend& backend) {
    const uint32_t edge = productEdge(backend);
    const std::vector<float> ones(size_t{edge} * edge, 1.0F);
    const WeightSource source{.bytes = std::as_bytes(std::span(ones)), .rows = edge, .columns = edge};
    const Result<std::unique_ptr<WeightStore>> weights = backend.loadWeights({&source, 1}, {}, {});
    if (!weights) {
        return weights.error();
    }
    const uint64_t bytes = ones.size() * sizeof(float);
    const Result<std::unique_ptr<Buffer>> activations = backend.allocate(2 * bytes, MemoryUse::Activations);
    if (!activations) {
        return activations.error();
    }
    const MatmulArgs args{.x = denseTensor(**activations, edge, edge),
                          .weights = (*weights)->at(0),
                          .bias = {},
                          .out = denseTensor(**activations, edge, edge, bytes)};
    const Result<double> seconds = shortestRun(backend, [&](Pass& pass) { pass.matmul(args); });
    if (!seconds) {
        return seconds.error();
    }
    return 2.0 * edge * edge * edge / *seconds * 1e-9;
}

Result<double> measureCopy(Backend& backend) {
    constexpr uint32_t kRows = 1024;
    constexpr uint32_t kColumns = 16 * 1024;
    constexpr uint64_t kBytes = uint64_t{kRows} * kColumns * sizeof(float);
    const Result<std::unique_ptr<Buffer>> from = backend.allocate(kBytes, MemoryUse::Activations);
    if (!from) {
        return from.error();
    }
    const Result<std::unique_ptr<Buffer>> to = backend.allocate(kBytes, MemoryUse::Activations);
    if (!to) {
        return to.error();
    }
    const Result<double> seconds =
        shortestRun(backend, [&](Pass& pass) { pass.readTensor(denseTensor(**from, kRows, kColumns), **to, 0); });
    if (!seconds) {
        return seconds.error();
    }
    return 2.0 * static_cast<double>(kBytes) / *seconds * 1e-9;
}

}  // namespace

Result<DeviceLimits> measureDeviceLimits(Backend& backend) {
    const Result<double> matmul = measureMatmul(backend);
    if (!matmul) {
        return matmul.error();
    }
    const Result<double> copy = measureCopy(backend);
    if (!copy) {
        return copy.error();
    }
    return DeviceLimits{.matmulGflops = *matmul, .copyGigabytesPerSecond = *copy};
}

}  // namespace crystallite
