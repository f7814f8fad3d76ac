#pragma once

#include "engine/diffusion/samplers/policy.h"
#include "engine/model/model_config.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <span>
#include <vector>

namespace crystallite {

/// What the next step computes: its passes, of which the last gives the beliefs, and the step as these passes can answer it.
struct PassPlan {
    StepPlan step;                   ///< with the slots that the last pass is asked about
    std::vector<PassRecord> passes;  ///< none where nothing is asked
};

/// The passes of the step that a policy wants after the last one of the trace. Pure: a function of the run so far, its settings and what
/// the model's rows see, so that a run can be continued from any of its steps.
///
/// None: one pass over every row that the slots need. Exact: the rows of the step's block; before it those of finished blocks, or of the
/// prompt, that no pass has computed since they changed. Of a model that writes from left to right every slot is a block. SubBlock: within
/// a block whose rows were all computed once, those of the sub-block alone when its first slot holds a token. Prefix and Dual: the whole
/// text at the start of a block, then the block and, of Prefix, everything behind it; with a logit shift the row before the block, too, in
/// every pass. Under the strict reference that row is left out, and the pass over the whole text commits the block's first slot alone, as
/// published for Dream (NVlabs/Fast-dLLM `dream/model/generation_utils_block.py`).
PassPlan planPasses(const ModelConfig& config, const Trace& trace, const StepPlan& wanted);

/// A pass over the canvas of `frame`.
struct RepeatedPass {
    uint32_t frame = 0;
    PassRecord pass;
    bool isLookedAt = false;  ///< its distributions are wanted, not only what it keeps
};

/// The passes that must run again, in this order, so that a model which has forgotten the run holds what `next` reads, to the bit: those
/// that left it in the store, and those that left what they read. With those that gave the beliefs of the last `lookedAt` steps.
std::vector<RepeatedPass> passesToRepeat(const ModelConfig& config, const Trace& trace, std::span<const PassRecord> next,
                                         uint32_t lookedAt);

}  // namespace crystallite
