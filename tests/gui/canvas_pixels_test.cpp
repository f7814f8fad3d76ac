// Reads pixels back from both renderers and compares them with the numbers they are bound to, not with a picture.

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/oklab.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <vector>

namespace crystallite {
namespace {

using testing::handWorkedTrace;

// Colours are rounded to bytes when they are stored, blended, and stored again: one unit each, and one for the sRGB round trip.
constexpr int kByteTolerance = 3;

bool near(QRgb a, QRgb b, int tolerance = kByteTolerance) {
    return std::abs(qRed(a) - qRed(b)) <= tolerance && std::abs(qGreen(a) - qGreen(b)) <= tolerance &&
           std::abs(qBlue(a) - qBlue(b)) <= tolerance;
}

QRgb rgb(const Colour& colour) {
    return toQColor(colour).rgb();
}

Colour blended(const Colour& below, const Colour& above, float opacity) {
    return below + (above - below) * opacity;
}

class CanvasPixels : public ::testing::TestWithParam<CanvasRenderer> {
protected:
    /// Shows frame 1 of `trace` and waits for its light to settle.
    void show(Trace trace, uint32_t frame = 1) {
        document_.reset(std::move(trace), false);
        canvas_.setTheme(theme_);
        canvas_.setDocument(&document_);
        canvas_.resize(900, 420);
        canvas_.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas_));
        document_.setFrame(frame);
        ASSERT_TRUE(QTest::qWaitFor([this] { return !canvas_.isAnimating(); }));
        image_ = canvas_.grabImage().convertToFormat(QImage::Format_RGB32);
        ASSERT_FALSE(image_.isNull());
    }

    /// Every pixel of the slot at least `inset` away from its edge.
    [[nodiscard]] std::vector<QRgb> pixels(uint32_t position, int inset) const {
        const QRect rect = canvas_.slotRect(position).adjusted(inset, inset, -inset, -inset);
        std::vector<QRgb> found;
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            for (int x = rect.left(); x <= rect.right(); ++x) {
                found.push_back(image_.pixel(x, y) | 0xFF000000U);
            }
        }
        return found;
    }

    /// The fill: more pixels of a facet have it than any other colour.
    [[nodiscard]] QRgb commonest(uint32_t position) const {
        std::map<QRgb, int> counts;
        for (const QRgb pixel : pixels(position, 8)) {
            ++counts[pixel];
        }
        return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
    }

    [[nodiscard]] Colour boundFill(uint32_t position) const {
        const CellVisual visual = visualAt(document_.trace(), document_.frame(), position, {});
        return mixOklab(theme_.facetClear, theme_.facetDense, visual.fill.value());
    }

    Theme theme_ = Theme::darkTheme();
    RunDocument document_;
    CanvasWidget canvas_{nullptr, GetParam()};
    QImage image_;
};

const std::vector<testing::HandWorkedSlot> kRisingEntropy = {{{0.99F}}, {{0.9F}}, {{0.75F}}, {{0.5F}}, {{0.3F}}, {{0.15F}}};

TEST_P(CanvasPixels, FillIsTheEntropyOnItsScaleAndGrowsWithIt) {
    show(handWorkedTrace(kRisingEntropy));

    float lightness = 0.0F;
    for (uint32_t position = 1; position <= kRisingEntropy.size(); ++position) {
        const QRgb drawn = commonest(position);
        const QRgb bound = rgb(boundFill(position));
        EXPECT_TRUE(near(drawn, bound)) << "slot " << position << " drawn " << std::hex << drawn << " bound " << bound;
        const float next = toOklab(Colour(qRed(drawn), qGreen(drawn), qBlue(drawn)) / 255.0F).x;
        EXPECT_GT(next, lightness) << "slot " << position;
        lightness = next;
    }
}

TEST_P(CanvasPixels, GhostOpacityIsBoundToTheProbabilityHoweverBlurred) {
    show(handWorkedTrace(kRisingEntropy));

    for (uint32_t position = 1; position <= kRisingEntropy.size(); ++position) {
        const CellVisual visual = visualAt(document_.trace(), 1, position, {});
        const QRgb inked = rgb(blended(boundFill(position), theme_.guess, ghostOpacity(visual.ghosts[0].probability)));
        const std::vector<QRgb> all = pixels(position, 8);
        EXPECT_GE(std::ranges::count_if(all, [&](QRgb pixel) { return near(pixel, inked, 4); }), 3) << "slot " << position;
        // A fracture line under a stroke lightens it by at most its own opacity: 0.2 * 0.4 of 255, where the stroke lets it through.
        const int brightest = qBlue(*std::ranges::max_element(all, {}, [](QRgb pixel) { return qBlue(pixel); }));
        EXPECT_LE(brightest, qBlue(inked) + 21) << "slot " << position;
    }
}

TEST_P(CanvasPixels, NotchGrowsByClassOfTheProbabilityAtCommit) {
    show(handWorkedTrace({{{0.15F}}, {{0.35F}}, {{0.6F}}, {{0.9F}}}, {1, 2, 3, 4}));
    const QRgb notch = rgb(blended(theme_.facetSolid, theme_.committed, 0.85F));

    int64_t area = 0;
    for (uint32_t position = 1; position <= 4; ++position) {
        const QRect rect = canvas_.slotRect(position);
        int64_t count = 0;
        for (int y = rect.center().y(); y <= rect.bottom(); ++y) {
            for (int x = rect.center().x(); x <= rect.right(); ++x) {
                count += near(image_.pixel(x, y), notch, 8) ? 1 : 0;
            }
        }
        EXPECT_GT(count, area) << "slot " << position;
        area = count;
    }
}

TEST_P(CanvasPixels, NothingIsFilledBeforeTheFirstPass) {
    show(handWorkedTrace(kRisingEntropy), 0);

    for (uint32_t position = 1; position <= kRisingEntropy.size(); ++position) {
        EXPECT_TRUE(near(commonest(position), rgb(theme_.window))) << "slot " << position;
    }
}

TEST_P(CanvasPixels, ACommitIsAmberForOneStepOnly) {
    show(handWorkedTrace({{{0.9F}}, {{0.4F}}}, {1}));

    const std::vector<QRgb> committed = pixels(1, 0);
    const std::vector<QRgb> open = pixels(2, 0);
    const auto amber = [&](QRgb pixel) { return near(pixel, rgb(theme_.committed)); };
    EXPECT_GT(std::ranges::count_if(committed, amber), 50);
    EXPECT_EQ(std::ranges::count_if(open, amber), 0);
}

TEST_P(CanvasPixels, PromptHasSquareCornersAndTheAnswerRoundOnes) {
    show(handWorkedTrace({{{0.9F}}}, {1}));
    const auto cornerInked = [&](uint32_t position) {
        const QPoint corner = canvas_.slotRect(position).topLeft();
        return !near(image_.pixel(corner), rgb(theme_.window), 8);
    };

    EXPECT_TRUE(cornerInked(0));
    EXPECT_FALSE(cornerInked(1));
}

std::string rendererName(const ::testing::TestParamInfo<CanvasRenderer>& info) {
    return info.param == CanvasRenderer::SceneGraph ? "SceneGraph" : "Painter";
}

INSTANTIATE_TEST_SUITE_P(Renderers, CanvasPixels, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter), rendererName);

}  // namespace
}  // namespace crystallite
