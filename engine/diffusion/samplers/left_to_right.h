#pragma once

#include "engine/diffusion/samplers/policy.h"

namespace crystallite {

/// One slot per step, the next one: of a model whose beliefs about the later ones mean nothing.
class LeftToRightPolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;
};

}  // namespace crystallite
