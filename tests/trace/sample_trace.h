#pragma once

#include "engine/trace/trace.h"

namespace crystallite {

/// A made-up run of `length` slots after a prompt of two tokens that commits one slot per step, left to right; `steps` of them are done.
/// A board of 3 x 4 without a prompt, whose slots 1 and 5 are given.
Trace sampleBoardTrace(uint32_t steps);

Trace sampleTrace(uint32_t length, uint32_t steps);

/// The next step of such a run.
StepRecord nextSampleStep(const Trace& trace);

}  // namespace crystallite
