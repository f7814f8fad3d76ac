#pragma once

#include "engine/diffusion/probe_values.h"
#include "engine/model/denoiser.h"

#include <stop_token>

namespace crystallite {

/// Measures something of a slot by passes over the canvas of a frame, whatever caches the run had. What it changes in the model no session
/// sees: one that runs on it goes on to the bit. What is forbidden and how far a slot sees is as in the run's own passes, so that the
/// candidates at a frame are those that the next step was decided by, and more of them.
///
/// Leave-one-out masks the slot and asks for the distribution; its token counts as possible even if the model never writes it.
///
/// InvalidArgument: the model is not the trace's, the slot is none that this can be measured of, or the model reads from left to right, so
/// that what stands right of a slot tells nothing about it. Inference thread.
Result<ProbeResult> probe(Denoiser& model, const ProbeRequest& request, std::stop_token stop = {});

}  // namespace crystallite
