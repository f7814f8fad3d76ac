#pragma once

#include <QDateTime>
#include <QString>

namespace crystallite {

struct TraceHeader;

/// A file name for a run, from the last words of its prompt and its seed: "a-little-rabbit-seed-1.crystal".
[[nodiscard]] QString suggestedName(const TraceHeader& header);

/// A file name for the journal of a run that begins at `begun`: unique, sorted by time, and readable without opening it.
[[nodiscard]] QString journalName(const TraceHeader& header, const QDateTime& begun);

}  // namespace crystallite
