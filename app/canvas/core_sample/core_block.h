#pragma once

#include "app/canvas/cell_visual.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace crystallite {

/// What stands in one slot at one frame, as far as the core sample shows it.
enum class TileKind : uint8_t {
    Absent,      ///< behind the text; nothing is drawn
    Unmeasured,  ///< open; no belief recorded
    Open,        ///< open; `fill` is its entropy
    Held,        ///< holds a token that was committed in an earlier step
    Given,       ///< holds a token of the prompt, or a pinned one
    Committed,   ///< committed by the step that made this frame
    Revised,     ///< remasked or edited by it
};

inline constexpr size_t kTileKinds = 7;

struct CoreTile {
    TileKind kind = TileKind::Absent;
    bool end = false;      ///< holds an end-of-text id
    bool eligible = true;  ///< open, and the step could have committed it
    float fill = 0.0F;     ///< entropy on the fixed scale of the canvas, 0..1; TileKind::Open alone
    friend bool operator==(const CoreTile&, const CoreTile&) = default;
};

/// Every part of a tile is a part of the same slot's facet on the page, and so has the same field of the trace behind it.
[[nodiscard]] CoreTile coreTileOf(const CellVisual& visual);

/// A stretch of the life of one slot, frames [begin, end), in which it looks the same: a prism of the block.
struct CoreSegment {
    uint32_t begin = 0;
    uint32_t end = 0;
    CoreTile tile;     ///< of its first frame
    float low = 0.0F;  ///< least and greatest fill in it
    float high = 0.0F;
    /// What is drawn: no frame's own fill is farther from it than CoreBlock::tolerance().
    [[nodiscard]] float fill() const { return (low + high) / 2.0F; }
};

/// The whole run as one column of segments per slot. A run of 1,024 slots and steps has a million tiles; but a slot is open, is committed,
/// and is held, so that its life is a handful of prisms once neighbouring frames of almost the same entropy are merged. Drawing a textured
/// plane per step instead would blend every pixel a thousand times over; marching through a volume needs a GPU. The price is a bounded
/// error of the entropy that is drawn, and of nothing else. The tolerance starts below what an eye can tell apart and doubles while there
/// are more segments than kMostSegments.
class CoreBlock {
public:
    /// As far as the trace goes. Keeps what is there and adds the frames that are new.
    void grow(const Trace& trace, const VisualSettings& settings);
    void clear();

    [[nodiscard]] uint32_t frames() const { return frames_; }
    [[nodiscard]] std::span<const std::vector<CoreSegment>> columns() const { return columns_; }  ///< by position, rising frames
    [[nodiscard]] size_t segments() const { return segments_; }
    /// Of the fill that is drawn from that of each frame, 0..1.
    [[nodiscard]] float tolerance() const { return tolerance_; }
    [[nodiscard]] bool holds(TileKind kind) const { return kinds_[static_cast<size_t>(kind)]; }  ///< anywhere
    [[nodiscard]] bool holdsEnd() const { return holdsEnd_; }

    static constexpr float kFinestTolerance = 1.0F / 32.0F;
    static constexpr size_t kMostSegments = 40'000;

private:
    void append(const Trace& trace, const VisualSettings& settings);
    void coarsen();

    std::vector<std::vector<CoreSegment>> columns_;
    std::array<bool, kTileKinds> kinds_{};
    bool holdsEnd_ = false;
    uint32_t frames_ = 0;
    size_t segments_ = 0;
    float tolerance_ = kFinestTolerance;
};

}  // namespace crystallite
