#include "app/canvas/canvas_layout.h"

#include "app/canvas/typesetter.h"
#include "engine/base/assert.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

namespace {

constexpr double kSpareAbove = 0.35;  // of the height that is left over: a page sits a little above the middle
constexpr double kMostAbove = 0.12;   // of the viewport
// Of a board: in cells, but for the cell itself.
constexpr double kCellGap = 0.07;
constexpr double kBoxGap = 0.20;
constexpr double kCellType = 0.46;
constexpr double kSmallestCell = 30.0;
constexpr double kLargestCell = 84.0;

}  // namespace

CanvasLayout::CanvasLayout(std::span<const SlotWidth> widths, const LayoutSettings& settings)
    : folds_(settings.folds), promptLength_(settings.promptLength) {
    if (widths.empty()) {
        return;
    }
    if (settings.board && settings.board->cells() == widths.size()) {
        setBoard(*settings.board, settings);
    } else {
        setText(widths, settings);
    }
}

void CanvasLayout::setText(std::span<const SlotWidth> widths, const LayoutSettings& settings) {
    const auto fits = [&](float pixels) {
        Typesetter trial(widths, settings, pixels);
        trial.run();
        return trial.bottom + kMarginPixels / 2.0 <= settings.viewport.height();
    };
    float usual = kLargestType;
    while (usual > kSmallestType && !fits(usual)) {
        usual -= 0.5F;
    }
    answerPixels_ = usual;
    if (settings.fitsRun) {
        while (answerPixels_ > kTiniestType && !fits(answerPixels_)) {
            answerPixels_ -= 0.5F;
        }
    } else {
        answerPixels_ = std::round(usual * static_cast<float>(settings.textZoom) * 2.0F) / 2.0F;
    }
    zoom_ = settings.fitsRun ? static_cast<double>(answerPixels_ / usual) : settings.textZoom;
    Typesetter set(widths, settings, answerPixels_);
    set.run();
    set.moveDown(std::clamp((settings.viewport.height() - set.bottom - kMarginPixels / 2.0) * kSpareAbove, 0.0,
                            settings.viewport.height() * kMostAbove));
    slots_ = std::move(set.slotRects);
    rowOf_ = std::move(set.rowOf);
    blockRules_ = std::move(set.blockRules);
    promptRule_ = set.promptRule;
    rows_ = set.rows;
    rowRoom_ = static_cast<double>(set.rowGap() * answerPixels_);
    contentSize_ = QSizeF(settings.viewport.width(), set.bottom + kMarginPixels / 2.0);
}

void CanvasLayout::setBoard(const GridLayout& board, const LayoutSettings& settings) {
    const auto between = [](uint32_t index, uint32_t boxSide) { return index * kCellGap + (index / boxSide) * (kBoxGap - kCellGap); };
    // Both in cells: where a row or column starts, and how long a side is.
    const auto start = [&](uint32_t index, uint32_t boxSide) { return index + between(index, boxSide); };
    const auto side = [&](uint32_t count, uint32_t boxSide) { return start(count - 1, boxSide) + 1.0; };
    const double across = side(board.columns, board.boxColumns);
    const double down = side(board.rows, board.boxRows);
    const double room =
        std::min((settings.viewport.width() - 2.0 * kMarginPixels) / across, (settings.viewport.height() - 2.0 * kMarginPixels) / down);
    const double usual = std::clamp(room, kSmallestCell, kLargestCell);
    const double cell = std::max(std::round(settings.fitsRun ? std::min(room, usual) : usual * settings.textZoom), 2.0);
    zoom_ = settings.fitsRun ? cell / usual : settings.textZoom;
    rowRoom_ = kCellGap * cell;
    const double left = std::max(std::floor((settings.viewport.width() - across * cell) / 2.0), kLeastMarginPixels);
    const double top = std::max(std::floor((settings.viewport.height() - down * cell) / 2.0), kLeastMarginPixels);
    answerPixels_ = static_cast<float>(cell * kCellType);
    rows_ = board.rows;
    for (uint32_t slot = 0; slot < board.cells(); ++slot) {
        const uint32_t row = slot / board.columns;
        slots_.emplace_back(std::round(left + start(slot % board.columns, board.boxColumns) * cell),
                            std::round(top + start(row, board.boxRows) * cell), cell, cell);
        rowOf_.push_back(row);
    }
    const double half = kBoxGap * cell / 2.0;
    for (uint32_t column = board.boxColumns; column < board.columns; column += board.boxColumns) {
        blockRules_.emplace_back(std::round(left + start(column, board.boxColumns) * cell - half), top, 1.0, std::round(down * cell));
    }
    for (uint32_t row = board.boxRows; row < board.rows; row += board.boxRows) {
        blockRules_.emplace_back(left, std::round(top + start(row, board.boxRows) * cell - half), std::round(across * cell), 1.0);
    }
    contentSize_ = QSizeF(std::max(settings.viewport.width(), left + across * cell), top + down * cell + kMarginPixels / 2.0);
}

