#pragma once

#include "engine/diffusion/samplers/policy.h"

namespace crystallite {

/// As the time falls from 1 to eps in equal steps, each step from t to s commits the share 1 - s / t of the open slots, the last one all of
/// them; Origin lets every slot decide by itself with that chance. Tokens are drawn, and slots ranked, by the distribution that the
/// temperature, top_p and top_k leave. HKUNLP/Dream `generation_utils.py`.
class DreamPolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;
};

/// Time `index` of linspace(1, eps, steps + 1) in f32, whose roundings decide where a share of the slots falls on a whole number: from 1 on
/// up to the middle, then back from eps. torch.linspace.
float dreamTime(uint32_t index, uint32_t steps, double eps);

}  // namespace crystallite
