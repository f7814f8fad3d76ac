#include "app/canvas/belief_shift.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

float beliefShift(const SlotBelief& before, const SlotBelief& now) {
    const auto term = [](double share, double earlier) {
        return share > 0.0 ? share * std::log(share / std::max(earlier, kLeastShare)) : 0.0;
    };
    double divergence = 0.0;
    double restNow = 1.0;
    double restBefore = 1.0;
    for (const Candidate& candidate : now.candidates) {
        const auto same = std::ranges::find(before.candidates, candidate.id, &Candidate::id);
        if (same != before.candidates.end()) {
            divergence += term(candidate.probability, same->probability);
            restNow -= static_cast<double>(candidate.probability);
            restBefore -= static_cast<double>(same->probability);
        }
    }
    divergence += term(std::max(restNow, 0.0), restBefore);
    return static_cast<float>(std::max(divergence, 0.0));
}

}  // namespace crystallite
