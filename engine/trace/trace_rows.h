#pragma once

#include "engine/trace/sqlite.h"
#include "engine/trace/trace.h"

#include <filesystem>

namespace crystallite {

// The rows of one run in an open database with the tables of a trace file, for a file with one run and for a library of many.

/// Adds the tables that an older or an empty file lacks, and says whose format it is. Inside a transaction of the caller.
Result<void> createMissingTraceTables(Database& database);

/// Adds a whole run; returns the key that its rows have in `run.id`. Inside a transaction of the caller.
Result<int64_t> insertTrace(Database& database, const Trace& trace);

/// Reads and checks the run of this key, whose rows were written in `format`. Errors name `path`.
Result<Trace> readTraceRows(Database& database, const std::filesystem::path& path, int64_t format, int64_t run);

/// Removes every row of a run. Inside a transaction of the caller.
Result<void> deleteTraceRows(Database& database, int64_t run);

}  // namespace crystallite
