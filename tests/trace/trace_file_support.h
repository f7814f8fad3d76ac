#pragma once

#include "engine/trace/trace.h"

#include <filesystem>
#include <string>

namespace crystallite {

/// `steps` steps of `actual` are those of `expected`, with everything that a file keeps of a run; a file from before format 6 has no id.
void expectSameRun(const Trace& actual, const Trace& expected, uint32_t steps, bool hasId = true);

/// Runs SQL on a trace file as another program would.
void tamper(const std::filesystem::path& path, const std::string& sql);

std::string contentsOf(const std::filesystem::path& path);

void writeFile(const std::filesystem::path& path, const std::string& contents);

}  // namespace crystallite
