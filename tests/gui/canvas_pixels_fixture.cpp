#include "tests/gui/canvas_pixels_fixture.h"

#include "app/canvas/oklab.h"

#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace crystallite::testing {

bool near(QRgb a, QRgb b, int tolerance) {
    return std::abs(qRed(a) - qRed(b)) <= tolerance && std::abs(qGreen(a) - qGreen(b)) <= tolerance &&
           std::abs(qBlue(a) - qBlue(b)) <= tolerance;
}

QRgb rgb(const Colour& colour) {
    return toQColor(colour).rgb();
}

Colour blended(const Colour& below, const Colour& above, float opacity) {
    return below + (above - below) * opacity;
}

double meanLuminance(const QImage& image, const QRect& part) {
    double sum = 0.0;
    for (int y = part.top(); y <= part.bottom(); ++y) {
        for (int x = part.left(); x <= part.right(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            sum += static_cast<double>(relativeLuminance(Colour(qRed(pixel), qGreen(pixel), qBlue(pixel)) / 255.0F));
        }
    }
    return sum / (static_cast<double>(part.width()) * part.height());
}

std::string rendererName(const ::testing::TestParamInfo<CanvasRenderer>& info) {
    return info.param == CanvasRenderer::SceneGraph ? "SceneGraph" : "Painter";
}

void CanvasPixels::show(Trace trace, uint32_t frame) {
    document_.reset(std::move(trace), false);
    canvas_.setTheme(theme_);
    canvas_.setDocument(&document_);
    canvas_.resize(900, 420);
    canvas_.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas_));
    document_.setFrame(frame);
    grab();
}

void CanvasPixels::grab() {
    ASSERT_TRUE(QTest::qWaitFor([this] { return !canvas_.isAnimating(); }));
    image_ = canvas_.grabImage().convertToFormat(QImage::Format_RGB32);
    ASSERT_FALSE(image_.isNull());
}

std::vector<QRgb> CanvasPixels::pixels(uint32_t position, int inset) const {
    const QRect rect = canvas_.slotRect(position).adjusted(inset, inset, -inset, -inset);
    std::vector<QRgb> found;
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x) {
            found.push_back(image_.pixel(x, y) | 0xFF000000U);
        }
    }
    return found;
}

QRgb CanvasPixels::commonest(uint32_t position) const {
    std::map<QRgb, int> counts;
    for (const QRgb pixel : pixels(position, 8)) {
        ++counts[pixel];
    }
    return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
}

CellVisual CanvasPixels::visual(uint32_t position) const {
    return visualAt(document_.trace(), document_.frame(), position, canvas_.view().visualSettings());
}

Colour CanvasPixels::boundFill(uint32_t position) const {
    return mixOklab(theme_.facetClear, theme_.facetDense, visual(position).fill.value());
}

int64_t CanvasPixels::count(const QRect& part, QRgb colour, int tolerance) const {
    int64_t found = 0;
    const QRect inside = part.intersected(image_.rect());
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        for (int x = inside.left(); x <= inside.right(); ++x) {
            found += near(image_.pixel(x, y), colour, tolerance) ? 1 : 0;
        }
    }
    return found;
}

}  // namespace crystallite::testing
