#pragma once

#include "engine/trace/trace.h"

namespace crystallite {

/// A made-up run of `length` slots after a prompt of two tokens that commits one slot per step, left to right; `steps` of them are done.
Trace sampleTrace(uint32_t length, uint32_t steps);

/// The next step of such a run.
StepRecord nextSampleStep(const Trace& trace);

}  // namespace crystallite
