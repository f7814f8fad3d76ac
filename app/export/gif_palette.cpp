#include "app/export/gif_palette.h"

#include "app/canvas/cell_style.h"

#include <glm/common.hpp>

#include <algorithm>

namespace crystallite {

GifPalette::GifPalette(const Theme& theme) {
    const CellPalette cells(theme);
    for (const Colour& colour :
         {theme.window, theme.text, theme.facetSolid, theme.facetEdge, theme.committed, theme.remasked, theme.masked, theme.guess,
          theme.accent, theme.focusRing, theme.border, theme.mutedText, cells.youngEdge(), cells.promptText()}) {
        add(colour);
    }
    constexpr int kRamp = 24;
    constexpr int kGhostGrounds = 8;
    for (int step = 0; step < kRamp; ++step) {
        add(cells.fill(static_cast<float>(step) / (kRamp - 1)));
    }
    addBlends(theme.window, theme.text, 16);
    addBlends(theme.facetSolid, theme.text, 16);
    for (int step = 0; step < kGhostGrounds; ++step) {
        addBlends(cells.fill(static_cast<float>(step) / (kGhostGrounds - 1)), cells.ghost(), 10);
    }
    addBlends(theme.facetSolid, theme.committed, 10);
    addBlends(theme.window, theme.committed, 6);
    addBlends(theme.facetSolid, theme.guess, 6);
    addBlends(theme.window, theme.remasked, 8);
    addBlends(theme.window, theme.masked, 8);
    addBlends(theme.window, theme.facetEdge, 6);
    addBlends(theme.window, cells.promptText(), 8);
}

void GifPalette::add(const Colour& colour) {
    const QRgb rgb = toQColor(colour).rgb();
    if (colours_.size() < kUnchanged && std::ranges::find(colours_, rgb) == colours_.end()) {
        colours_.push_back(rgb);
    }
}

void GifPalette::addBlends(const Colour& ground, const Colour& ink, int steps) {
    for (int step = 1; step < steps; ++step) {
        add(glm::mix(ground, ink, static_cast<float>(step) / static_cast<float>(steps)));
    }
}

uint8_t GifPalette::indexOf(QRgb colour) {
    const auto known = nearest_.find(colour);
    if (known != nearest_.end()) {
        return known->second;
    }
    const auto distance = [colour](QRgb other) {
        const int red = qRed(colour) - qRed(other);
        const int green = qGreen(colour) - qGreen(other);
        const int blue = qBlue(colour) - qBlue(other);
        return 3 * red * red + 6 * green * green + blue * blue;  // about as much as the eye weighs them
    };
    const auto best = std::ranges::min_element(colours_, {}, distance);
    const auto index = static_cast<uint8_t>(best - colours_.begin());
    nearest_.emplace(colour, index);
    return index;
}

std::vector<uint8_t> GifPalette::indexesOf(const QImage& image) {
    std::vector<uint8_t> indexes;
    indexes.reserve(static_cast<size_t>(image.width()) * static_cast<size_t>(image.height()));
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            indexes.push_back(indexOf(line[x] | 0xFF000000U));
        }
    }
    return indexes;
}

}  // namespace crystallite
