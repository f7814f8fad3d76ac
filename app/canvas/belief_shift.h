#pragma once

#include "engine/trace/step_record.h"

namespace crystallite {

/// How far the belief about a slot moved from one pass to the next, in nats: the Kullback-Leibler divergence
///     sum over outcomes of now(x) ln(now(x) / before(x))
/// where the outcomes are the ids that both passes list, and everything else taken together as one. The lists hold the likeliest candidates
/// only, so this is what is known for certain: merging outcomes never raises a divergence (data-processing inequality), and the value is a
/// lower bound of the divergence over the whole vocabulary. Shares of `before` below kLeastShare count as that much, which lowers it
/// further and keeps it finite, at most ln(1 / kLeastShare) = 13.8. Derived, never negative.
[[nodiscard]] float beliefShift(const SlotBelief& before, const SlotBelief& now);

inline constexpr double kLeastShare = 1e-6;  // what is left of 1 after eight probabilities in f32 is known no better

}  // namespace crystallite
