#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crystallite {

/// A turn of a kept conversation.
struct KeptTurn {
    bool isAnswer = false;  ///< of the assistant; else the user's
    std::string text;
    std::string run;  ///< of an answer that is as a run wrote it, TraceHeader::id; empty: a person wrote or changed it
    friend bool operator==(const KeptTurn&, const KeptTurn&) = default;
};

/// A conversation of a person with models.
struct ChatEntry {
    std::string id;       ///< isRunId() of trace/run_id.h
    int64_t changed = 0;  ///< milliseconds since 1970, UTC
    std::string system;   ///< empty: what the model's format has
    std::vector<KeptTurn> turns;
    friend bool operator==(const ChatEntry&, const ChatEntry&) = default;
};

}  // namespace crystallite
