#pragma once

#include "engine/trace/bookmark.h"
#include "engine/trace/decode_settings.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace crystallite {

/// How a run came into the library.
enum class RunSource : uint8_t {
    Ended = 0,      ///< it ended here
    Recovered = 1,  ///< its process died; what it had finished was found at a later start
    File = 2        ///< a trace file that was opened: the library refers to it and holds no steps
};

/// One run as a list shows it, without its steps.
struct RunEntry {
    std::string id;      ///< TraceHeader::id
    std::string parent;  ///< id of the run that this one left; empty: none
    uint32_t parentStep = 0;
    RunSource source = RunSource::Ended;
    std::string file;       ///< the trace file that it was opened from; empty: none
    bool hasSteps = false;  ///< the library holds the run itself
    int64_t created = 0;    ///< milliseconds since 1970, UTC
    int64_t trashed = 0;    ///< the same; 0: not in the trash
    RunStatus status = RunStatus::Complete;
    uint32_t steps = 0;  ///< finished
    std::string title;   ///< given by a person; empty: none
    std::string note;
    std::string model;
    std::string prompt;  ///< its first kLongestPromptShown bytes
    uint32_t length = 0;
    uint32_t plannedSteps = 0;
    uint32_t blockLength = 0;
    double temperature = 0.0;
    uint64_t seed = 0;
    std::string policy;
    std::vector<Bookmark> bookmarks;  ///< of a run that the library holds
    std::string hit;                  ///< what a search found, with each hit between kHitBegin and kHitEnd
    friend bool operator==(const RunEntry&, const RunEntry&) = default;
};

inline constexpr size_t kLongestPromptShown = 400;
inline constexpr size_t kLongestTitle = 400;
inline constexpr size_t kLongestRunNote = 64 * 1024;
inline constexpr char kHitBegin = '\x02';
inline constexpr char kHitEnd = '\x03';

}  // namespace crystallite
