#pragma once

#include "app/theme.h"
#include "engine/trace/trace.h"

#include <QImage>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace crystallite {

/// What the heatmap says of one slot at one frame, in a byte.
namespace heat {
inline constexpr uint8_t kAbsent = 0;   ///< behind the text
inline constexpr uint8_t kHeld = 1;     ///< holds a token
inline constexpr uint8_t kUnknown = 2;  ///< open; the step says nothing about it
inline constexpr uint8_t kCommit = 3;   ///< committed in this step
inline constexpr uint8_t kRevised = 4;  ///< remasked, edited or inserted in this step
inline constexpr uint8_t kEntropy = 5;  ///< and up: open, by entropy on the scale that the canvas has
inline constexpr uint8_t kLevels = 251;
}  // namespace heat

/// One byte for every answer slot of every frame.
class HeatmapCells {
public:
    void reset(const Trace& trace);
    /// The frame behind the last one.
    void append(const Trace& trace);

    [[nodiscard]] uint32_t frames() const { return slots_ == 0 ? 0 : static_cast<uint32_t>(cells_.size() / slots_); }
    [[nodiscard]] uint32_t answerSlots() const { return slots_; }
    [[nodiscard]] std::span<const uint8_t> frame(uint32_t frame) const { return {cells_.data() + size_t{frame} * slots_, slots_}; }

private:
    uint32_t slots_ = 0;
    std::vector<uint8_t> cells_;  // [frames, answer slots]
};

/// A colour for every byte of a cell.
using HeatmapPalette = std::array<QRgb, 256>;
[[nodiscard]] HeatmapPalette heatmapPalette(const Theme& theme);

/// Pixels of a heatmap that is `width` x `height` over columns [begin, begin + span) of the frames.
struct HeatmapGrid {
    int width = 0;
    int height = 0;
    double begin = 0.0;
    double span = 1.0;
    bool dashes = false;  ///< revisions are broken lines: where no colour may be needed to tell them from commits
    int gap = 0;          ///< pixels at the right of a column that stay transparent, where it is wide enough for them
};

/// Pixel columns [left, right) of it. Where several cells fall on a pixel it has the mean of their colours, and when something was
/// committed or revised there, mostly that colour, so that no commit falls between two pixels. Frames without cells are transparent.
[[nodiscard]] QImage drawHeatmap(const HeatmapCells& cells, const HeatmapPalette& palette, const HeatmapGrid& grid, int left, int right);

}  // namespace crystallite
