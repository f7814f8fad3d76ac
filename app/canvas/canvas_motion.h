#pragma once

#include <cstdint>

namespace crystallite {

inline constexpr int kEventMs = 120;           ///< light of a commit, and the longest cross-fade
inline constexpr int kFastBelowMs = 334;       ///< steps that follow each other sooner come faster than three a second
inline constexpr uint32_t kMostSmoothed = 32;  ///< frames

/// How fast frames follow each other while a run plays or is computed.
struct Pace {
    int intervalMs = 0;  ///< 0: the frame stands, or was stepped to by hand

    /// More than three frames a second: guesses cross-fade, lightness is averaged, and slots that keep changing lose their highlights.
    [[nodiscard]] bool isFast() const { return intervalMs > 0 && intervalMs < kFastBelowMs; }
    /// Frames over which lightness is averaged: those of the last third of a second. A change that comes and goes three times a second, the
    /// most that WCAG 2.3.1 allows, falls out of such a mean; a faster one is left with less than a quarter. 1: nothing to average.
    [[nodiscard]] uint32_t smoothedFrames() const;
    /// Frames of the last second, at least 1.
    [[nodiscard]] uint32_t framesPerSecond() const;
    /// How long light moves after a step: never into the next one.
    [[nodiscard]] int lightMs() const;
    friend bool operator==(const Pace&, const Pace&) = default;
};

/// Light of the last event: snap 1 at the event .. 0 when it is over; fade 0 the frame before .. 1 this frame.
struct Motion {
    float snap = 0.0F;
    float fade = 1.0F;
};

/// `elapsedMs` after the step; without a cross-fade the frame is there at once.
[[nodiscard]] Motion motionAt(double elapsedMs, const Pace& pace, bool crossFades);

}  // namespace crystallite
