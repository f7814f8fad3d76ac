#include "engine/diffusion/forward_noise.h"

#include <random>

namespace crystallite {

std::vector<bool> vanishingTokens(const std::vector<bool>& mayVanish, double share, uint64_t seed) {
    // The engine's numbers are fixed by the standard, those of its distributions are not.
    std::mt19937_64 draws(seed);
    std::vector<bool> vanishes(mayVanish.size());
    for (size_t index = 0; index < mayVanish.size(); ++index) {
        const double draw = static_cast<double>(draws() >> 11U) * 0x1.0p-53;  // uniform in [0, 1)
        vanishes[index] = mayVanish[index] && draw < share;
    }
    return vanishes;
}

}  // namespace crystallite
