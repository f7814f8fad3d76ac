#include "app/live_pace.h"

#include "app/processor_time.h"
#include "app/run_document.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

constexpr double kShareOfProcessors = 0.02;
constexpr double kElsewhere = 0.5;  // of one processor; what draws competes with nothing then
constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;

}  // namespace

ShowBudget::Limits showLimits(bool computesOnProcessors, unsigned processors, double screenHertz) {
    return {.rate = computesOnProcessors ? kShareOfProcessors * std::max(1U, processors) : kElsewhere,
            .leastInterval = static_cast<int64_t>(1e9 / std::clamp(screenHertz, 30.0, 240.0))};
}

LivePace::Clocks showingClocks() {
    QElapsedTimer timer;
    timer.start();
    return {.now = [timer] { return timer.nsecsElapsed(); }, .spent = timeSpentShowing};
}

LivePace::LivePace(RunDocument& document, Clocks clocks, QObject* parent)
    : QObject(parent), document_(document), clocks_(std::move(clocks)) {
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &LivePace::arrived);
    connect(&document_, &RunDocument::traceReset, this, &LivePace::noteAPerson);
    connect(&document_, &RunDocument::frameChanged, this, &LivePace::noteAPerson);
    connect(&document_, &RunDocument::followsLiveChanged, this, &LivePace::noteAPerson);
    connect(&document_, &RunDocument::liveChanged, &later_, &QTimer::stop);
}

void LivePace::setLimits(const ShowBudget::Limits& limits) {
    if (limits != budget_.limits()) {
        budget_ = ShowBudget(limits);
        isAsked_ = true;
    }
}

void LivePace::noteAPerson() {
    isAsked_ = isAsked_ || !isShowing_;
}

void LivePace::arrived() {
    if (std::exchange(isAsked_, false)) {
        budget_.forgive(clocks_.now(), clocks_.spent());
    }
    const int64_t wait = budget_.wait(clocks_.now(), clocks_.spent());
    if (wait == 0) {
        show();
    } else {
        later_.start(static_cast<int>((wait + kNanosecondsPerMillisecond - 1) / kNanosecondsPerMillisecond));
    }
}

void LivePace::show() {
    later_.stop();
    const int64_t now = clocks_.now();
    budget_.shown(now, clocks_.spent());
    Q_EMIT paceChanged(static_cast<int>(std::clamp<int64_t>((now - shownAt_) / kNanosecondsPerMillisecond, 0, 60'000)), budget_.isDear());
    shownAt_ = now;
    isShowing_ = true;
    document_.showNewest();
    isShowing_ = false;
}

}  // namespace crystallite
