#include "engine/diffusion/drift_memory.h"

#include <cmath>

namespace crystallite {

void DriftMemory::begin(uint32_t firstSlot) {
    known_ = false;
    firstSlot_ = firstSlot;
    driftOfSlot_.clear();
}

void DriftMemory::add(uint32_t frame, const std::vector<uint32_t>& slots, const std::vector<float>& drift) {
    known_ = true;
    frame_ = frame;
    for (size_t index = 0; index < drift.size(); ++index) {
        if (!std::isnan(drift[index])) {
            driftOfSlot_[slots[index]].push_back(drift[index]);
        }
    }
}

std::vector<std::vector<float>> DriftMemory::of(const std::vector<uint32_t>& slots) const {
    std::vector<std::vector<float>> drift;
    for (const uint32_t slot : slots) {
        const auto found = driftOfSlot_.find(slot);
        drift.push_back(found == driftOfSlot_.end() ? std::vector<float>() : found->second);
    }
    return drift;
}

}  // namespace crystallite
