#pragma once

#include <cstdint>
#include <vector>

namespace crystallite {

/// Which of the tokens that may vanish are masked: those whose draw is below `share`, 0..1. A draw belongs to a place and the seed alone,
/// so that a larger share takes more and never others: the forward process q(x_t | x_0) of an absorbing state at t = share (MDLM, arXiv
/// 2406.07524). [tokens] in, [tokens] out. Pure.
[[nodiscard]] std::vector<bool> vanishingTokens(const std::vector<bool>& mayVanish, double share, uint64_t seed);

}  // namespace crystallite
