#include "app/run_manners.h"

#include "app/run_document.h"

#include <QSettings>

#include <utility>

namespace crystallite {
namespace {

const QString kTellsEnds = QStringLiteral("desktop/notifyAtEnd");

/// No word of the prompt or the answer: a notification is read by whoever stands before the screen.
QString endText(const Trace& trace) {
    const auto steps = static_cast<int>(trace.steps());
    switch (trace.status()) {
        case RunStatus::Complete: return RunManners::tr("The run is complete after %n step(s).", nullptr, steps);
        case RunStatus::Failed: return RunManners::tr("The run failed after %n step(s).", nullptr, steps);
        default: return RunManners::tr("The run was stopped after %n step(s).", nullptr, steps);
    }
}

}  // namespace

RunManners::RunManners(const RunDocument& document, DesktopServices& services, std::function<bool()> isLookedAt, QObject* parent)
    : QObject(parent), document_(document), services_(services), isLookedAt_(std::move(isLookedAt)) {
    connect(&document, &RunDocument::liveChanged, this, &RunManners::take);
    // A run that replaces a live one is live without a change, and one that is opened over it ends it.
    connect(&document, &RunDocument::traceReset, this, [this] { take(document_.isLive()); });
}

RunManners::~RunManners() {
    if (isAwake_) {
        services_.letSleep();
    }
}

bool RunManners::tellsEnds() {
    return QSettings().value(kTellsEnds, true).toBool();
}

void RunManners::setTellsEnds(bool on) {
    QSettings().setValue(kTellsEnds, on);
}

void RunManners::take(bool live) {
    if (std::exchange(isAwake_, live) == live) {
        return;
    }
    if (live) {
        services_.keepAwake(tr("A diffusion run is in progress"));
        return;
    }
    services_.letSleep();
    const bool hasEnded = !document_.isEmpty() && document_.trace().status() != RunStatus::Running;
    if (hasEnded && tellsEnds() && !isLookedAt_()) {
        services_.notify(QStringLiteral("Crystallite"), endText(document_.trace()));
    }
}

}  // namespace crystallite
