#include "app/playback.h"

#include "app/run_document.h"
#include "app/trace_events.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace crystallite {
namespace {

constexpr double kSlowest = 0.25;
constexpr double kFastest = 8.0;
// A display frame; the clock decides when a step is due, this only how late it may be.
constexpr int kTickMs = 16;

}  // namespace

void PlaybackClock::start(PlayDirection direction, int64_t nowMs) {
    playing_ = true;
    direction_ = direction;
    progress_ = 0.0;
    lastMs_ = nowMs;
}

int PlaybackClock::takeDueSteps(int64_t nowMs) {
    if (!playing_) {
        return 0;
    }
    progress_ += static_cast<double>(nowMs - lastMs_) * stepsPerSecond() / 1000.0;
    lastMs_ = nowMs;
    // Guards against 0.9999 of a step where the sum of the ticks is a whole one.
    const double whole = std::floor(progress_ + 1e-9);
    progress_ -= whole;
    return direction_ == PlayDirection::Forward ? static_cast<int>(whole) : -static_cast<int>(whole);
}

void PlaybackClock::setSpeed(double factor, int64_t nowMs) {
    if (playing_) {
        progress_ += static_cast<double>(nowMs - lastMs_) * stepsPerSecond() / 1000.0;
        lastMs_ = nowMs;
    }
    speed_ = std::clamp(factor, kSlowest, kFastest);
}

Playback::Playback(RunDocument& document, std::function<int64_t()> nowMs, QObject* parent)
    : QObject(parent), document_(document), nowMs_(std::move(nowMs)) {
    timer_.setInterval(kTickMs);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &Playback::tick);
    connect(&document_, &RunDocument::traceReset, this, &Playback::pause);
}

void Playback::play(PlayDirection direction) {
    const uint32_t last = document_.trace().steps();
    if (last == 0) {
        return;
    }
    const bool loops = document_.marks().loops();
    const FrameRange frames = playedFrames(document_.marks(), last);
    const uint32_t frame = document_.frame();
    const bool atEnd = frame == last || document_.followsLive();
    if (direction == PlayDirection::Forward && document_.isLive() && atEnd && !loops) {
        document_.setFollowsLive(true);
        return;
    }
    if (frame < frames.first || frame > frames.last || frame == lastPlayed(frames, direction)) {
        document_.setFrame(firstPlayed(frames, direction));
    }
    clock_.start(direction, nowMs_());
    timer_.start();
    Q_EMIT playingChanged(true);
}

void Playback::pause() {
    if (clock_.isPlaying()) {
        clock_.halt();
        timer_.stop();
        Q_EMIT playingChanged(false);
    }
}

void Playback::toggle() {
    if (clock_.isPlaying()) {
        pause();
    } else {
        play(PlayDirection::Forward);
    }
}

void Playback::stepBy(int steps) {
    pause();
    document_.setFrame(frameAfter(steps));
}

void Playback::stepOn() {
    const bool atEnd = isAtEnd();
    stepBy(1);
    if (atEnd) {
        Q_EMIT wantedBeyondEnd(1);
    }
}

bool Playback::isAtEnd() const {
    return !document_.isEmpty() && !document_.isLive() && document_.frame() == document_.trace().steps();
}

void Playback::seek(uint32_t frame) {
    pause();
    document_.setFrame(frame);
}

void Playback::runTo(PlayDirection direction) {
    const bool forward = direction == PlayDirection::Forward;
    const Trace& trace = document_.trace();
    if (document_.isEmpty()) {
        return;
    }
    if (forward && isAtEnd()) {
        Q_EMIT wantedBeyondEnd(0);
        return;
    }
    const std::set<uint32_t>& keys = document_.marks().breakpoints();
    const auto found = forward ? nextBreak(trace, keys, document_.frame()) : previousBreak(trace, keys, document_.frame());
    if (found) {
        stopAtBreakpoint(found->frame, found->key);
    } else {
        seek(forward ? trace.steps() : 0);
    }
}

void Playback::faster() {
    setSpeed(clock_.speed() * 2.0);
}

void Playback::slower() {
    setSpeed(clock_.speed() / 2.0);
}

void Playback::resetSpeed() {
    setSpeed(1.0);
}

void Playback::setUsualRate(double stepsPerSecond) {
    clock_.setSpeed(clock_.speed(), nowMs_());  // what has passed of the step under way counts at the rate it had
    clock_.setUsualRate(stepsPerSecond);
    Q_EMIT speedChanged(clock_.speed());
}

void Playback::setSpeed(double factor) {
    clock_.setSpeed(factor, nowMs_());
    Q_EMIT speedChanged(clock_.speed());
}

void Playback::tick() {
    const int due = clock_.takeDueSteps(nowMs_());
    if (due == 0) {
        return;
    }
    const PlayProgress progress =
        playOn(document_.trace(), document_.marks(), document_.frame(), clock_.direction(), static_cast<uint32_t>(std::abs(due)));
    if (progress.breakKey) {
        stopAtBreakpoint(progress.frame, *progress.breakKey);
        return;
    }
    document_.setFrame(progress.frame);
    if (progress.ended) {
        pause();
    }
}

void Playback::stopAtBreakpoint(uint32_t frame, uint32_t key) {
    pause();
    document_.setFrame(frame);
    if (document_.isLive()) {
        document_.setFollowsLive(false);  // the newest frame is one to stop at, too
    }
    Q_EMIT stoppedAtBreakpoint(key);
}

uint32_t Playback::frameAfter(int steps) const {
    if (steps > 0 && document_.isLive() && document_.followsLive()) {
        return document_.trace().steps();  // ahead of a cursor that follows there is only the newest step, which may not be shown yet
    }
    const int64_t target = static_cast<int64_t>(document_.frame()) + steps;
    return static_cast<uint32_t>(std::clamp<int64_t>(target, 0, document_.trace().steps()));
}

}  // namespace crystallite
