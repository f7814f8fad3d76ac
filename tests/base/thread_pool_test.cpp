#include "engine/base/thread_pool.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <numeric>

namespace crystallite {
namespace {

class ThreadPoolOf : public testing::TestWithParam<uint32_t> {};

TEST_P(ThreadPoolOf, CallsTheBodyOnceForEveryJob) {
    ThreadPool pool(GetParam());
    for (const uint32_t jobs : {0U, 1U, 2U, 3U, 17U, 1000U}) {
        std::vector<uint32_t> calls(jobs);  // not atomic: no job may run twice, and the results must be visible afterwards

        pool.forEach(jobs, [&](uint32_t job, uint32_t /*thread*/) { ++calls[job]; });

        EXPECT_EQ(calls, std::vector<uint32_t>(jobs, 1)) << jobs << " jobs";
    }
}

TEST_P(ThreadPoolOf, NeverOverlapsCallsWithTheSameThread) {
    constexpr uint32_t kJobs = 5000;
    ThreadPool pool(GetParam());
    std::vector<uint64_t> sumOfThread(pool.threads());  // plain counters: an overlap is a data race that loses additions

    pool.forEach(kJobs, [&](uint32_t job, uint32_t thread) { sumOfThread.at(thread) += job; });

    EXPECT_EQ(std::accumulate(sumOfThread.begin(), sumOfThread.end(), uint64_t{0}), uint64_t{kJobs} * (kJobs - 1) / 2);
}

TEST_P(ThreadPoolOf, RunsShortLoopsInCloseSuccession) {
    ThreadPool pool(GetParam());
    std::array<uint32_t, 3> counts{};

    for (uint32_t i = 0; i < 20000; ++i) {
        pool.forEach(static_cast<uint32_t>(counts.size()), [&](uint32_t job, uint32_t /*thread*/) { ++counts[job]; });
    }

    EXPECT_EQ(counts, (std::array<uint32_t, 3>{20000, 20000, 20000}));
}

TEST_P(ThreadPoolOf, WakesWorkersThatHaveGoneToSleep) {
    ThreadPool pool(GetParam());
    const auto longAfterTheSpin = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
    while (std::chrono::steady_clock::now() < longAfterTheSpin) {
        std::this_thread::yield();
    }
    // Every job waits for all others, so that the loop ends only when every thread has taken one.
    std::atomic<uint32_t> arrived = 0;

    pool.forEach(pool.threads(), [&](uint32_t /*job*/, uint32_t /*thread*/) {
        ++arrived;
        while (arrived < pool.threads()) {
            std::this_thread::yield();
        }
    });

    EXPECT_EQ(arrived, pool.threads());
}

INSTANTIATE_TEST_SUITE_P(, ThreadPoolOf, testing::Values(1U, 2U, 5U),
                         [](const testing::TestParamInfo<uint32_t>& test) { return std::to_string(test.param) + "Threads"; });

}  // namespace
}  // namespace crystallite
