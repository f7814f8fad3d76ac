#pragma once

#include "engine/model/model_config.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/run_cost.h"
#include "engine/trace/trace.h"

namespace crystallite {

/// Of a run that continues behind the last step of `trace`. Exact where the schedule alone says how many slots a step commits (llada,
/// bd3lm, dream but for the order origin, left-to-right), as long as the model never draws its mask; such a run that stops at the end of
/// its text may need fewer, and so may every other policy. Pure; any thread.
PassesToCome passesToCome(const ModelConfig& config, const Tokenizer& tokenizer, const Trace& trace);

}  // namespace crystallite
