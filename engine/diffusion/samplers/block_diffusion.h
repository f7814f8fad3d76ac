#pragma once

#include "engine/diffusion/samplers/policy.h"

namespace crystallite {

/// Blocks of the text from left to right, each in a number of steps of its own, see commitsDue(). In every step the best slots: as many as
/// the schedule has, and under a threshold every one with a confidence above it when those are more. Without a threshold SDAR's static and
/// sequential (order left-to-right) low-confidence remasking, with it its dynamic one, JetAstra/SDAR `generate.py`, and LLaDA2.0's sampler,
/// ZHZisZZ/dllm `pipelines/llada2/sampler.py`; with the rounded schedule bd3lm's, `core/samplers/bd3lm.py`.
class BlockSchedulePolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;
};

/// In a block every open slot with a confidence above the threshold commits, the best one at least, and every token of the answer is
/// exchanged where another one is more probable than editThreshold (0: whenever the best one is another). A block is finished by a step
/// that changes nothing, or by the last of maxPostSteps steps over it when it is full. ZHZisZZ/dllm `pipelines/llada21/sampler.py`.
class TokenEditPolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] bool isFinished(const Trace& trace) const override;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;

private:
    /// The block of the last step, when its tokens may still be exchanged.
    [[nodiscard]] std::optional<uint32_t> unsettledBlock(const Trace& trace) const;
};

/// Sub-blocks from left to right inside a block: in each every slot with a confidence above the threshold, the best one at least. The first
/// token of a block is what the last row before it says, once that is final. NVlabs/Fast-dLLM `v2/generation_functions.py`, arXiv
/// 2509.26328.
class SubBlockPolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;
};

}  // namespace crystallite
