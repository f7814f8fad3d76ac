#pragma once

#include "engine/diffusion/samplers/policy.h"

namespace crystallite {

/// In every block every slot with a confidence above the threshold commits, the best one at least and not too many at once; when more than
/// one did, the tokens that the block already held are withdrawn where the rest of the text gives them less than thresholdBack: all of
/// them, or the worst, so that fewer go than came in the step before. Given slots stay. What the rest of the text gives a token is
/// ForwardResult::confirmed, with and without a shift. Feng-Hong/WINO-DLLM `LLaDA/decoding.py`.
class WinoPolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;

private:
    [[nodiscard]] std::vector<SlotEvent> withdrawals(const Trace& trace, const StepPlan& plan, const std::vector<float>& confirmed) const;
};

}  // namespace crystallite
