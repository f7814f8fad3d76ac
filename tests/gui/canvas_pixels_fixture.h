#pragma once

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/run_document.h"

#include <gtest/gtest.h>

#include <QColor>
#include <QImage>

#include <string>
#include <vector>

namespace crystallite::testing {

// Colours are rounded to bytes when they are stored, blended, and stored again: one unit each, and one for the sRGB round trip.
inline constexpr int kByteTolerance = 3;

[[nodiscard]] bool near(QRgb a, QRgb b, int tolerance = kByteTolerance);
[[nodiscard]] QRgb rgb(const Colour& colour);
[[nodiscard]] Colour blended(const Colour& below, const Colour& above, float opacity);
/// Mean relative luminance of the picture's part, 0..1.
[[nodiscard]] double meanLuminance(const QImage& image, const QRect& part);
[[nodiscard]] std::string rendererName(const ::testing::TestParamInfo<CanvasRenderer>& info);

/// A canvas on screen, drawn by the renderer that is the parameter, and its pixels.
class CanvasPixels : public ::testing::TestWithParam<CanvasRenderer> {
protected:
    /// Shows `frame` of `trace` and waits for its light to settle.
    void show(Trace trace, uint32_t frame = 1);
    /// Reads the pixels again.
    void grab();

    /// Every pixel of the slot at least `inset` away from its edge.
    [[nodiscard]] std::vector<QRgb> pixels(uint32_t position, int inset) const;
    /// The fill: more pixels of a facet have it than any other colour.
    [[nodiscard]] QRgb commonest(uint32_t position) const;
    [[nodiscard]] CellVisual visual(uint32_t position) const;
    [[nodiscard]] Colour boundFill(uint32_t position) const;
    /// How many pixels of `part` are `colour`.
    [[nodiscard]] int64_t count(const QRect& part, QRgb colour, int tolerance = kByteTolerance) const;

    Theme theme_ = Theme::darkTheme();
    RunDocument document_;
    CanvasWidget canvas_{nullptr, GetParam()};
    QImage image_;
};

}  // namespace crystallite::testing
