#pragma once

class QObject;

namespace crystallite {

class EngineWorker;

/// Writes what the engine does into the log: models, devices, runs and their ends. `worker` is borrowed; `context` ends it. No sentence of
/// the engine about a run is taken: it may quote the prompt, and a log is sent to others.
void logSession(const EngineWorker& worker, QObject& context);

/// The first lines of a log: version, Qt, system. Needs the application.
void logStart();

}  // namespace crystallite
