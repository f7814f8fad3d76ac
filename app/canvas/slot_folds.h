#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <vector>

namespace crystallite {

/// Slots [begin, end).
struct SlotRange {
    uint32_t begin = 0;
    uint32_t end = 0;
    [[nodiscard]] uint32_t length() const { return end - begin; }
    friend bool operator==(const SlotRange&, const SlotRange&) = default;
};

inline constexpr uint32_t kLeastFold = 4;  ///< fewer end-of-text slots in a row are not worth a tile of their own

/// The longest runs of answer slots that hold end-of-text or padding on the last frame, each of at least kLeastFold slots, rising. They
/// follow from the last frame alone, so that folding them moves no slot between two frames. None for a board.
[[nodiscard]] std::vector<SlotRange> endRuns(const Trace& trace);

/// What a folded run holds at a frame. The parts add up to its slots.
struct FoldCount {
    uint32_t ends = 0;
    uint32_t open = 0;
    uint32_t others = 0;     ///< tokens that are not an end
    bool committed = false;  ///< a slot of it was committed in the step that made the frame
    friend bool operator==(const FoldCount&, const FoldCount&) = default;
};
[[nodiscard]] FoldCount countFold(const Trace& trace, uint32_t frame, SlotRange fold);

}  // namespace crystallite
