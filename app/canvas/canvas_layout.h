#pragma once

#include "app/canvas/slot_folds.h"
#include "app/canvas/slot_widths.h"
#include "engine/trace/block_grid.h"
#include "engine/trace/grid_layout.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace crystallite {

enum class Direction : uint8_t { Left, Right, Up, Down };

struct LayoutSettings {
    QSizeF viewport;        ///< logical pixels
    double textZoom = 1.0;  ///< on top of the size that fills the viewport
    bool fitsRun = false;   ///< in place of textZoom: the largest type, however small, at which the whole run is in view
    uint32_t promptLength = 0;
    std::optional<BlockGrid> blocks;  ///< none: no borders between them
    std::optional<GridLayout> board;
    std::vector<SlotRange> folds;  ///< rising; each is set as one tile
    bool stripAbove = false;       ///< rows keep room for a strip above them
};

/// Where every slot of a run stands. Pure geometry in logical pixels, origin at the top left of the content.
class CanvasLayout {
public:
    CanvasLayout() = default;
    /// Each fold is one tile, and its slots all have its rectangle. The largest type at which everything is in view, between kLargestType
    /// and kSmallestType; below that the canvas scrolls. The slots of a board are square cells instead, as large as the viewport allows.
    CanvasLayout(std::span<const SlotWidth> widths, const LayoutSettings& settings);

    [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(slots_.size()); }
    [[nodiscard]] const QRectF& slot(uint32_t position) const { return slots_[position]; }
    [[nodiscard]] uint32_t rowOf(uint32_t position) const { return rowOf_[position]; }
    [[nodiscard]] uint32_t rows() const { return rows_; }
    /// Type size of the slot; the prompt is set smaller than the answer.
    [[nodiscard]] float fontPixels(uint32_t position) const { return position < promptLength_ ? promptPixels() : answerPixels_; }
    [[nodiscard]] float answerPixels() const { return answerPixels_; }
    [[nodiscard]] float promptPixels() const;
    /// Type size over the one that textZoom 1 gives.
    [[nodiscard]] double zoom() const { return zoom_; }
    [[nodiscard]] const QSizeF& contentSize() const { return contentSize_; }
    /// Under the prompt, over the whole measure; empty without a prompt.
    [[nodiscard]] const QRectF& promptRule() const { return promptRule_; }
    /// Lines between two blocks, or between the boxes of a board.
    [[nodiscard]] const std::vector<QRectF>& blockRules() const { return blockRules_; }

    [[nodiscard]] std::optional<uint32_t> slotAt(QPointF point) const;
    /// The slot whose centre is nearest among those of the row at or below the point; nothing on an empty canvas.
    [[nodiscard]] std::optional<uint32_t> nearestSlot(QPointF point) const;
    /// The fold that `position` is in.
    [[nodiscard]] std::optional<SlotRange> foldAt(uint32_t position) const;
    /// Free height between the slot and what stands above it.
    [[nodiscard]] double roomAbove(uint32_t position) const;
    /// Slots of the rows that reach into `top` .. `bottom`.
    [[nodiscard]] SlotRange slotsBetween(double top, double bottom) const;
    /// Where an arrow key leads from `position`; `position` itself at an edge.
    [[nodiscard]] uint32_t neighbour(uint32_t position, Direction direction) const;

    static constexpr float kLargestType = 32.0F;
    static constexpr float kSmallestType = 13.0F;
    static constexpr float kTiniestType = 1.5F;  ///< of LayoutSettings::fitsRun

private:
    void setText(std::span<const SlotWidth> widths, const LayoutSettings& settings);
    void setBoard(const GridLayout& board, const LayoutSettings& settings);
    [[nodiscard]] uint32_t nearestInRow(uint32_t row, double x) const;

    std::vector<QRectF> slots_;
    std::vector<uint32_t> rowOf_;
    std::vector<QRectF> blockRules_;
    QRectF promptRule_;
    QSizeF contentSize_;
    std::vector<SlotRange> folds_;
    double zoom_ = 1.0;
    double rowRoom_ = 0.0;
    float answerPixels_ = kLargestType;
    uint32_t promptLength_ = 0;
    uint32_t rows_ = 0;
};

}  // namespace crystallite
