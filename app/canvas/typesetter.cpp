#include "app/canvas/typesetter.h"

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
constexpr float kRowGap = 0.42F;
constexpr float kStripRoom = 0.30F;  // added to the gap where a strip stands above each row
constexpr float kFoldContent = 7.5F;
constexpr float kPromptRowHeight = 1.75F;
constexpr float kPromptRowGap = 0.22F;
constexpr float kPromptSpace = 1.1F;   // between prompt and answer, of the answer's type
constexpr float kMeasure = 62.0F;      // widest row
constexpr float kMostStretch = 0.60F;  // a justified row adds no more than this to a cell

}  // namespace

Typesetter::Typesetter(std::span<const SlotWidth> widths, const LayoutSettings& settings, float pixels)
    : widths_(widths), settings_(settings), pixels_(pixels) {
    const double margin = settings.viewport.width() < 480 ? kLeastMarginPixels : kMarginPixels;
    const double room = settings.viewport.width() - 2.0 * margin;
    // Type that cannot be read needs no measure that reads well; the whole width makes the most of it.
    const bool isOverview = pixels < CanvasLayout::kSmallestType && settings.fitsRun;
    measure_ = std::max(isOverview ? room : std::min(room, static_cast<double>(kMeasure * pixels)), 1.0);
    left_ = std::floor((settings.viewport.width() - measure_) / 2.0);
    y_ = margin;
}

void Typesetter::run() {
    const uint32_t promptLength = settings_.promptLength;
    const auto count = static_cast<uint32_t>(widths_.size());
    setRegion(0, promptLength, pixels_ * kPromptType, kPromptRowHeight, kPromptRowGap);
    if (promptLength > 0 && promptLength < count) {
        y_ += kPromptSpace * pixels_ * 0.5;
        promptRule = QRectF(left_, std::round(y_), measure_, 1.0);
        y_ += kPromptSpace * pixels_ * 0.5;
    }
    setRegion(promptLength, count, pixels_, kRowHeight, rowGap());
    bottom = y_;
}

float Typesetter::rowGap() const {
    return kRowGap + (settings_.stripAbove ? kStripRoom : 0.0F);
}

void Typesetter::moveDown(double pixels) {
    const double whole = std::round(pixels);
    for (std::vector<QRectF>* rects : {&slotRects, &blockRules}) {
        for (QRectF& rect : *rects) {
            rect.translate(0.0, whole);
        }
    }
    promptRule.translate(0.0, whole);
    bottom += whole;
}

bool Typesetter::startsBlock(uint32_t position) const {
    return settings_.blocks && position > settings_.promptLength && settings_.blocks->borderBefore(position) == position;
}

double Typesetter::gapBefore(uint32_t position, float pixels) const {
    const float em = startsBlock(position) ? kBlockGap : (widths_[position].wordGap ? kWordGap : kJoinGap);
    return static_cast<double>(em * pixels);
}

double Typesetter::cellWidth(uint32_t position, float pixels) const {
    const float content = unitEnd(position) > position + 1 ? kFoldContent : widths_[position].content;
    return std::min(static_cast<double>((content + 2.0F * kPadding) * pixels), measure_);
}

uint32_t Typesetter::unitEnd(uint32_t position) const {
    const auto fold = std::ranges::lower_bound(settings_.folds, position, {}, &SlotRange::begin);
    return fold != settings_.folds.end() && fold->begin == position ? fold->end : position + 1;
}

void Typesetter::setRegion(uint32_t begin, uint32_t end, float pixels, float rowHeight, float rowGap) {
    uint32_t first = begin;
    while (first < end) {
        double natural = cellWidth(first, pixels);
        uint32_t last = unitEnd(first);
        while (last < end && !widths_[last - 1].endsRow) {
            const double next = gapBefore(last, pixels) + cellWidth(last, pixels);
            if (natural + next > measure_) {
                break;
            }
            natural += next;
            last = unitEnd(last);
        }
        const bool broken = last == end || widths_[last - 1].endsRow;
        setRow(first, last, pixels, std::round(static_cast<double>(rowHeight * pixels)), broken ? 0.0 : measure_ - natural);
        y_ += std::round(static_cast<double>(rowGap * pixels));
        first = last;
    }
}

void Typesetter::setRow(uint32_t first, uint32_t last, float pixels, double height, double spare) {
    uint32_t units = 0;
    for (uint32_t position = first; position < last; position = unitEnd(position)) {
        ++units;
    }
    const double stretch = std::min(spare / static_cast<double>(units), static_cast<double>(kMostStretch * pixels));
    double x = left_;
    for (uint32_t position = first; position < last; position = unitEnd(position)) {
        if (position > first) {
            const double gap = gapBefore(position, pixels);
            if (startsBlock(position)) {
                blockRules.emplace_back(std::round(x + gap / 2.0), y_, 1.0, height);
            }
            x += gap;
        }
        const double width = cellWidth(position, pixels) + stretch;
        // Edges on whole pixels; rounding the running sum keeps the error of a row below one pixel.
        const QRectF tile(std::round(x), y_, std::round(x + width) - std::round(x), height);
        slotRects.insert(slotRects.end(), unitEnd(position) - position, tile);
        rowOf.insert(rowOf.end(), unitEnd(position) - position, rows);
        x += width;
    }
    y_ += height;
    ++rows;
}

}  // namespace crystallite
