#pragma once

#include "app/engine_door.h"

#include <cstdint>
#include <vector>

namespace crystallite {

/// A text of which a share is replaced by masks.
struct NoisyText {
    std::vector<SentToken> tokens;  ///< of the whole text
    std::vector<bool> mayVanish;    ///< [tokens]; the others were given and stay
    friend bool operator==(const NoisyText&, const NoisyText&) = default;
};

/// The text of a frame: what was given stays, what is masked is masked already.
[[nodiscard]] NoisyText noisyText(const Trace& trace, uint32_t frame);
/// A text of one's own, as it is sent: special tokens stay.
[[nodiscard]] NoisyText noisyText(std::vector<SentToken> tokens);

/// The tokens with masks in place of those that vanish at this share: vanishingTokens() of forward_noise.h.
[[nodiscard]] std::vector<SentToken> addNoise(const NoisyText& text, double share, uint64_t seed, TokenId maskId);

}  // namespace crystallite
