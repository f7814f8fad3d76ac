#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crystallite {

/// Bytes of the longest note of a bookmark, and how many bookmarks a run can have.
inline constexpr size_t kLongestNote = 4096;
inline constexpr size_t kMostBookmarks = 10'000;

/// A frame that a person wants to find again, with an optional slot and a note.
struct Bookmark {
    uint32_t frame = 0;
    std::optional<uint32_t> position;  ///< where the slot stands at that frame
    std::string note;                  ///< UTF-8, at most kLongestNote bytes
    friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

/// Whether `bookmarks` can belong to a run of `steps` steps and `slots` slots: rising by frame, inside the run, with notes that are text.
/// Returns what contradicts, as the rest of a sentence ("a bookmark at step 12 of 8"); empty when nothing does.
std::string findContradiction(const std::vector<Bookmark>& bookmarks, uint32_t steps, uint32_t slots);

}  // namespace crystallite
