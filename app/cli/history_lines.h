#pragma once

#include "engine/library/run_entry.h"

#include <vector>

namespace crystallite::cli {

/// One run a line on stdout: the beginning of its id, when it was made (UTC), how it ended, its steps, its model, its title or prompt.
void printAsLines(const std::vector<RunEntry>& entries);

/// One object a line on stdout, with every field that the history has of the run. Settings of a run are as they were used.
void printAsJson(const std::vector<RunEntry>& entries);

/// The run in one screen on stdout: what printAsLines() shows, settings, notes, and the answer of its last step with _ for masked slots.
void printRun(const RunEntry& entry, const Trace& trace);

}  // namespace crystallite::cli
