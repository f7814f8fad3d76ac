#include "app/live_stops.h"

#include "app/run_document.h"
#include "app/trace_events.h"

#include <utility>

namespace crystallite {

LiveStops::LiveStops(RunDocument& document, QObject* parent) : QObject(parent), document_(document) {
    connect(&document_, &RunDocument::stepAppended, this, &LiveStops::examine);
    connect(&document_, &RunDocument::traceReset, this, &LiveStops::disarm);
    connect(&document_, &RunDocument::liveChanged, this, [this](bool live) {
        if (const auto missed = live ? std::nullopt : std::exchange(armed_, std::nullopt)) {
            Q_EMIT runEndedBefore(*missed);
        }
    });
}

/// Every step that arrives, whether it is to be shown or not: the cursor stops on the very step. Where it stands elsewhere it stays.
void LiveStops::examine(uint32_t step) {
    if (armed_ && fulfils(*armed_, document_.trace(), step)) {
        const StopCondition met = *std::exchange(armed_, std::nullopt);
        stopAt(step);
        Q_EMIT conditionMet(met, step);
    } else if (!document_.followsLive()) {
        return;
    } else if (const auto key = breakAt(document_.trace(), document_.marks().breakpoints(), step)) {
        stopAt(step);
        Q_EMIT stoppedAtBreakpoint(*key);
    }
}

void LiveStops::stopAt(uint32_t step) {
    if (document_.followsLive()) {
        document_.setFrame(step);
        document_.setFollowsLive(false);
    }
}

}  // namespace crystallite
