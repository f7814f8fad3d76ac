#pragma once

#include "engine/base/result.h"

#include <string>
#include <vector>

namespace crystallite::cli {

Error badLine(const std::string& file, size_t line, const std::string& what);

/// The lines that are not blank, the first `limit` of them; 0: all. A file without any is an error.
Result<std::vector<std::string>> readLines(const std::string& path, uint32_t limit);

/// The text under `key` of every JSON line; with `PlainLines::Texts` a line that is no JSON object is the text itself.
enum class PlainLines { Texts, Errors };
Result<std::vector<std::string>> readTexts(const std::string& file, const char* key, PlainLines plain, uint32_t limit);

bool wasCancelled(const Error& error);

}  // namespace crystallite::cli
