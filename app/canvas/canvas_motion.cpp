#include "app/canvas/canvas_motion.h"

#include <algorithm>

namespace crystallite {

uint32_t Pace::smoothedFrames() const {
    if (!isFast()) {
        return 1;
    }
    return std::min(static_cast<uint32_t>((kFastBelowMs + intervalMs - 1) / intervalMs), kMostSmoothed);
}

uint32_t Pace::framesPerSecond() const {
    return intervalMs > 0 ? std::max(1U, static_cast<uint32_t>(1000 / intervalMs)) : 1U;
}

int Pace::lightMs() const {
    return isFast() ? std::min(intervalMs, kEventMs) : kEventMs;
}

Motion motionAt(double elapsedMs, const Pace& pace, bool crossFades) {
    const auto t = static_cast<float>(std::clamp(elapsedMs / static_cast<double>(pace.lightMs()), 0.0, 1.0));
    return {.snap = (1.0F - t) * (1.0F - t), .fade = crossFades ? t * t * (3.0F - 2.0F * t) : 1.0F};
}

}  // namespace crystallite
