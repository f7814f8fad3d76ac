#pragma once

#include "app/canvas/flash_check.h"
#include "app/export/export_request.h"
#include "engine/exchange/export_sink.h"

#include <functional>

namespace crystallite {

/// What was written.
struct ExportOutcome {
    uint64_t bytes = 0;
    double stepsPerSecond = 0.0;  ///< of an animation: as asked, or slower
    QString note;                 ///< a sentence about it; empty: nothing to say
};

/// Writes the run as asked. The file is there only when it is whole, and the one that it replaces stays until then. An animation is made
/// slower until no slot flashes more than three times a second (WCAG 2.3.1), and the note says so. UI thread; `watch` is asked after every
/// picture, and may run the event loop.
Result<ExportOutcome> exportRun(const Trace& trace, ExportRequest request, const ExportWatch& watch);

/// The fastest speed, at most the one asked for, at which a run is safe to watch.
struct SafeSpeed {
    double stepsPerSecond = 0.0;
    QString reason;  ///< why it is slower than asked; empty: it is not
};
/// `check` plays the run at a speed. InvalidArgument where no speed is safe.
Result<SafeSpeed> safeSpeed(double wanted, const std::function<FlashReport(double stepsPerSecond)>& check);

}  // namespace crystallite
