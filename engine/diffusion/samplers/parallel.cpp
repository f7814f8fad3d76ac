#include "engine/diffusion/samplers/parallel.h"

#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>

namespace crystallite {

StepPlan ParallelPolicy::plan(const Trace& trace) const {
    return planFirstOpenBlock(trace);
}

std::vector<SlotEvent> ParallelPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    rank(plan, forecast, settings().order, trace.steps() + 1);
    std::vector<uint32_t> ranked = rankSlots(forecast.beliefs);
    ranked.resize(std::max(countCommits(forecast.beliefs, ranked), 1U));
    return commitsOf(trace, forecast.beliefs, ranked);
}

uint32_t ThresholdPolicy::countCommits(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& ranked) const {
    return static_cast<uint32_t>(std::count_if(
        ranked.begin(), ranked.end(), [&](uint32_t index) { return static_cast<double>(beliefs[index].score) >= settings().threshold; }));
}

uint32_t FactorPolicy::countCommits(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& ranked) const {
    uint32_t count = 0;
    while (count < ranked.size() &&
           static_cast<double>(beliefs[ranked[count]].score) >= 1.0 - settings().factor / (static_cast<double>(count) + 2.0)) {
        ++count;
    }
    return count;
}

uint32_t EntropyBoundPolicy::countCommits(const std::vector<SlotBelief>& beliefs, const std::vector<uint32_t>& ranked) const {
    double sum = 0.0;
    double largest = 0.0;
    uint32_t count = 0;
    for (const uint32_t index : ranked) {
        const auto entropy = static_cast<double>(beliefs[index].entropy);
        sum += entropy;
        largest = std::max(largest, entropy);
        if (sum - largest > settings().entropyBound) {
            break;
        }
        ++count;
    }
    return count;
}

}  // namespace crystallite
