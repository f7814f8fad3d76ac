#pragma once

#include "engine/trace/bookmark.h"

#include <QObject>

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace crystallite {

/// Frames first..last, both included.
struct FrameRange {
    uint32_t first = 0;
    uint32_t last = 0;
    friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

/// `range` with its first frame at `frame`; it ends with the run where it would be empty or was not set.
[[nodiscard]] FrameRange rangeFrom(const std::optional<FrameRange>& range, uint32_t frame, uint32_t lastFrame);
/// `range` with its last frame at `frame`; it begins with the run where it would be empty or was not set.
[[nodiscard]] FrameRange rangeUpTo(const std::optional<FrameRange>& range, uint32_t frame);

/// What a person has marked in the run that a window shows. Part of RunDocument; UI thread.
class RunMarks : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Rising by frame.
    [[nodiscard]] const std::vector<Bookmark>& bookmarks() const { return bookmarks_; }
    void setBookmarks(std::vector<Bookmark> bookmarks);
    [[nodiscard]] const Bookmark* bookmarkAt(uint32_t frame) const;
    void putBookmark(Bookmark bookmark);  ///< in place of those at its frame
    void removeBookmark(uint32_t frame);
    /// What playback stays in while it loops.
    [[nodiscard]] const std::optional<FrameRange>& range() const { return range_; }
    void setRange(std::optional<FrameRange> range);
    [[nodiscard]] bool loops() const { return loops_; }
    void setLoops(bool loops);
    /// Keys (Canvas::key) of the slots whose change, or whose change of the likeliest candidate, stops playback.
    [[nodiscard]] const std::set<uint32_t>& breakpoints() const { return breakpoints_; }
    void setBreakpoints(std::set<uint32_t> breakpoints);
    void toggleBreakpoint(uint32_t key);
    /// Those of the same run in another form; a person did not edit them.
    void takeBookmarks(std::vector<Bookmark> bookmarks);
    /// As at the start of another run, which brings its bookmarks.
    void reset(std::vector<Bookmark> bookmarks);

Q_SIGNALS:
    void changed();
    void bookmarksEdited();  ///< by a person, not by another run

private:
    std::vector<Bookmark> bookmarks_;
    std::optional<FrameRange> range_;
    bool loops_ = false;
    std::set<uint32_t> breakpoints_;
};

}  // namespace crystallite
