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
    connect(&document, &RunDocument::liveChanged, this, [this](bool live) {
        const bool wasAwake = isAwake_;
        keepPace(live);
        if (wasAwake && !live) {
            tellEnd();
        }
    });
    // Told before liveChanged(): what is opened over a run ends it, and is not the run that has ended.
    connect(&document, &RunDocument::traceReset, this, [this] { keepPace(document_.isLive()); });
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

void RunManners::keepPace(bool live) {
    if (std::exchange(isAwake_, live) == live) {
        return;
    }
    if (live) {
        services_.keepAwake(tr("A diffusion run is in progress"));
    } else {
        services_.letSleep();
    }
}

void RunManners::tellEnd() {
    if (tellsEnds() && !isLookedAt_()) {
        services_.notify(QStringLiteral("Crystallite"), endText(document_.trace()));
    }
}

}  // namespace crystallite
