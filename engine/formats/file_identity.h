#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace crystallite {

/// 32 hex digits by which a model's files are recognised wherever they lie and whatever they are called: XXH3-128 of a sample, so that a
/// hundred gigabytes take as long as one. It is not the fingerprint of a trace, which answers for every byte. `path` as for openModel(); of
/// a split model every part gives the same. Errors as MappedFile::open() and SafetensorsFolder::open().
Result<std::string> identityOf(const std::filesystem::path& path);

/// The same of mapped files: their sizes, the first megabyte of each (all of its metadata that names it), and 64 places evenly spread over
/// the rest, of 4 KiB; a file that is no longer than these is taken as a whole. `note` is hashed with them.
std::string sampledIdentity(std::span<const std::span<const std::byte>> files, std::string_view note);

}  // namespace crystallite
