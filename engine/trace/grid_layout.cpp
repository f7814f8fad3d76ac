#include "engine/trace/grid_layout.h"

#include "engine/base/assert.h"

namespace crystallite {

uint32_t GridLayout::boxOf(uint32_t slot) const {
    ENGINE_ASSERT(slot < cells());
    const uint32_t boxesAcross = columns / boxColumns;
    return slot / columns / boxRows * boxesAcross + slot % columns / boxColumns;
}

std::string findContradiction(const GridLayout& layout) {
    const auto possible = [](uint32_t side, uint32_t boxSide) {
        return side >= 1 && side <= kLongestGridSide && boxSide >= 1 && side % boxSide == 0;
    };
    if (possible(layout.rows, layout.boxRows) && possible(layout.columns, layout.boxColumns)) {
        return {};
    }
    return "a grid of " + std::to_string(layout.rows) + " x " + std::to_string(layout.columns) + " slots in boxes of " +
           std::to_string(layout.boxRows) + " x " + std::to_string(layout.boxColumns) + " is impossible";
}

}  // namespace crystallite
