#include "engine/diffusion/samplers/unmasking.h"

#include "engine/base/assert.h"
#include "engine/base/rng.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

double orderDraw(uint64_t seed, uint32_t step, uint32_t position) {
    return uniformFrom(randomWords(seed, step, position, DrawPurpose::OrderScore, 0)[0]);
}

float unmaskScore(UnmaskOrder order, const SlotBelief& belief, uint64_t seed, uint32_t step) {
    switch (order) {
        case UnmaskOrder::LowConfidence: return belief.sampledProbability;
        case UnmaskOrder::Margin: return belief.margin;
        case UnmaskOrder::Entropy: return -belief.entropy;
        case UnmaskOrder::Random: return static_cast<float>(orderDraw(seed, step, belief.position));
        // Exact up to 2^24 slots, which is more than any canvas has.
        case UnmaskOrder::LeftToRight: return -static_cast<float>(belief.position);
        case UnmaskOrder::Origin: break;
    }
    ENGINE_ASSERT(false);
}

std::vector<uint32_t> rankSlots(std::span<const SlotBelief> beliefs) {
    std::vector<uint32_t> eligible;
    for (uint32_t index = 0; index < beliefs.size(); ++index) {
        if (!std::isnan(beliefs[index].score)) {
            eligible.push_back(index);
        }
    }
    // Stable: equal scores keep the order of their positions.
    std::stable_sort(eligible.begin(), eligible.end(), [&](uint32_t a, uint32_t b) { return beliefs[a].score > beliefs[b].score; });
    return eligible;
}

std::vector<uint32_t> chooseSlots(std::span<const SlotBelief> beliefs, uint32_t count) {
    std::vector<uint32_t> ranked = rankSlots(beliefs);
    ranked.resize(std::min<size_t>(count, ranked.size()));
    return ranked;
}

}  // namespace crystallite
