#include "app/noise.h"

#include "engine/diffusion/forward_noise.h"

#include <utility>

namespace crystallite {

NoisyText noisyText(const Trace& trace, uint32_t frame) {
    const Canvas& canvas = trace.canvas(frame);
    NoisyText text;
    for (uint32_t position = 0; position < canvas.textLength(); ++position) {
        const TokenId id = canvas.token(position);
        const bool open = canvas.isMasked(position);
        text.tokens.push_back({.id = id, .bytes = trace.piece(id), .special = trace.isControl(id), .open = open});
        text.mayVanish.push_back(!open && canvas.region(position) == SlotRegion::Answer);
    }
    return text;
}

NoisyText noisyText(std::vector<SentToken> tokens) {
    NoisyText text{.tokens = std::move(tokens), .mayVanish = {}};
    for (const SentToken& token : text.tokens) {
        text.mayVanish.push_back(!token.special && !token.open);
    }
    return text;
}

std::vector<SentToken> addNoise(const NoisyText& text, double share, uint64_t seed, TokenId maskId) {
    const std::vector<bool> vanishes = vanishingTokens(text.mayVanish, share, seed);
    std::vector<SentToken> noisy = text.tokens;
    for (size_t index = 0; index < noisy.size(); ++index) {
        if (vanishes[index]) {
            noisy[index] = {.id = maskId, .bytes = {}, .special = true, .open = true};
        }
    }
    return noisy;
}

}  // namespace crystallite
