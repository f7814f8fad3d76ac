#pragma once

#include <cstdint>
#include <vector>

namespace crystallite {

/// A picture of an animation: frame `frame` of the run, `elapsedMs` after it was reached, shown for some ticks.
struct Moment {
    uint32_t frame = 0;
    int elapsedMs = 0;
    uint32_t ticks = 1;
    friend bool operator==(const Moment&, const Moment&) = default;
};

/// 25 pictures a second: a whole number of the hundredths of a second that a GIF counts in, and a rate of film.
inline constexpr int kTickMs = 40;

struct AnimationSettings {
    double stepsPerSecond = 6.0;
    bool moves = true;             ///< light of a step fades in pictures between; without: one picture per step
    int lightMs = 120;             ///< how long it moves
    uint32_t firstHoldTicks = 25;  ///< the canvas before the first step
    uint32_t lastHoldTicks = 50;
};

/// What an animation of a run of `steps` steps shows: frames 0..steps, each step as near to its time as whole ticks allow, so that the
/// error does not add up. At most one step per tick.
std::vector<Moment> planAnimation(uint32_t steps, const AnimationSettings& settings);

uint64_t ticksOf(const std::vector<Moment>& moments);

}  // namespace crystallite
