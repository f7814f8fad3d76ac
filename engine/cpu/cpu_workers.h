#pragma once

#include "engine/base/thread_pool.h"
#include "engine/cpu/instruction_set.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace crystallite {

/// What the operations of a pass share: threads, a scratch area for each, and the wish to stop. Inference thread only.
class CpuWorkers {
public:
    explicit CpuWorkers(uint32_t threads, Factors factors = Factors::Exact) : pool_(threads), scratch_(threads), factors_(factors) {}

    [[nodiscard]] uint32_t threads() const { return pool_.threads(); }
    [[nodiscard]] Factors factors() const { return factors_; }
    void setStop(std::stop_token stop) { stop_ = std::move(stop); }
    [[nodiscard]] bool isStopped() const { return stop_.stop_requested(); }

    /// Makes room for `floats` in the scratch area of every thread. Here, not in scratch(), because running out of memory (bad_alloc) must
    /// be noticed on the calling thread.
    void reserveScratch(size_t floats) {
        for (std::vector<float>& area : scratch_) {
            if (area.size() < floats) {
                area.resize(floats);
            }
        }
    }
    /// Contents undefined.
    std::span<float> scratch(uint32_t thread) { return scratch_[thread]; }

    /// Makes room for `floats` in the area that all threads see; contents undefined.
    std::span<float> reserveShared(size_t floats) {
        if (shared_.size() < floats) {
            shared_.resize(floats);
        }
        return std::span(shared_).first(floats);
    }

    /// body(job, thread) for every job; once a stop is requested the remaining jobs are skipped.
    template <typename Body>
    void forEach(uint32_t jobs, const Body& body) {
        pool_.forEach(jobs, [&](uint32_t job, uint32_t thread) {
            if (!isStopped()) {
                body(job, thread);
            }
        });
    }

    /// body(row, thread) for every row, in ranges large enough to be worth a thread. `rowWork` counts elements touched in a row.
    template <typename Body>
    void forEachRow(uint32_t rows, uint32_t rowWork, const Body& body) {
        constexpr uint32_t kWorkPerJob = 16 * 1024;  // a few microseconds: what it costs to share a job
        const uint32_t rowsPerJob = std::max(1U, kWorkPerJob / std::max(1U, rowWork));
        forEach((rows + rowsPerJob - 1) / rowsPerJob, [&](uint32_t job, uint32_t thread) {
            const uint32_t first = job * rowsPerJob;
            for (uint32_t row = first; row < std::min(rows, first + rowsPerJob); ++row) {
                body(row, thread);
            }
        });
    }

private:
    ThreadPool pool_;
    std::vector<std::vector<float>> scratch_;
    std::vector<float> shared_;
    Factors factors_;
    std::stop_token stop_;
};

}  // namespace crystallite
