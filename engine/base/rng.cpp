#include "engine/base/rng.h"

#include <cmath>

namespace crystallite {

std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key) {
    constexpr uint64_t kMultiplier0 = 0xD2511F53U;
    constexpr uint64_t kMultiplier1 = 0xCD9E8D57U;
    constexpr uint32_t kWeyl0 = 0x9E3779B9U;
    constexpr uint32_t kWeyl1 = 0xBB67AE85U;
    constexpr int kRounds = 10;

    for (int round = 0; round < kRounds; ++round) {
        const uint64_t product0 = kMultiplier0 * counter[0];
        const uint64_t product1 = kMultiplier1 * counter[2];
        counter = {static_cast<uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<uint32_t>(product1),
                   static_cast<uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<uint32_t>(product0)};
        key = {key[0] + kWeyl0, key[1] + kWeyl1};
    }
    return counter;
}

std::array<uint32_t, 4> randomWords(uint64_t seed, uint32_t step, uint32_t position, DrawPurpose purpose, uint32_t draw) {
    return philox4x32({step, position, static_cast<uint32_t>(purpose), draw},
                      {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)});
}

double uniformFrom(uint32_t bits) {
    return (static_cast<double>(bits) + 0.5) * 0x1p-32;
}

float exponentialFrom(uint32_t bits) {
    // Below 2^-12 three terms of -ln(1 - v) are exact to f32; above, the complement 1 - v is formed in integers before rounding.
    constexpr uint32_t kSeriesLimit = 1U << 20;
    const float v = (static_cast<float>(bits) + 0.5F) * 0x1p-32F;
    if (bits < kSeriesLimit) {
        return v * (1.0F + v * (0.5F + v * (1.0F / 3.0F)));
    }
    return -std::log((static_cast<float>(~bits) + 0.5F) * 0x1p-32F);
}

}  // namespace crystallite
