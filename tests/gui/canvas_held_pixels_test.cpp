// What a slot that holds a token shows, and what happened to it: pixels of both renderers.

#include "tests/gui/canvas_pixels_fixture.h"

#include "tests/support/synthetic_trace.h"

#include <algorithm>
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

using HeldSlotPixels = CanvasPixels;

SlotEvent commit(uint32_t position, TokenId token = kFirstScriptedPiece, float probability = 0.9F) {
    return {.kind = EventKind::Commit, .position = position, .after = token, .probability = probability};
}

TEST_P(HeldSlotPixels, NotchGrowsByClassOfTheProbabilityAtCommit) {
    show(handWorkedTrace({{{0.15F}}, {{0.35F}}, {{0.6F}}, {{0.9F}}}, {1, 2, 3, 4}));
    const QRgb notch = rgb(blended(theme_.facetSolid, theme_.committed, 0.85F));

    int64_t area = 0;
    for (uint32_t position = 1; position <= 4; ++position) {
        const QRect rect = canvas_.slotRect(position);
        const int64_t inked = count(QRect(rect.center(), rect.bottomRight()), notch, 12);
        EXPECT_GT(inked, area) << "slot " << position;
        area = inked;
    }
}

TEST_P(HeldSlotPixels, ACommitIsAmberForOneStepOnly) {
    show(handWorkedTrace({{{0.9F}}, {{0.4F}}}, {1}));

    EXPECT_GT(count(canvas_.slotRect(1), rgb(theme_.committed)), 50);
    EXPECT_EQ(count(canvas_.slotRect(2), rgb(theme_.committed)), 0);
}

TEST_P(HeldSlotPixels, ReducedMotionKeepsTheOutlineOfAChangedCellForOneStep) {
    canvas_.setReducedMotion(true);
    show(scriptedTrace({.length = 2, .pieces = {" word"}, .steps = {{.events = {commit(1)}}, {.events = {commit(2)}}}}), 1);
    EXPECT_GT(count(canvas_.slotRect(1), rgb(theme_.committed)), 50);

    document_.setFrame(2);
    EXPECT_FALSE(canvas_.isAnimating());
    grab();
    EXPECT_EQ(count(canvas_.slotRect(1), rgb(theme_.committed)), 0);
    EXPECT_GT(count(canvas_.slotRect(2), rgb(theme_.committed)), 50);
}

TEST_P(HeldSlotPixels, TheOutlineFadesWithAge) {
    ScriptedRun run{.length = 3, .pieces = {" word"}};
    run.steps.resize(12);
    run.steps[0].events = {commit(1)};
    run.steps[6].events = {commit(2)};
    run.steps[10].events = {commit(3)};
    show(scriptedTrace(run), 12);
    ASSERT_EQ(visual(1).age, AgeClass::Old);
    ASSERT_EQ(visual(2).age, AgeClass::Settled);
    ASSERT_EQ(visual(3).age, AgeClass::Young);

    // Light of the left edge of the facet, where neither notch nor text is.
    const auto edge = [&](uint32_t position) {
        const QRect rect = canvas_.slotRect(position);
        return testing::meanLuminance(image_, QRect(rect.left(), rect.center().y() - 4, 3, 8));
    };
    EXPECT_GT(edge(2), edge(1) * 1.1);
    EXPECT_GT(edge(3), edge(2) * 1.1);
}

TEST_P(HeldSlotPixels, ARemaskBreaksTheOutlineAndIsCounted) {
    show(scriptedTrace({.length = 1,
                        .pieces = {" wordwordword"},
                        .steps = {{.events = {commit(1)}}, {.events = {{.kind = EventKind::Remask, .position = 1, .after = 0}}}, {}}}),
         2);
    const QRgb mark = rgb(theme_.remasked);
    const QRect rect = canvas_.slotRect(1);

    const QRect upperEdge(rect.left() + 10, rect.top(), rect.width() - 20, 2);
    const double inked = static_cast<double>(count(upperEdge, mark, 40)) / (upperEdge.width() * upperEdge.height());
    EXPECT_GT(inked, 0.25) << "dashes";
    EXPECT_LT(inked, 0.80) << "and gaps between them";
    const QRect inside = rect.adjusted(4, 4, -4, -4);
    EXPECT_GT(count(QRect(inside.topLeft(), QSize(18, inside.height())), mark, 40), 4) << "the crack";
    EXPECT_GT(count(QRect(inside.topRight() - QPoint(18, 0), QSize(18, 20)), mark, 40), 4) << "how often";

    document_.setFrame(3);
    grab();
    EXPECT_EQ(count(upperEdge, mark, 40), 0) << "the break lasts one step";
    EXPECT_GT(count(QRect(inside.topRight() - QPoint(18, 0), QSize(18, 20)), mark, 40), 4) << "the count stays";
}

