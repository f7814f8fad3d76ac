#include "app/export/animation_plan.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crystallite {

std::vector<Moment> planAnimation(uint32_t steps, const AnimationSettings& settings) {
    const double ticksPerStep = std::max(1000.0 / settings.stepsPerSecond / kTickMs, 1.0);
    const auto startOf = [ticksPerStep](uint32_t step) { return static_cast<uint64_t>(std::llround((step - 1) * ticksPerStep)); };
    std::vector<Moment> moments = {{.frame = 0, .ticks = std::max(settings.firstHoldTicks, 1U)}};
    for (uint32_t step = 1; step <= steps; ++step) {
        uint64_t left = step == steps ? std::max(settings.lastHoldTicks, 1U) : startOf(step + 1) - startOf(step);
        int elapsed = 0;
        for (; settings.moves && left > 1 && elapsed < settings.lightMs; --left, elapsed += kTickMs) {
            moments.push_back({.frame = step, .elapsedMs = elapsed, .ticks = 1});
        }
        // What has come to rest.
        moments.push_back({.frame = step, .elapsedMs = std::max(elapsed, settings.lightMs), .ticks = static_cast<uint32_t>(left)});
    }
    return moments;
}

uint64_t ticksOf(const std::vector<Moment>& moments) {
    return std::accumulate(moments.begin(), moments.end(), uint64_t{0}, [](uint64_t sum, const Moment& next) { return sum + next.ticks; });
}

}  // namespace crystallite
