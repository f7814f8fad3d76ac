#pragma once

#include <cstdint>
#include <string>

namespace crystallite {

/// A canvas that is a board: slot r * columns + c is row r, column c. Boxes of equal size cut the board, as Sudoku's do.
struct GridLayout {
    uint32_t rows = 0;
    uint32_t columns = 0;
    uint32_t boxRows = 0;     ///< rows of a box; as many as the board has: no boxes
    uint32_t boxColumns = 0;  ///< columns of a box
    friend bool operator==(const GridLayout&, const GridLayout&) = default;

    [[nodiscard]] uint32_t cells() const { return rows * columns; }
    /// 0-based, in reading order.
    [[nodiscard]] uint32_t boxOf(uint32_t slot) const;
};

/// The longest side of a board that is read from a file; keeps cells() from overflowing.
inline constexpr uint32_t kLongestGridSide = 1024;

/// What is impossible about a layout that was read from outside, as the rest of a sentence; empty when nothing is.
std::string findContradiction(const GridLayout& layout);

}  // namespace crystallite
