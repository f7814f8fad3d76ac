#include "app/live_stops.h"

#include "app/run_document.h"
#include "app/trace_events.h"

#include <utility>

namespace crystallite {

LiveStops::LiveStops(RunDocument& document, QObject* parent) : QObject(parent), document_(document) {
    connect(&document_, &RunDocument::stepAppended, this, &LiveStops::take);
    connect(&document_, &RunDocument::frameChanged, this, &LiveStops::examine);
    connect(&document_, &RunDocument::traceReset, this, &LiveStops::disarm);
    connect(&document_, &RunDocument::liveChanged, this, [this](bool live) {
        if (const auto missed = live ? std::nullopt : std::exchange(armed_, std::nullopt)) {
            Q_EMIT runEndedBefore(*missed);
        }
    });
}

/// The cursor moves after this; only a step that it moves to because it follows is one to stop at, not one that a person goes to.
void LiveStops::take(uint32_t step) {
    if (document_.followsLive()) {
        arrived_ = step;
    } else if (armed_ && fulfils(*armed_, document_.trace(), step)) {
        const StopCondition met = *std::exchange(armed_, std::nullopt);
        Q_EMIT conditionMet(met, step);
    }
}

void LiveStops::examine(uint32_t frame) {
    if (std::exchange(arrived_, std::nullopt) != frame) {
        return;
    }
    if (armed_ && fulfils(*armed_, document_.trace(), frame)) {
        const StopCondition met = *std::exchange(armed_, std::nullopt);
        document_.setFollowsLive(false);
        Q_EMIT conditionMet(met, frame);
    } else if (const auto key = breakAt(document_.trace(), document_.marks().breakpoints(), frame)) {
        document_.setFollowsLive(false);
        Q_EMIT stoppedAtBreakpoint(*key);
    }
}

}  // namespace crystallite
