// What is drawn beside the slots: strips, folds, the thermometer, and light from an extra measurement.

#include "tests/gui/canvas_pixels_fixture.h"

#include "app/canvas/belief_shift.h"
#include "app/canvas/canvas_overlay.h"
#include "tests/support/synthetic_trace.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <vector>

namespace crystallite {
namespace {

using testing::blended;
using testing::CanvasPixels;
using testing::handWorkedBelief;
using testing::handWorkedTrace;
using testing::kFirstScriptedPiece;
using testing::kScriptedEnd;
using testing::near;
using testing::rgb;
using testing::ScriptedRun;
using testing::scriptedTrace;

using CanvasLayerPixels = CanvasPixels;

/// Two slots whose beliefs stay and move between steps 1 and 2.
Trace movingBelief() {
    const auto coin = [](uint32_t position, float first) {
        return handWorkedBelief(
            position, {{.id = kFirstScriptedPiece, .probability = first}, {.id = kFirstScriptedPiece + 1, .probability = 0.98F - first}});
    };
    return scriptedTrace({.length = 2,
                          .pieces = {" heads", " tails"},
                          .steps = {{.beliefs = {coin(1, 0.6F), coin(2, 0.5F)}}, {.beliefs = {coin(1, 0.6F), coin(2, 0.9F)}}}});
}

TEST_P(CanvasLayerPixels, TheStripAboveASlotIsAsHighAsItsBeliefMoved) {
    show(movingBelief(), 2);
    const QRgb strip = rgb(blended(theme_.window, theme_.guess, 0.9F));
    const auto above = [&](uint32_t position) {
        const QRect rect = canvas_.slotRect(position);
        return QRect(rect.left() + 8, rect.top() - 24, rect.width() - 16, 23);
    };
    EXPECT_EQ(count(above(2), strip), 0) << "off until it is asked for";

    canvas_.setShowsShifts(true);
    grab();
    const float shift = visual(2).shift.value();
    CanvasView twin(canvasFont());
    twin.setVisualSettings({.shifts = true});
    twin.setViewport(canvas_.size(), 1.0);
    twin.setDocument(&document_);
    const QRectF bar = shiftBar(canvas_.slotRect(2), twin.layout().fontPixels(2), twin.layout().roomAbove(2), shift);
    EXPECT_EQ(visual(1).shift.value(), 0.0F);
    EXPECT_EQ(count(above(1), strip), 0);
    const double height = static_cast<double>(count(above(2), strip, 8)) / above(2).width();
    EXPECT_NEAR(height, bar.height(), 1.0) << "the upper edge may lie between two pixels";
    EXPECT_GT(height, 1.0);
}

TEST_P(CanvasLayerPixels, TheThermometerIsFilledToTheMaskedShare) {
    const Trace trace = testing::syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16});
    show(trace, 4);

    for (const uint32_t frame : {0U, 4U, 9U, 16U}) {
        document_.setFrame(frame);
        grab();
        const QRect track = thermometerTrack(canvas_.size()).toRect();
        const QRect column(track.left() + 1, track.top(), 2, track.height());
        const double filled = static_cast<double>(count(column, rgb(theme_.masked), 8)) / (column.width() * column.height());
        // Round ends and the pixel that the level cuts: four of some four hundred.
        EXPECT_NEAR(filled, document_.trace().canvas(frame).maskedCount() / 32.0, 0.01) << "frame " << frame;
    }
}

Trace endingRun() {
    ScriptedRun run{.length = 10, .pieces = {" word"}};
    const auto commit = [](uint32_t position, TokenId token) {
        return SlotEvent{.kind = EventKind::Commit, .position = position, .after = token, .probability = 0.9F};
    };
    run.steps.resize(4);
    run.steps[0].events = {commit(1, kFirstScriptedPiece), commit(10, kScriptedEnd)};
    run.steps[1].events = {commit(2, kFirstScriptedPiece), commit(3, kFirstScriptedPiece)};
    for (uint32_t position = 4; position < 10; ++position) {
        run.steps[2].events.push_back(commit(position, kScriptedEnd));
    }
    return scriptedTrace(run);
}

TEST_P(CanvasLayerPixels, AFoldedRunIsOneTileThatCountsItsSlotsAndUnfoldsOnAClick) {
    show(endingRun(), 4);
    const QRect first = canvas_.slotRect(4);
    EXPECT_NE(canvas_.slotRect(10), first);
    QSignalSpy folds(&canvas_, &CanvasWidget::foldsEndsChanged);

    canvas_.setFoldsEnds(true);
    grab();
    for (uint32_t position = 5; position <= 10; ++position) {
        EXPECT_EQ(canvas_.slotRect(position), canvas_.slotRect(4)) << "slot " << position;
    }
    EXPECT_NE(canvas_.slotRect(3), canvas_.slotRect(4)) << "a word is never folded";
    EXPECT_EQ(countFold(document_.trace(), 4, {.begin = 4, .end = 11}), (FoldCount{.ends = 7}));
    EXPECT_EQ(countFold(document_.trace(), 1, {.begin = 4, .end = 11}), (FoldCount{.ends = 1, .open = 6, .committed = true}));
    EXPECT_GT(count(canvas_.slotRect(4).adjusted(8, 8, -8, -8), rgb(theme_.mutedText), 40), 30) << "sign and number";
    const std::vector<QRect> folded = {canvas_.slotRect(1), canvas_.slotRect(3), canvas_.slotRect(4)};
    for (uint32_t frame = 0; frame <= 4; ++frame) {
        document_.setFrame(frame);
        EXPECT_EQ(folded, (std::vector<QRect>{canvas_.slotRect(1), canvas_.slotRect(3), canvas_.slotRect(4)})) << "frame " << frame;
    }

    QTest::mouseClick(&canvas_, Qt::LeftButton, {}, canvas_.slotRect(4).center());
    EXPECT_FALSE(canvas_.view().foldsEnds());
    EXPECT_EQ(folds.count(), 2);
    EXPECT_EQ(document_.selectedSlot(), 4U);
    EXPECT_EQ(canvas_.slotRect(4), first);
}

