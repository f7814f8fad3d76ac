#pragma once

#include "engine/base/result.h"
#include "engine/trace/sqlite.h"

#include <filesystem>

namespace crystallite {

/// A library is a trace file with many rows in `run` and the tables of `library_schema.cpp`; `README.md` of this folder documents them.
inline constexpr int64_t kLibraryVersion = 1;

/// An open library with every table of this program; a missing or empty file becomes an empty library. Unsupported: a newer program wrote
/// it. Corrupt: it is no library, or a damaged one.
Result<Database> openLibraryDatabase(const std::filesystem::path& path);

/// Whether the file, which is not changed, is a library and no single trace. Errors as those of openLibraryDatabase().
Result<bool> isLibrary(const std::filesystem::path& path);

}  // namespace crystallite
