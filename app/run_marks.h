#pragma once

#include <QObject>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crystallite {

/// A frame that a person wants to find again, with an optional slot and a note.
struct Bookmark {
    uint32_t frame = 0;
    std::optional<uint32_t> position;
    std::string note;  ///< UTF-8
    friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

/// Frames first..last, both included.
struct FrameRange {
    uint32_t first = 0;
    uint32_t last = 0;
    friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

/// What a person has marked in the run that a window shows. Part of RunDocument; UI thread.
class RunMarks : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Rising by frame.
    [[nodiscard]] const std::vector<Bookmark>& bookmarks() const { return bookmarks_; }
    void setBookmarks(std::vector<Bookmark> bookmarks);
    /// What playback stays in while it loops.
    [[nodiscard]] const std::optional<FrameRange>& range() const { return range_; }
    void setRange(std::optional<FrameRange> range);
    [[nodiscard]] bool loops() const { return loops_; }
    void setLoops(bool loops);
    /// Slots whose commit, or whose change of the likeliest candidate, stops playback.
    [[nodiscard]] const std::set<uint32_t>& breakpoints() const { return breakpoints_; }
    void setBreakpoints(std::set<uint32_t> breakpoints);
    /// As at the start of another run.
    void clear();

Q_SIGNALS:
    void changed();

private:
    std::vector<Bookmark> bookmarks_;
    std::optional<FrameRange> range_;
    bool loops_ = false;
    std::set<uint32_t> breakpoints_;
};

}  // namespace crystallite
