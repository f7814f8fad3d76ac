#pragma once

#include "app/theme.h"

#include <QImage>
#include <QRgb>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace crystallite {

/// At most 255 colours of a theme: its own, the ramp of the facets, and what lies between a ground and the ink that stands on it, for edges
/// of letters are blends. The last index stands for a pixel that does not change.
class GifPalette {
public:
    explicit GifPalette(const Theme& theme);

    [[nodiscard]] const std::vector<QRgb>& colours() const { return colours_; }
    /// Of the colour that is nearest.
    [[nodiscard]] uint8_t indexOf(QRgb colour);
    /// One index per pixel, row after row, of a Format_RGB32 image.
    [[nodiscard]] std::vector<uint8_t> indexesOf(const QImage& image);

    static constexpr uint8_t kUnchanged = 255;

private:
    void add(const Colour& colour);
    void addBlends(const Colour& ground, const Colour& ink, int steps);

    std::vector<QRgb> colours_;
    std::unordered_map<QRgb, uint8_t> nearest_;
};

}  // namespace crystallite
