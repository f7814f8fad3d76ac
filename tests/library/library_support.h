#pragma once

#include "engine/library/library_file.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace crystallite {

/// What tells the runs of a test apart.
struct LibraryRun {
    std::string id;
    std::string prompt = "Once upon a time";
    uint32_t steps = 3;
    std::string parent;
    uint32_t parentStep = 0;
    std::string startedAt = "2026-01-02T03:04:05Z";
};
Trace libraryTrace(const LibraryRun& run);

std::vector<std::string> idsOf(const std::vector<RunEntry>& entries);
/// Those that `typed` finds, sorted; of the trash with `trashed`.
std::vector<std::string> listedIds(LibraryFile& library, std::string_view typed = "", bool trashed = false);

}  // namespace crystallite
