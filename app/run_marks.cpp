#include "app/run_marks.h"

#include <algorithm>
#include <utility>

namespace crystallite {

FrameRange rangeFrom(const std::optional<FrameRange>& range, uint32_t frame, uint32_t lastFrame) {
    return {.first = frame, .last = range && range->last >= frame ? range->last : lastFrame};
}

FrameRange rangeUpTo(const std::optional<FrameRange>& range, uint32_t frame) {
    return {.first = range && range->first <= frame ? range->first : 0, .last = frame};
}

void RunMarks::setBookmarks(std::vector<Bookmark> bookmarks) {
    std::ranges::stable_sort(bookmarks, {}, &Bookmark::frame);
    if (bookmarks != bookmarks_) {
        bookmarks_ = std::move(bookmarks);
        Q_EMIT bookmarksEdited();
        Q_EMIT changed();
    }
}

const Bookmark* RunMarks::bookmarkAt(uint32_t frame) const {
    const auto found = std::ranges::find(bookmarks_, frame, &Bookmark::frame);
    return found == bookmarks_.end() ? nullptr : &*found;
}

void RunMarks::putBookmark(Bookmark bookmark) {
    std::vector<Bookmark> bookmarks = bookmarks_;
    std::erase_if(bookmarks, [&bookmark](const Bookmark& other) { return other.frame == bookmark.frame; });
    bookmarks.push_back(std::move(bookmark));
    setBookmarks(std::move(bookmarks));
}

void RunMarks::removeBookmark(uint32_t frame) {
    std::vector<Bookmark> bookmarks = bookmarks_;
    std::erase_if(bookmarks, [frame](const Bookmark& bookmark) { return bookmark.frame == frame; });
    setBookmarks(std::move(bookmarks));
}

void RunMarks::setRange(std::optional<FrameRange> range) {
    if (range != range_) {
        range_ = range;
        Q_EMIT changed();
    }
}

void RunMarks::setLoops(bool loops) {
    if (loops != loops_) {
        loops_ = loops;
        Q_EMIT changed();
    }
}

void RunMarks::setBreakpoints(std::set<uint32_t> breakpoints) {
    if (breakpoints != breakpoints_) {
        breakpoints_ = std::move(breakpoints);
        Q_EMIT changed();
    }
}

void RunMarks::toggleBreakpoint(uint32_t key) {
    std::set<uint32_t> breakpoints = breakpoints_;
    if (breakpoints.erase(key) == 0) {
        breakpoints.insert(key);
    }
    setBreakpoints(std::move(breakpoints));
}

void RunMarks::takeBookmarks(std::vector<Bookmark> bookmarks) {
    bookmarks_ = std::move(bookmarks);
    Q_EMIT changed();
}

void RunMarks::reset(std::vector<Bookmark> bookmarks) {
    bookmarks_ = std::move(bookmarks);
    range_.reset();
    loops_ = false;
    breakpoints_.clear();
    Q_EMIT changed();
}

}  // namespace crystallite
