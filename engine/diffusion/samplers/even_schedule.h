#pragma once

#include "engine/diffusion/samplers/policy.h"

namespace crystallite {

/// A fixed number of slots per step, the best first, in blocks from left to right, each with the same share of the steps; the open slots
/// are counted when the block begins. What is not committed is thrown away, what is committed stays. ML-GSAI/LLaDA `generate.py`.
class EvenSchedulePolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;
};

}  // namespace crystallite
