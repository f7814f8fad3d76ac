#include "app/canvas/canvas_layout.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

namespace {

// All in em of the row's type unless they say pixels.
constexpr float kPadding = 0.50F;   // on each side of the content
constexpr float kWordGap = 0.36F;   // a space before the token
constexpr float kJoinGap = 0.10F;   // the token continues the word
constexpr float kBlockGap = 0.95F;  // room for the line between two blocks
constexpr float kRowHeight = 2.15F;
constexpr float kRowGap = 0.50F;
constexpr float kPromptType = 0.78F;  // of the answer's type
constexpr float kPromptRowHeight = 1.75F;
constexpr float kPromptRowGap = 0.22F;
constexpr float kPromptSpace = 1.1F;   // between prompt and answer, of the answer's type
constexpr float kMeasure = 62.0F;      // widest row
constexpr float kMostStretch = 0.60F;  // a justified row adds no more than this to a cell
constexpr double kSpareAbove = 0.35;   // of the height that is left over: a page sits a little above the middle
constexpr double kMostAbove = 0.12;    // of the viewport
constexpr double kMarginPixels = 28.0;
constexpr double kLeastMarginPixels = 12.0;
// Of a board: in cells, but for the cell itself.
constexpr double kCellGap = 0.07;
constexpr double kBoxGap = 0.20;
constexpr double kCellType = 0.46;
constexpr double kSmallestCell = 30.0;
constexpr double kLargestCell = 84.0;

/// One way to set the slots at a given type size. Rows are filled greedily and flushed to both edges, as in a page of text.
class Typesetter {
public:
    Typesetter(std::span<const SlotWidth> widths, const LayoutSettings& settings, float pixels)
        : widths_(widths), settings_(settings), pixels_(pixels) {
        const double margin = settings.viewport.width() < 480 ? kLeastMarginPixels : kMarginPixels;
        measure_ = std::max(std::min(settings.viewport.width() - 2.0 * margin, static_cast<double>(kMeasure * pixels)), 1.0);
        left_ = std::floor((settings.viewport.width() - measure_) / 2.0);
        y_ = margin;
    }

    void run() {
        const uint32_t promptLength = settings_.promptLength;
        const auto count = static_cast<uint32_t>(widths_.size());
        setRegion(0, promptLength, pixels_ * kPromptType, kPromptRowHeight, kPromptRowGap);
        if (promptLength > 0 && promptLength < count) {
            y_ += kPromptSpace * pixels_ * 0.5;
            promptRule = QRectF(left_, std::round(y_), measure_, 1.0);
            y_ += kPromptSpace * pixels_ * 0.5;
        }
        setRegion(promptLength, count, pixels_, kRowHeight, kRowGap);
        bottom = y_;
    }

    void moveDown(double pixels) {
        const double whole = std::round(pixels);
        for (std::vector<QRectF>* rects : {&slotRects, &blockRules}) {
            for (QRectF& rect : *rects) {
                rect.translate(0.0, whole);
            }
        }
        promptRule.translate(0.0, whole);
        bottom += whole;
    }

    std::vector<QRectF> slotRects;
    std::vector<uint32_t> rowOf;
    std::vector<QRectF> blockRules;
    QRectF promptRule;
    uint32_t rows = 0;
    double bottom = 0.0;

private:
    [[nodiscard]] bool startsBlock(uint32_t position) const {
        return settings_.blocks && position > settings_.promptLength && settings_.blocks->borderBefore(position) == position;
    }

    [[nodiscard]] double gapBefore(uint32_t position, float pixels) const {
        const float em = startsBlock(position) ? kBlockGap : (widths_[position].wordGap ? kWordGap : kJoinGap);
        return static_cast<double>(em * pixels);
    }

    [[nodiscard]] double cellWidth(uint32_t position, float pixels) const {
        return std::min(static_cast<double>((widths_[position].content + 2.0F * kPadding) * pixels), measure_);
    }

    /// Places slots [begin, end) from y_ on.
    void setRegion(uint32_t begin, uint32_t end, float pixels, float rowHeight, float rowGap) {
        uint32_t first = begin;
        while (first < end) {
            double natural = cellWidth(first, pixels);
            uint32_t last = first + 1;
            while (last < end && !widths_[last - 1].endsRow) {
                const double next = gapBefore(last, pixels) + cellWidth(last, pixels);
                if (natural + next > measure_) {
                    break;
                }
                natural += next;
                ++last;
            }
            const bool broken = last == end || widths_[last - 1].endsRow;
            setRow(first, last, pixels, std::round(static_cast<double>(rowHeight * pixels)), broken ? 0.0 : measure_ - natural);
            y_ += std::round(static_cast<double>(rowGap * pixels));
            first = last;
        }
    }

    void setRow(uint32_t first, uint32_t last, float pixels, double height, double spare) {
        const double most = static_cast<double>(kMostStretch * pixels);
        const double stretch = std::min(spare / static_cast<double>(last - first), most);
        double x = left_;
        for (uint32_t position = first; position < last; ++position) {
            if (position > first) {
                const double gap = gapBefore(position, pixels);
                if (startsBlock(position)) {
                    blockRules.emplace_back(std::round(x + gap / 2.0), y_, 1.0, height);
                }
                x += gap;
            }
            const double width = cellWidth(position, pixels) + stretch;
            // Edges on whole pixels; rounding the running sum keeps the error of a row below one pixel.
            slotRects.emplace_back(std::round(x), y_, std::round(x + width) - std::round(x), height);
            rowOf.push_back(rows);
            x += width;
        }
        y_ += height;
        ++rows;
    }

    std::span<const SlotWidth> widths_;
    const LayoutSettings& settings_;
    float pixels_;
    double measure_ = 0.0;
    double left_ = 0.0;
    double y_ = 0.0;
};

}  // namespace

CanvasLayout::CanvasLayout(std::span<const SlotWidth> widths, const LayoutSettings& settings) : promptLength_(settings.promptLength) {
    if (widths.empty()) {
        return;
    }
    if (settings.board && settings.board->cells() == widths.size()) {
        setBoard(*settings.board, settings);
        return;
    }
    for (float pixels = kLargestType; pixels >= kSmallestType; pixels -= 1.0F) {
        answerPixels_ = pixels;
        Typesetter trial(widths, settings, pixels);
        trial.run();
        if (trial.bottom <= settings.viewport.height()) {
            break;
        }
    }
    answerPixels_ = std::round(answerPixels_ * static_cast<float>(settings.textZoom) * 2.0F) / 2.0F;
    Typesetter set(widths, settings, answerPixels_);
    set.run();
    set.moveDown(std::clamp((settings.viewport.height() - set.bottom) * kSpareAbove, 0.0, settings.viewport.height() * kMostAbove));
    slots_ = std::move(set.slotRects);
    rowOf_ = std::move(set.rowOf);
    blockRules_ = std::move(set.blockRules);
    promptRule_ = set.promptRule;
    rows_ = set.rows;
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
    const double cell = std::round(std::clamp(room, kSmallestCell, kLargestCell) * settings.textZoom);
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
    return answerPixels_ * kPromptType;
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

CanvasLayout::SlotRange CanvasLayout::slotsBetween(double top, double bottom) const {
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
