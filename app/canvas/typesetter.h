#pragma once

#include "app/canvas/canvas_layout.h"

#include <QRectF>

#include <cstdint>
#include <span>
#include <vector>

namespace crystallite {

inline constexpr double kMarginPixels = 28.0;
inline constexpr double kLeastMarginPixels = 12.0;

/// One way to set the slots of a text at a given type size. Rows are filled greedily and flushed to both edges, as in a page of text; a
/// fold takes the place of one slot. Borrows both arguments for its own life.
class Typesetter {
public:
    Typesetter(std::span<const SlotWidth> widths, const LayoutSettings& settings, float pixels);

    void run();
    void moveDown(double pixels);
    /// Between two rows of the answer, in em.
    [[nodiscard]] float rowGap() const;

    std::vector<QRectF> slotRects;
    std::vector<uint32_t> rowOf;
    std::vector<QRectF> blockRules;
    QRectF promptRule;
    uint32_t rows = 0;
    double bottom = 0.0;

    static constexpr float kPromptType = 0.78F;  ///< of the answer's type

private:
    [[nodiscard]] bool startsBlock(uint32_t position) const;
    [[nodiscard]] double gapBefore(uint32_t position, float pixels) const;
    [[nodiscard]] double cellWidth(uint32_t position, float pixels) const;
    /// One behind the last slot of the tile that starts at `position`: a slot, or a fold.
    [[nodiscard]] uint32_t unitEnd(uint32_t position) const;
    /// Places slots [begin, end) from y_ on.
    void setRegion(uint32_t begin, uint32_t end, float pixels, float rowHeight, float rowGap);
    void setRow(uint32_t first, uint32_t last, float pixels, double height, double spare);

    std::span<const SlotWidth> widths_;
    const LayoutSettings& settings_;
    float pixels_;
    double measure_ = 0.0;
    double left_ = 0.0;
    double y_ = 0.0;
};

}  // namespace crystallite
