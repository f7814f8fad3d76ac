#include "app/noise.h"

#include <random>
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
    // The engine's numbers are fixed by the standard, those of its distributions are not.
    std::mt19937_64 draws(seed);
    std::vector<SentToken> noisy = text.tokens;
    for (size_t index = 0; index < noisy.size(); ++index) {
        const double draw = static_cast<double>(draws() >> 11U) * 0x1.0p-53;  // uniform in [0, 1)
        if (text.mayVanish[index] && draw < share) {
            noisy[index] = {.id = maskId, .bytes = {}, .special = true, .open = true};
        }
    }
    return noisy;
}

}  // namespace crystallite
