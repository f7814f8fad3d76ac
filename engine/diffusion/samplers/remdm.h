#pragma once

#include "engine/diffusion/samplers/policy.h"

#include <functional>

namespace crystallite {

/// Chances of one step of ReMDM from time t to time s, with alpha the share of tokens that is held (1 - t but for the loop):
///   an open slot commits what was drawn with (alpha_s - (1 - sigma) alpha_t) / (1 - alpha_t), a committed one is withdrawn with sigma.
struct RemdmChances {
    double alphaNow = 0.0;
    double alphaNext = 0.0;
    double sigma = 0.0;  ///< of the rule Confidence: what is shared out over the slots

    [[nodiscard]] double commit(double ownSigma) const { return (alphaNext - (1.0 - ownSigma) * alphaNow) / (1.0 - alphaNow); }
};
RemdmChances remdmChances(const DecodeSettings& settings, uint32_t stepIndex);

/// Slots commit and are withdrawn by chance; what is still open after the last step takes the most probable token in one more. Given slots
/// stay. kuleshov-group/remdm `diffusion.py`; Wang et al., arXiv 2503.00307.
class RemdmPolicy final : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] bool isFinished(const Trace& trace) const override;
    [[nodiscard]] StepPlan plan(const Trace& trace) const override;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const override;

private:
    [[nodiscard]] std::vector<SlotEvent> withdrawals(const Trace& trace, const RemdmChances& chances) const;
};

}  // namespace crystallite
