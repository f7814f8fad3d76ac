#include "app/run_marks.h"

#include <algorithm>
#include <utility>

namespace crystallite {

void RunMarks::setBookmarks(std::vector<Bookmark> bookmarks) {
    std::ranges::stable_sort(bookmarks, {}, &Bookmark::frame);
    if (bookmarks != bookmarks_) {
        bookmarks_ = std::move(bookmarks);
        Q_EMIT changed();
    }
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

void RunMarks::clear() {
    bookmarks_.clear();
    range_.reset();
    loops_ = false;
    breakpoints_.clear();
    Q_EMIT changed();
}

}  // namespace crystallite
