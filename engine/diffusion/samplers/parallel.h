#pragma once

#include "engine/diffusion/samplers/policy.h"

namespace crystallite {

/// In every block as many slots per step as a rule allows, the best one at least.
class ParallelPolicy : public Policy {
public:
    using Policy::Policy;
    [[nodiscard]] StepPlan plan(const Trace& trace) const final;
    [[nodiscard]] std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const final;

protected:
    /// How many of `ranked`, the eligible beliefs from the best on, commit in this step.
    [[nodiscard]] virtual uint32_t countCommits(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& ranked) const = 0;
};

/// Every slot with a confidence of at least the threshold. NVlabs/Fast-dLLM `llada/generate.py`.
class ThresholdPolicy final : public ParallelPolicy {
public:
    using ParallelPolicy::ParallelPolicy;

protected:
    [[nodiscard]] uint32_t countCommits(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& ranked) const override;
};

/// The n best slots while (n + 1)(1 - confidence of the n-th) <= factor: together they are what they would be one after the other when that
/// is at most 1. Fast-dLLM, arXiv 2505.22618.
class FactorPolicy final : public ParallelPolicy {
public:
    using ParallelPolicy::ParallelPolicy;

protected:
    [[nodiscard]] uint32_t countCommits(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& ranked) const override;
};

/// The next best slot while the entropies of those taken before it, but for the largest of all with it, stay within the bound: cumulated
/// sum minus maximum. Ben-Hamu et al., arXiv 2505.24857.
class EntropyBoundPolicy final : public ParallelPolicy {
public:
    using ParallelPolicy::ParallelPolicy;

protected:
    [[nodiscard]] uint32_t countCommits(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& ranked) const override;
};

}  // namespace crystallite
