// What an open slot shows: pixels of both renderers, compared with the numbers they are bound to and not with a picture.

#include "tests/gui/canvas_pixels_fixture.h"

#include "app/canvas/oklab.h"
#include "tests/support/synthetic_trace.h"

#include <QTest>

#include <algorithm>
#include <vector>

namespace crystallite {
namespace {

using testing::blended;
using testing::CanvasPixels;
using testing::handWorkedTrace;
using testing::near;
using testing::rgb;

using OpenSlotPixels = CanvasPixels;

const std::vector<testing::HandWorkedSlot> kRisingEntropy = {{{0.99F}}, {{0.9F}}, {{0.75F}}, {{0.5F}}, {{0.3F}}, {{0.15F}}};

TEST_P(OpenSlotPixels, FillIsTheEntropyOnItsScaleAndGrowsWithIt) {
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

TEST_P(OpenSlotPixels, GhostOpacityIsBoundToTheProbabilityHoweverBlurred) {
    show(handWorkedTrace(kRisingEntropy));

    for (uint32_t position = 1; position <= kRisingEntropy.size(); ++position) {
        const QRgb inked =
            rgb(blended(boundFill(position), CellPalette(theme_).ghost(), ghostOpacity(visual(position).ghosts[0].probability)));
        const std::vector<QRgb> all = pixels(position, 8);
        EXPECT_GE(std::ranges::count_if(all, [&](QRgb pixel) { return near(pixel, inked, 4); }), 3) << "slot " << position;
        // A fracture line under a stroke lightens it by at most its own opacity: 0.2 * 0.6 of 255, where the stroke lets it through.
        const int brightest = qBlue(*std::ranges::max_element(all, {}, [](QRgb pixel) { return qBlue(pixel); }));
        EXPECT_LE(brightest, qBlue(inked) + 31) << "slot " << position;
    }
}

TEST_P(OpenSlotPixels, NothingIsFilledBeforeTheFirstPass) {
    show(handWorkedTrace(kRisingEntropy), 0);

    for (uint32_t position = 1; position <= kRisingEntropy.size(); ++position) {
        EXPECT_TRUE(near(commonest(position), rgb(theme_.window))) << "slot " << position;
    }
}

/// Steepest step of brightness between neighbours along the rows of the slot's middle, over the whole range: 1 for a letter with a hard
/// edge.
double sharpness(const QImage& image, const QRect& slot) {
    int steepest = 0;
    int lowest = 255;
    int highest = 0;
    const QRect middle = slot.adjusted(slot.width() / 5, slot.height() / 3, -slot.width() / 5, -slot.height() / 3);
    for (int y = middle.top(); y <= middle.bottom(); ++y) {
        for (int x = middle.left(); x < middle.right(); ++x) {
            const int here = qBlue(image.pixel(x, y));
            steepest = std::max(steepest, std::abs(qBlue(image.pixel(x + 1, y)) - here));
            lowest = std::min(lowest, here);
            highest = std::max(highest, here);
        }
    }
    return static_cast<double>(steepest) / std::max(highest - lowest, 1);
}

TEST_P(OpenSlotPixels, EdgesSoftenAsTheMarginShrinks) {
    // One likely word each, so that no fracture crosses the letters with a line of its own: margins 0.9, 0.5 and 0.1.
    show(handWorkedTrace({{{0.94F, 0.04F}}, {{0.72F, 0.22F}}, {{0.52F, 0.42F}}}));

    const double hard = sharpness(image_, canvas_.slotRect(1));
    const double middling = sharpness(image_, canvas_.slotRect(2));
    const double soft = sharpness(image_, canvas_.slotRect(3));
    EXPECT_GT(hard, middling);
    EXPECT_GT(middling, soft);
}

/// Where a fracture at `share` of the left and upper edge is nearly at the rim: nine tenths of the way from the lower right corner.
QPoint nearRim(const QRect& slot, double share) {
    const double along = share * (slot.width() + slot.height());
    const QPointF edge =
        along < slot.height() ? QPointF(slot.left(), slot.bottom() + 1 - along) : QPointF(slot.left() + along - slot.height(), slot.top());
    const QPointF root(slot.right() + 1, slot.bottom() + 1);
    return (root + 0.9 * (edge - root)).toPoint();
}

TEST_P(OpenSlotPixels, AShardMoreIsAFractureMore) {
    // n equally likely words and nothing left for others: H = ln n, n shards, and a line where the share of each but the last ends.
    std::vector<testing::HandWorkedSlot> slots = {{.probabilities = {1.0F}, .vocabulary = 8}};
    for (uint32_t words = 2; words <= 6; ++words) {
        slots.push_back({.probabilities = std::vector<float>(words, 1.0F / static_cast<float>(words)), .vocabulary = words + 1});
    }
    show(handWorkedTrace(slots));

    const auto lightAt = [&](uint32_t position, double share) {
        const QPoint at = nearRim(canvas_.slotRect(position), share);
        int brightest = 0;
        for (int y = at.y() - 1; y <= at.y() + 1; ++y) {
            for (int x = at.x() - 1; x <= at.x() + 1; ++x) {
                brightest = std::max(brightest, qRed(image_.pixel(x, y)));
            }
        }
        return brightest - qRed(rgb(boundFill(position)));
    };
    for (uint32_t position = 2; position <= slots.size(); ++position) {
        ASSERT_EQ(visual(position).shards, position);
        for (uint32_t line = 1; line < position; ++line) {
            const double share = static_cast<double>(line) / position;
            EXPECT_GE(lightAt(position, share), 5) << "line " << line << " of " << position << " shards";
            EXPECT_LT(lightAt(1, share), lightAt(position, share)) << "one shard has no line";
        }
    }
}

TEST_P(OpenSlotPixels, TheOpenCellsOfAWaitingBlockAreDimmed) {
    const Trace trace = testing::syntheticTrace({.length = 32, .steps = 16, .blockLength = 16, .finishedSteps = 16});
    show(trace, 2);
    const uint32_t first = trace.promptLength();
    uint32_t eligible = first;
    while (!visual(eligible).open()) {
        ++eligible;
    }

    EXPECT_TRUE(near(commonest(eligible), rgb(boundFill(eligible))));
    const uint32_t waiting = first + 20;
    ASSERT_FALSE(visual(waiting).eligible);
    const QRgb dimmed = rgb(blended(theme_.window, boundFill(waiting), 0.42F));
    EXPECT_TRUE(near(commonest(waiting), dimmed)) << std::hex << commonest(waiting) << " for " << dimmed;
}

INSTANTIATE_TEST_SUITE_P(Renderers, OpenSlotPixels, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter),
                         testing::rendererName);

}  // namespace
}  // namespace crystallite