TEST_P(HeldSlotPixels, WhatIsGivenHasSquareCornersAndALock) {
    show(scriptedTrace({.length = 2,
                        .pieces = {" pinnedpinned"},
                        .pinned = {{.position = 2, .id = kFirstScriptedPiece}},
                        .steps = {{.events = {commit(1)}}}}));
    const auto cornerInked = [&](uint32_t position) {
        return !near(image_.pixel(canvas_.slotRect(position).topLeft()), rgb(theme_.window), 8);
    };
    const auto lockInked = [&](uint32_t position) {
        const QRect rect = canvas_.slotRect(position).adjusted(4, 4, -4, -4);
        return count(QRect(rect.topRight() - QPoint(16, 0), QSize(16, 16)), rgb(theme_.mutedText), 24) > 10;
    };

    EXPECT_TRUE(cornerInked(0));
    EXPECT_FALSE(cornerInked(1));
    EXPECT_TRUE(cornerInked(2));
    EXPECT_FALSE(lockInked(1));
    EXPECT_TRUE(lockInked(2));
}

TEST_P(HeldSlotPixels, EndOfTextIsDrawnAndDotted) {
    show(scriptedTrace({.length = 2, .pieces = {" word"}, .steps = {{.events = {commit(1), commit(2, kScriptedEnd)}}, {}, {}, {}}}), 4);
    const QRect word = canvas_.slotRect(1);
    const QRect end = canvas_.slotRect(2);
    const auto edgeInk = [&](const QRect& rect) {
        const QRect edge(rect.left() + 10, rect.top(), rect.width() - 20, 1);
        return static_cast<double>(edge.width() - count(edge, rgb(theme_.window), 8)) / edge.width();
    };

    EXPECT_GT(count(end.adjusted(8, 8, -8, -8), rgb(theme_.mutedText), 40), 10) << "the sign of the end";
    EXPECT_DOUBLE_EQ(edgeInk(word), 1.0);
    EXPECT_GT(edgeInk(end), 0.3);
    EXPECT_LT(edgeInk(end), 0.9);
}

TEST_P(HeldSlotPixels, ALineBreakIsDrawn) {
    show(scriptedTrace({.length = 2, .pieces = {"\n"}, .steps = {{.events = {commit(1), commit(2)}}, {}}}), 2);

    EXPECT_GT(count(canvas_.slotRect(1).adjusted(8, 8, -8, -8), rgb(theme_.text), 40), 8);
    EXPECT_GT(canvas_.slotRect(2).top(), canvas_.slotRect(1).bottom());
}

TEST_P(HeldSlotPixels, ATokenThatCouldBeExchangedShowsWhatTheModelWouldPutThere) {
    const TokenId word = kFirstScriptedPiece;
    const std::vector<Candidate> wavers = {{.id = word, .probability = 0.5F}, {.id = word + 1, .probability = 0.45F}};
    show(scriptedTrace({.length = 2,
                        .pieces = {" held", " rival"},
                        .steps = {{.events = {commit(1), commit(2)}}, {.beliefs = {handWorkedBelief(1, wavers)}}}}),
         2);

    ASSERT_EQ(visual(1).state, CellState::Held);
    EXPECT_TRUE(near(commonest(1), rgb(boundFill(1))));
    const auto upperHalf = [&](uint32_t position) {
        const QRect rect = canvas_.slotRect(position).adjusted(6, 5, -6, -6);
        return QRect(rect.topLeft(), QSize(rect.width(), rect.height() / 3));
    };
    const auto bluish = [&](uint32_t position) {
        const QRect part = upperHalf(position);
        int64_t found = 0;
        for (int y = part.top(); y <= part.bottom(); ++y) {
            for (int x = part.left(); x <= part.right(); ++x) {
                found += qBlue(image_.pixel(x, y)) > qRed(image_.pixel(x, y)) + 30 ? 1 : 0;
            }
        }
        return found;
    };
    EXPECT_GT(bluish(1), 10) << "the rival above the token";
    EXPECT_EQ(bluish(2), 0) << "no field, no ink";
}

INSTANTIATE_TEST_SUITE_P(Renderers, HeldSlotPixels, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter),
                         testing::rendererName);

}  // namespace
}  // namespace crystallite
