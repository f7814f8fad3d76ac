#pragma once

#include "engine/library/library_file.h"
#include "engine/trace/sqlite.h"

#include <optional>
#include <utility>
#include <vector>

namespace crystallite {

/// What tells one file from another that has taken its name: device and inode. Nothing where there is no file, or no such number.
using FilePlace = std::optional<std::pair<uint64_t, uint64_t>>;
FilePlace placeOf(const std::filesystem::path& path);

/// The chats that were changed last, newest first; what could be read before an error is there.
Result<void> readChats(Database& database, uint32_t most, std::vector<ChatEntry>& chats);

struct LibraryFile::State {
    std::filesystem::path path;
    Database database;
    FilePlace place;
};

}  // namespace crystallite
