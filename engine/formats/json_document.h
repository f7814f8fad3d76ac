#pragma once

#include "engine/base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string_view>

namespace crystallite {

/// Parses JSON from a file that nobody vouches for. `name` stands for it in messages. Corrupt when it is not JSON, holds a key twice in
/// one object (readers would disagree about which counts) or is nested deeper than any known file.
Result<nlohmann::json> parseJsonDocument(std::string_view text, std::string_view name);

/// The same for a file of at most `mostBytes`. NotFound and Io as MappedFile::open.
Result<nlohmann::json> readJsonDocument(const std::filesystem::path& path, uint64_t mostBytes);

}  // namespace crystallite
