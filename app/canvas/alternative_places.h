#pragma once

#include <QPointF>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace crystallite {

/// Where the words stand that compete with the likeliest one: in two lines, the second candidate above it and the third below; the next
/// ones left and right of these. All in em of their type.
class AlternativePlaces {
public:
    explicit AlternativePlaces(double cellWidth) : reach_(cellWidth / 2.0 - kInset) {}

    /// x from the middle, and y -1 above or 1 below; nothing for a word that would be cut: the fractures still count it.
    std::optional<QPointF> next(double width) {
        const size_t index = count_++ % lines_.size();
        Line& line = lines_[index];
        const double y = index == 0 ? -1.0 : 1.0;
        if (line.left == 0.0) {
            line.left = line.right = width / 2.0;
            return width <= 4.0 * reach_ ? std::optional(QPointF(0.0, y)) : std::nullopt;  // alone it may be narrowed to half its size
        }
        const double needed = kGap + width;
        if (line.left + needed <= reach_) {
            line.left += needed;
            return QPointF(width / 2.0 - line.left, y);
        }
        if (line.right + needed <= reach_) {
            line.right += needed;
            return QPointF(line.right - width / 2.0, y);
        }
        return std::nullopt;
    }

private:
    static constexpr double kGap = 0.45;    ///< between two words
    static constexpr double kInset = 0.30;  ///< how close to the edge a word may come
    struct Line {
        double left = 0.0;
        double right = 0.0;
    };
    std::array<Line, 2> lines_;
    double reach_;
    uint32_t count_ = 0;
};

}  // namespace crystallite
