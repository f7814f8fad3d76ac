#pragma once

#include "engine/diffusion/samplers/policy.h"

namespace crystallite {

/// One slot per step, the one of least entropy. A drawn `<|expand|>` becomes two open slots, until the budget is spent or nothing is left
/// of the room; a drawn end of text says that nothing more belongs there: it and every open slot to its right are deleted. DreamLM/DreamOn
/// `eval/generator.py`.
class DreamOnPolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;

private:
    [[nodiscard]] std::vector<SlotEvent> expansion(const SlotEvent& commit) const;
    [[nodiscard]] std::vector<SlotEvent> ending(const SlotEvent& commit, const std::vector<SlotBelief>& beliefs) const;
};

}  // namespace crystallite
