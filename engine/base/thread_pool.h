#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace crystallite {

/// Threads that share one loop at a time. Between loops they wait: first awake, because the next operation of a pass follows within
/// microseconds, then asleep. One thread at a time may call forEach(), and not from inside a loop.
class ThreadPool {
public:
    /// `threads` counts the calling thread, which works too; at least 1.
    explicit ThreadPool(uint32_t threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    [[nodiscard]] uint32_t threads() const { return static_cast<uint32_t>(workers_.size()) + 1; }

    /// Calls body(job, thread) once for every job in [0, jobs), in no order, from up to threads() threads, and returns after the last.
    /// Calls with the same `thread` in [0, threads()) never overlap. What the bodies wrote is visible to the caller afterwards.
    template <typename Body>
    void forEach(uint32_t jobs, const Body& body) {
        run({.call = [](const void* context, uint32_t job, uint32_t thread) { (*static_cast<const Body*>(context))(job, thread); },
             .context = &body,
             .jobs = jobs});
    }

private:
    struct Loop {
        void (*call)(const void* context, uint32_t job, uint32_t thread) = nullptr;
        const void* context = nullptr;
        uint32_t jobs = 0;
    };

    void run(const Loop& loop);
    void work(uint32_t thread);
    bool takeJob(uint32_t thread);
    bool waitForJobs();

    Loop loop_;                             // stable while any of its jobs is unfinished; read only by who has taken one
    std::atomic<uint32_t> unclaimed_ = 0;   // jobs that nobody has taken yet
    std::atomic<uint32_t> unfinished_ = 0;  // jobs that have not returned yet
    bool stopping_ = false;                 // guarded by mutex_
    std::mutex mutex_;
    std::condition_variable jobsOrStop_;
    std::vector<std::thread> workers_;
};

}  // namespace crystallite
