#pragma once

#include "engine/trace/trace.h"

#include <span>
#include <string>
#include <string_view>

namespace crystallite {

/// A random UUID (version 4, RFC 9562) in lower case, from the system's randomness. Any thread.
std::string newRunId();

/// Of a run that was recorded without an id: a UUID (version 8) from the XXH3-128 of its header and prompt, so that every copy of the file
/// gives the same one, however many steps it has.
std::string derivedRunId(const TraceHeader& header, std::span<const TokenId> promptIds);

/// Whether a text has the form of a run's id: 1 to 64 digits, Latin letters and hyphens.
bool isRunId(std::string_view text);

/// Now, in UTC as TraceHeader::startedAt has it.
std::string utcNow();

}  // namespace crystallite
