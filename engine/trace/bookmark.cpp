#include "engine/trace/bookmark.h"

#include "engine/text/utf8.h"

namespace crystallite {

std::string findContradiction(const std::vector<Bookmark>& bookmarks, uint32_t steps, uint32_t slots) {
    if (bookmarks.size() > kMostBookmarks) {
        return std::to_string(bookmarks.size()) + " bookmarks, more than " + std::to_string(kMostBookmarks);
    }
    uint32_t earliest = 0;
    for (const Bookmark& bookmark : bookmarks) {
        const std::string name = "a bookmark at step " + std::to_string(bookmark.frame);
        if (bookmark.frame > steps) {
            return name + " of " + std::to_string(steps);
        }
        if (bookmark.frame < earliest) {
            return name + " behind one at step " + std::to_string(earliest);
        }
        if (bookmark.position && *bookmark.position >= slots) {
            return name + " at slot " + std::to_string(*bookmark.position) + " of " + std::to_string(slots);
        }
        if (bookmark.note.size() > kLongestNote) {
            return name + " with a note of " + std::to_string(bookmark.note.size()) + " bytes, more than " + std::to_string(kLongestNote);
        }
        if (wellFormedUtf8Prefix(bookmark.note) != bookmark.note.size()) {
            return name + " with a note that is not UTF-8";
        }
        earliest = bookmark.frame;
    }
    return {};
}

}  // namespace crystallite
