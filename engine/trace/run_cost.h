#pragma once

#include "engine/trace/trace.h"

#include <cstdint>

namespace crystallite {

/// What the steps of a run cost together.
struct RunCost {
    uint64_t evaluations = 0;  ///< NFE: passes that denoise
    uint64_t prefills = 0;     ///< passes that only keep the prompt
    uint64_t commits = 0;      ///< passes that only keep what is finished
    uint64_t rows = 0;         ///< transformer rows of all of them
    double milliseconds = 0.0;
};

RunCost costOf(const Trace& trace);

/// Slots behind the prompt that hold a token which was not given.
uint32_t writtenSlots(const Canvas& canvas);

/// What is still to be computed of a run: forward passes that are evaluations, as RunCost counts them.
struct PassesToCome {
    uint64_t passes = 0;
    bool isExact = false;  ///< else: at most so many
};

}  // namespace crystallite
