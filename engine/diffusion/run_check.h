#pragma once

#include "engine/diffusion/run_plan.h"
#include "engine/trace/trace.h"

namespace crystallite {

/// Whether a run was made with the weights of a model that says this of itself.
Result<void> checkSameModel(const TraceHeader& header, const TraceHeader& identity);

/// The most steps of which each can commit something: every block has the same number of steps. Of a policy that takes as many steps as it
/// needs, the most that it can take.
uint32_t mostStepsOn(const Canvas& canvas, const DecodeSettings& settings);

/// bd3lm pads a prompt of `leading` slots on the left to whole blocks, so that the first block of the answer begins behind it. The pads are
/// neither seen nor counted in the positions, which comes to a first block that is the shorter by them: DecodeSettings::blockOffset.
uint32_t paddingOf(const DecodeSettings& settings, uint32_t leading);

}  // namespace crystallite
