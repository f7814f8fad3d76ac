#pragma once

#include "engine/trace/sqlite.h"
#include "engine/trace/trace.h"

#include <filesystem>
#include <vector>

namespace crystallite {

/// What a trace file says of a run before its steps.
struct RunBeginning {
    int64_t id = 0;  ///< of its rows
    RunStatus status = RunStatus::Stopped;
    TraceHeader header;
    std::vector<TokenId> promptIds;
    std::vector<PinnedSlot> pinned;
};

/// Reads it from tables that were written in `format`, and checks every field against its range and against the others. Errors name
/// `path`. Corrupt: a field is missing or impossible. Unsupported: a setting that this program does not know.
Result<RunBeginning> readRunBeginning(Database& database, const std::filesystem::path& path, int64_t format, int64_t run);

}  // namespace crystallite
