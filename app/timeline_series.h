#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace crystallite {

/// What the rows of the timeline draw of one frame. Frame 0 has nothing but its masked slots.
struct FrameNumbers {
    uint32_t masked = 0;                ///< open slots of the canvas
    std::optional<double> meanEntropy;  ///< nats, over the beliefs of the step; nothing when it has none
    bool byHand = false;                ///< a person made the step
    std::vector<EventKind> revisions;   ///< remasks, edits, inserts and deletes, in their order
    uint32_t commits = 0;
    double milliseconds = 0.0;  ///< measured wall time of the step
    uint32_t block = 0;         ///< 0-based
};

/// Frames first..last that work on one block.
struct BlockSpan {
    uint32_t block = 0;
    uint32_t first = 0;
    uint32_t last = 0;
    friend bool operator==(const BlockSpan&, const BlockSpan&) = default;
};

/// What the rows are drawn by: tops of their axes, all of which start at 0 and end at round numbers, so that they rest while steps arrive.
struct TimelineScales {
    double entropyNats = 1.0;   ///< at least the largest mean entropy
    double commits = 1.0;       ///< at least mostCommits
    uint32_t mostCommits = 1;   ///< of a step; 1 before the first
    double milliseconds = 1.0;  ///< of all but the slowest twentieth, at least one: a slow first step does not flatten the others
    friend bool operator==(const TimelineScales&, const TimelineScales&) = default;
};

/// The numbers of every frame of a run, so that drawing all of them does not walk the trace.
class TimelineSeries {
public:
    void reset(const Trace& trace);
    /// The frame behind the last one.
    void append(const Trace& trace);

    [[nodiscard]] uint32_t frames() const { return static_cast<uint32_t>(numbers_.size()); }
    [[nodiscard]] const FrameNumbers& at(uint32_t frame) const { return numbers_[frame]; }
    [[nodiscard]] const TimelineScales& scales() const { return scales_; }
    /// In time; a run may come back to a block.
    [[nodiscard]] const std::vector<BlockSpan>& blocks() const { return blocks_; }
    [[nodiscard]] std::optional<BlockSpan> blockAt(uint32_t frame) const;

private:
    void add(const Trace& trace, uint32_t frame);
    void refreshScales();

    std::vector<FrameNumbers> numbers_;
    std::vector<BlockSpan> blocks_;
    TimelineScales scales_;
};

/// 1, 2 or 5 times a power of ten: the smallest that is at least `value`, which is positive.
[[nodiscard]] double niceCeiling(double value);
/// Steps between two numbers of a ruler on which a step is `stepWidth` wide and a number needs `leastWidth`: 1, 2, 5, 10, 20, …
[[nodiscard]] uint32_t tickSpacing(double stepWidth, double leastWidth);

}  // namespace crystallite