float CanvasLayout::promptPixels() const {
    return answerPixels_ * Typesetter::kPromptType;
}

std::optional<uint32_t> CanvasLayout::slotAt(QPointF point) const {
    // The first slot whose row ends below the point; rows are in order, so that only this row needs a look.
    auto slot = std::ranges::partition_point(slots_, [&](const QRectF& rect) { return rect.bottom() < point.y(); });
    for (; slot != slots_.end() && slot->top() <= point.y(); ++slot) {
        if (slot->contains(point)) {
            return static_cast<uint32_t>(slot - slots_.begin());
        }
    }
    return std::nullopt;
}

std::optional<uint32_t> CanvasLayout::nearestSlot(QPointF point) const {
    if (slots_.empty()) {
        return std::nullopt;
    }
    const auto below = std::ranges::partition_point(slots_, [&](const QRectF& rect) { return rect.bottom() < point.y(); });
    const auto inRow = static_cast<size_t>(std::min(below, std::prev(slots_.end())) - slots_.begin());
    return nearestInRow(rowOf_[inRow], point.x());
}

std::optional<SlotRange> CanvasLayout::foldAt(uint32_t position) const {
    const auto behind = std::ranges::upper_bound(folds_, position, {}, &SlotRange::begin);
    if (behind == folds_.begin() || std::prev(behind)->end <= position) {
        return std::nullopt;
    }
    return *std::prev(behind);
}

double CanvasLayout::roomAbove(uint32_t position) const {
    return std::max(rowRoom_ * static_cast<double>(fontPixels(position) / answerPixels_) - 4.0, 2.0);
}

SlotRange CanvasLayout::slotsBetween(double top, double bottom) const {
    const auto begin = std::ranges::partition_point(slots_, [&](const QRectF& rect) { return rect.bottom() < top; });
    const auto end = std::ranges::partition_point(slots_, [&](const QRectF& rect) { return rect.top() <= bottom; });
    return {.begin = static_cast<uint32_t>(begin - slots_.begin()), .end = static_cast<uint32_t>(std::max(begin, end) - slots_.begin())};
}

uint32_t CanvasLayout::nearestInRow(uint32_t row, double x) const {
    const auto range = std::ranges::equal_range(rowOf_, row);
    ENGINE_ASSERT(!range.empty());
    const auto distance = [&](uint32_t position) { return std::abs(slots_[position].center().x() - x); };
    auto best = static_cast<uint32_t>(range.begin() - rowOf_.begin());
    for (uint32_t position = best; position < static_cast<uint32_t>(range.end() - rowOf_.begin()); ++position) {
        best = distance(position) < distance(best) ? position : best;
    }
    return best;
}

uint32_t CanvasLayout::neighbour(uint32_t position, Direction direction) const {
    ENGINE_ASSERT(position < size());
    const uint32_t row = rowOf_[position];
    const double x = slots_[position].center().x();
    switch (direction) {
        case Direction::Left: return position == 0 ? 0 : position - 1;
        case Direction::Right: return std::min(position + 1, size() - 1);
        case Direction::Up: return row == 0 ? position : nearestInRow(row - 1, x);
        case Direction::Down: return row + 1 == rows_ ? position : nearestInRow(row + 1, x);
    }
    return position;
}

}  // namespace crystallite
