#include "engine/trace/agreement.h"

#include <algorithm>

namespace crystallite {

double agreement(const Canvas& ours, const Canvas& theirs) {
    const uint32_t shorter = std::min(ours.textLength(), theirs.textLength());
    const uint32_t longer = std::max(ours.textLength(), theirs.textLength());
    uint32_t same = 0;
    uint32_t open = 0;
    for (uint32_t position = ours.promptLength(); position < longer; ++position) {
        const bool isGiven = position < ours.textLength() && ours.region(position) == SlotRegion::Pinned;
        const bool isSame = position < shorter && ours.token(position) == theirs.token(position);
        open += isGiven ? 0 : 1;
        same += isSame && !isGiven ? 1 : 0;
    }
    return open == 0 ? 1.0 : static_cast<double>(same) / open;
}

}  // namespace crystallite
