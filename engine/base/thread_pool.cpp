#include "engine/base/thread_pool.h"

#include "engine/base/assert.h"

namespace crystallite {
namespace {

/// Some tens of microseconds: longer than the gap between two operations, shorter than anybody notices.
constexpr int kYieldsBeforeSleep = 100;
/// Less than a microsecond, about what a yield costs: most waits are shorter.
constexpr int kLooksBeforeYield = 32;

/// Whether it came to hold within a few looks; else somebody else may have the processor.
template <typename Condition>
bool holdsSoon(const Condition& holds) {
    for (int look = 0; look < kLooksBeforeYield; ++look) {
        if (holds()) {
            return true;
        }
#if defined(__x86_64__) && defined(__GNUC__)
        __builtin_ia32_pause();
#endif
    }
    std::this_thread::yield();
    return holds();
}

}  // namespace

ThreadPool::ThreadPool(uint32_t threads) {
    ENGINE_ASSERT(threads >= 1);
    workers_.reserve(threads - 1);
    for (uint32_t thread = 1; thread < threads; ++thread) {
        workers_.emplace_back([this, thread] { work(thread); });
    }
}

ThreadPool::~ThreadPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    jobsOrStop_.notify_all();
    for (std::thread& worker : workers_) {
        worker.join();
    }
}

void ThreadPool::run(const Loop& loop) {
    if (workers_.empty() || loop.jobs <= 1) {
        for (uint32_t job = 0; job < loop.jobs; ++job) {
            loop.call(loop.context, job, 0);
        }
        return;
    }
    // Every job of the last loop has returned, and who takes none does not look at loop_: nobody reads it now.
    loop_ = loop;
    unfinished_.store(loop.jobs, std::memory_order_relaxed);
    {
        // Under the mutex, so that no worker misses it between its last look and its sleep.
        const std::lock_guard lock(mutex_);
        unclaimed_.store(loop.jobs, std::memory_order_release);
    }
    jobsOrStop_.notify_all();
    while (takeJob(0)) {
    }
    while (!holdsSoon([this] { return unfinished_.load(std::memory_order_acquire) == 0; })) {
    }
}

bool ThreadPool::takeJob(uint32_t thread) {
    uint32_t unclaimed = unclaimed_.load(std::memory_order_relaxed);
    do {
        if (unclaimed == 0) {
            return false;
        }
    } while (!unclaimed_.compare_exchange_weak(unclaimed, unclaimed - 1, std::memory_order_acquire, std::memory_order_relaxed));
    loop_.call(loop_.context, loop_.jobs - unclaimed, thread);
    unfinished_.fetch_sub(1, std::memory_order_release);
    return true;
}

void ThreadPool::work(uint32_t thread) {
    while (waitForJobs()) {
        while (takeJob(thread)) {
        }
    }
}

/// False when the pool is being destroyed.
bool ThreadPool::waitForJobs() {
    for (int i = 0; i < kYieldsBeforeSleep; ++i) {
        if (holdsSoon([this] { return unclaimed_.load(std::memory_order_relaxed) != 0; })) {
            return true;
        }
    }
    std::unique_lock lock(mutex_);
    jobsOrStop_.wait(lock, [this] { return stopping_ || unclaimed_.load(std::memory_order_relaxed) != 0; });
    return !stopping_;
}

}  // namespace crystallite
