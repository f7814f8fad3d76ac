#include "engine/cpu/cpu_limits.h"

#include "engine/cpu/blas.h"

#include <chrono>
#include <cstring>
#include <limits>

namespace crystallite {
namespace {

constexpr int kRepetitions = 8;

/// Shortest of several runs, in seconds: the one that other programs disturbed least.
template <typename Work>
double shortestSeconds(const Work& work) {
    double shortest = std::numeric_limits<double>::infinity();
    for (int i = 0; i < kRepetitions; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        shortest = std::min(shortest, elapsed.count());
    }
    return shortest;
}

double measureMatmulGflops(CpuWorkers& workers) {
    constexpr uint32_t kSize = 1024;
    const std::vector<float> left(size_t{kSize} * kSize, 0.5F);
    const std::vector<float> right(size_t{kSize} * kSize, 0.25F);
    std::vector<float> out(size_t{kSize} * kSize);
    const uint32_t rows = (kSize + workers.threads() - 1) / workers.threads();
    const double seconds = shortestSeconds([&] {
        workers.forEach(workers.threads(), [&](uint32_t job, uint32_t /*thread*/) {
            const size_t first = std::min(kSize, job * rows);
            multiply({.rows = std::min(rows, kSize - static_cast<uint32_t>(first)),
                      .columns = kSize,
                      .depth = kSize,
                      .left = {.first = left.data() + first * kSize, .stride = kSize},
                      .right = {.first = right.data(), .stride = kSize},
                      .out = {.first = out.data() + first * kSize, .stride = kSize}});
        });
    });
    return 2e-9 * kSize * kSize * kSize / seconds;
}

double measureCopyGigabytesPerSecond(CpuWorkers& workers) {
    // Larger than the last-level cache of most machines.
    constexpr size_t kFloats = size_t{32} * 1024 * 1024;
    const std::vector<float> source(kFloats, 1.0F);
    std::vector<float> target(kFloats);
    const size_t share = kFloats / workers.threads();
    const double seconds = shortestSeconds([&] {
        workers.forEach(workers.threads(), [&](uint32_t job, uint32_t /*thread*/) {
            std::memcpy(target.data() + job * share, source.data() + job * share, share * sizeof(float));
        });
    });
    constexpr double kReadAndWrite = 2;
    return kReadAndWrite * static_cast<double>(share * workers.threads() * sizeof(float)) * 1e-9 / seconds;
}

}  // namespace

DeviceLimits measureCpuLimits(CpuWorkers& workers) {
    return {.matmulGflops = measureMatmulGflops(workers), .copyGigabytesPerSecond = measureCopyGigabytesPerSecond(workers)};
}

}  // namespace crystallite
