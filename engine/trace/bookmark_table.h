#pragma once

#include "engine/trace/sqlite.h"
#include "engine/trace/trace.h"

namespace crystallite {

/// Adds the bookmarks of a run to the table of an open trace file. Inside a transaction of the caller.
Result<void> insertBookmarks(Database& database, int64_t run, const std::vector<Bookmark>& bookmarks);

/// The position of a bookmark that is about no slot.
inline constexpr int64_t kWithoutSlot = -1;

/// Puts `bookmarks` in the place of those of a run, but for those behind its last step. Inside a transaction of the caller.
Result<void> replaceBookmarks(Database& database, int64_t run, const std::vector<Bookmark>& bookmarks);

/// Reads the bookmarks of a run that `trace` holds already, and checks them against it. Before format 5 there were none.
Result<void> readBookmarks(Database& database, const std::filesystem::path& path, int64_t format, int64_t run, Trace& trace);

}  // namespace crystallite
