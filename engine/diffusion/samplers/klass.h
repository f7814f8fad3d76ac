#pragma once

#include "engine/diffusion/samplers/policy.h"

namespace crystallite {

/// Every slot of the block that is sure and whose distribution changed by less than klBound nats in each of the last klHistory steps of the
/// block; where there is none, what the even schedule commits in this step of the block, and one slot when the schedule is through.
/// As published (strict reference) the changes are followed through all blocks, and a block ends with its schedule: what is open then stays
/// so. shkim0116/KLASS `src/model/llada_klass.py`.
class KlassPolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] bool isFinished(const Trace& trace) const override;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;

private:
    /// The block of the next step; nothing when the last one is through.
    [[nodiscard]] std::optional<uint32_t> publishedBlock(const Trace& trace) const;
    /// It was published for full canvases alone, and knows of no hand that changes a block behind it.
    [[nodiscard]] bool followsPublished(const Trace& trace) const {
        return settings().strictReference && settings().blockAnchor == BlockAnchor::Prompt && trace.handSteps().empty();
    }
};

}  // namespace crystallite
