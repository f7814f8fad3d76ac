#pragma once

#include <cstdint>

namespace crystallite {

/// The part of a run that the timeline shows, as a value. Frame f is the column [f, f + 1) of a line of `frames` columns; the window is the
/// stretch [begin, begin + span) of that line. Both ends may lie inside a column.
class TimeWindow {
public:
    /// The whole line; at least one frame.
    explicit TimeWindow(uint32_t frames = 1);

    [[nodiscard]] uint32_t frames() const { return frames_; }
    [[nodiscard]] double begin() const { return begin_; }
    [[nodiscard]] double span() const { return span_; }
    [[nodiscard]] double end() const { return begin_ + span_; }
    [[nodiscard]] bool isWhole() const { return span_ >= frames_; }
    /// Frames of which at least a part is shown.
    [[nodiscard]] uint32_t first() const;
    [[nodiscard]] uint32_t last() const;
    /// The whole column of the frame is inside.
    [[nodiscard]] bool shows(uint32_t frame) const;

    /// The same place on a longer or shorter line; a whole line stays whole.
    [[nodiscard]] TimeWindow withFrames(uint32_t frames) const;
    /// `factor` > 1 shows fewer frames. The point `around` of the line keeps its share of the window, except at the ends of the line.
    [[nodiscard]] TimeWindow zoomed(double factor, double around) const;
    [[nodiscard]] TimeWindow panned(double columns) const;
    /// Shows frames first..last, and more around them when they are very few.
    [[nodiscard]] TimeWindow over(uint32_t first, uint32_t last) const;
    [[nodiscard]] TimeWindow whole() const { return TimeWindow(frames_); }
    /// Moved no farther than it needs to show the whole column of `frame`.
    [[nodiscard]] TimeWindow showing(uint32_t frame) const;
    /// Unchanged while it shows `frame`, else turned like a page, so that most of the new page lies ahead in the direction of the move.
    [[nodiscard]] TimeWindow following(uint32_t frame) const;

    friend bool operator==(const TimeWindow&, const TimeWindow&) = default;

private:
    [[nodiscard]] TimeWindow placed(double begin, double span) const;

    uint32_t frames_;
    double begin_ = 0.0;
    double span_;
};

/// Fewest columns that a zoom leaves, where the run has as many.
inline constexpr double kFewestColumns = 8.0;

}  // namespace crystallite
