#pragma once

#include "app/frame_path.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>

namespace crystallite {

class RunDocument;

/// Steps per second at speed 1x.
inline constexpr double kStepsPerSecond = 6.0;
inline constexpr double kReducedStepsPerSecond = 3.0;  ///< with reduced motion

/// When which step is due, as a value: time goes in, steps come out. Nothing here knows a run.
class PlaybackClock {
public:
    void start(PlayDirection direction, int64_t nowMs);
    void halt() { playing_ = false; }
    /// The steps that have become due since the last call, negative when playing backward.
    [[nodiscard]] int takeDueSteps(int64_t nowMs);
    /// 0.25x .. 8x; the step under way keeps its share of the time.
    void setSpeed(double factor, int64_t nowMs);

    [[nodiscard]] bool isPlaying() const { return playing_; }
    [[nodiscard]] PlayDirection direction() const { return direction_; }
    [[nodiscard]] double speed() const { return speed_; }
    [[nodiscard]] double stepsPerSecond() const { return usualRate_ * speed_; }
    /// Steps per second at speed 1x from now on.
    void setUsualRate(double stepsPerSecond) { usualRate_ = stepsPerSecond; }

private:
    double usualRate_ = kStepsPerSecond;
    double progress_ = 0.0;  // steps since the last whole one
    int64_t lastMs_ = 0;
    double speed_ = 1.0;
    bool playing_ = false;
    PlayDirection direction_ = PlayDirection::Forward;
};

/// Moves the cursor of a document in time. Every seek by hand pauses, and a step by hand is shown at once. Playback goes where the marks of
/// the document say: round its range while it loops, and no further than a breakpoint.
class Playback : public QObject {
    Q_OBJECT
public:
    /// `nowMs` counts milliseconds from any origin and never goes back.
    Playback(RunDocument& document, std::function<int64_t()> nowMs, QObject* parent = nullptr);

    [[nodiscard]] bool isPlaying() const { return clock_.isPlaying(); }
    [[nodiscard]] double speed() const { return clock_.speed(); }
    [[nodiscard]] double stepsPerSecond() const { return clock_.stepsPerSecond(); }
    /// Steps per second at speed 1x; the speed that was chosen stays.
    void setUsualRate(double stepsPerSecond);

public Q_SLOTS:
    /// From the last frame, forward play starts again at the first; from the first, backward play starts at the last. While it loops the
    /// first and last frame are those of the range.
    void play(crystallite::PlayDirection direction);
    void pause();
    void toggle();
    void stepBy(int steps);
    /// The next step; behind the last one it is wanted.
    void stepOn();
    void seek(uint32_t frame);
    /// To the next breakpoint in that direction, or to the end there.
    void runTo(crystallite::PlayDirection direction);
    void faster();
    void slower();
    void resetSpeed();
    /// Shows what is due now; the timer calls it, a test may.
    void tick();

Q_SIGNALS:
    void playingChanged(bool playing);
    void speedChanged(double speed);
    /// A step on, or the end, was asked for at the end of what is recorded: so many steps, 0 for all that are left.
    void wantedBeyondEnd(uint32_t steps);
    void stoppedAtBreakpoint(uint32_t key);  ///< of the slot; the document stands on the frame

private:
    void setSpeed(double factor);
    void stopAtBreakpoint(uint32_t frame, uint32_t key);
    [[nodiscard]] bool isAtEnd() const;
    [[nodiscard]] uint32_t frameAfter(int steps) const;

    RunDocument& document_;
    std::function<int64_t()> nowMs_;
    PlaybackClock clock_;
    QTimer timer_;
};

}  // namespace crystallite