TEST_P(CanvasLayerPixels, LightGrowsWithTheWeightOnItsOwnFrameOnly) {
    const std::vector<testing::HandWorkedSlot> slots(5, {.probabilities = {0.6F}});
    show(handWorkedTrace(slots));
    const QImage dark = image_;
    const std::vector<float> weights = {0.0F, 0.0F, 0.05F, 0.10F, 0.20F, 0.40F};
    canvas_.setLight(SlotLight{.frame = 1, .source = 1, .weights = weights, .caption = QStringLiteral("Attention of position 2")});
    grab();

    for (uint32_t position = 1; position <= 5; ++position) {
        const float share = weights[position] / 0.40F;
        const QRgb lit = rgb(blended(boundFill(position), theme_.accent, kLightPeak * share));
        // The light of the rim reaches in: at the middle of a facet of this height it adds less than 2 % of 255.
        EXPECT_TRUE(near(commonest(position), lit, 6)) << "slot " << position << " " << std::hex << commonest(position) << " for " << lit;
        if (position > 1) {
            EXPECT_GT(testing::meanLuminance(image_, canvas_.slotRect(position)),
                      testing::meanLuminance(image_, canvas_.slotRect(position - 1)));
        }
    }
    EXPECT_GT(count(canvas_.slotRect(1).adjusted(-10, -10, 10, 10), rgb(theme_.accent), 24), 100) << "the ring of the source";
    const QRect foot(0, canvas_.height() - 48, canvas_.width(), 24);
    EXPECT_GT(count(foot, rgb(theme_.text), 24), 50) << "the caption";
    EXPECT_GT(count(foot.translated(0, 24), rgb(theme_.mutedText), 24), 100) << "its scale";

    document_.setFrame(0);
    document_.setFrame(1);
    canvas_.setLight(SlotLight{.frame = 0, .source = 1, .weights = weights, .caption = QStringLiteral("Attention of position 2")});
    grab();
    EXPECT_EQ(image_, dark) << "another frame's light does not show";
}

TEST(SlotLight, SaysWhatItIsAndItsScale) {
    const SlotLight light{
        .frame = 1, .source = 0, .weights = {0.25F, 0.0F, 0.5F, 0.25F}, .caption = QStringLiteral("Attention of position 1")};

    EXPECT_EQ(lightShares(light), (std::vector<float>{0.5F, 0.0F, 1.0F, 0.5F}));
    EXPECT_EQ(lightCaption(light).toStdString(),
              "Attention of position 1\nExtra measurement, not part of the run.  \u00B7  Light grows in proportion to the weight; "
              "brightest: 0.500 at position 3.");
    EXPECT_EQ(lightShares({.weights = {0.0F, 0.0F}}), (std::vector<float>{0.0F, 0.0F}));
}

TEST(BeliefShift, IsTheDivergenceOverWhatBothStepsList) {
    const auto belief = [](std::vector<Candidate> candidates) { return handWorkedBelief(1, std::move(candidates)); };
    const SlotBelief before = belief({{.id = 3, .probability = 0.5F}, {.id = 4, .probability = 0.25F}});
    const SlotBelief now = belief({{.id = 4, .probability = 0.5F}, {.id = 5, .probability = 0.3F}, {.id = 3, .probability = 0.125F}});

    // Outcomes: 4, 3, and everything else, which has 0.375 now and had 0.25.
    const double expected = 0.5 * std::log(0.5 / 0.25) + 0.125 * std::log(0.125 / 0.5) + 0.375 * std::log(0.375 / 0.25);
    EXPECT_NEAR(beliefShift(before, now), expected, 1e-6);
    EXPECT_EQ(beliefShift(before, before), 0.0F);
    const SlotBelief sure = belief({{.id = 3, .probability = 1.0F}});
    EXPECT_NEAR(beliefShift(sure, belief({{.id = 4, .probability = 1.0F}})), 0.0, 1e-6) << "nothing in common is one outcome: no claim";
    EXPECT_NEAR(beliefShift(sure, belief({{.id = 3, .probability = 0.5F}})), 0.5 * std::log(0.5) + 0.5 * std::log(0.5 / kLeastShare), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Renderers, CanvasLayerPixels, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter),
                         testing::rendererName);

}  // namespace
}  // namespace crystallite
