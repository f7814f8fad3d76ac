#include "app/timeline_popup.h"
#include "tests/gui/timeline_fixture.h"

#include <cmath>

// Mouse, wheel and keys over the timeline.

namespace crystallite::testing {
namespace {

TEST_F(TimelineTracksTest, AClickOnABookmarkGoesToItAndItsSlot) {
    show({.length = 40, .steps = 20, .finishedSteps = 20});
    document_.marks().setBookmarks({{.frame = 5, .position = 14, .note = "here"}});

    QTest::mouseClick(&tracks_, Qt::LeftButton, Qt::NoModifier, pointAt(5, Track::Marks) + QPoint(4, -2));

    EXPECT_EQ(document_.frame(), 5U);
    EXPECT_EQ(document_.selectedSlot(), 14U);
}

TEST_F(TimelineTracksTest, CtrlWheelZoomsAroundThePointer) {
    show({.length = 64, .steps = 256, .finishedSteps = 256});
    const QPointF point = pointAt(100);
    const double column = geometry().columnAt(point.x());

    for (int notch = 0; notch < 6; ++notch) {
        wheel(point, {0, 120}, Qt::ControlModifier);
        EXPECT_NEAR(geometry().columnAt(point.x()), column, 1e-6);
    }
    EXPECT_NEAR(tracks_.timeWindow().span(), 257 / std::pow(1.25, 6), 1e-6);
    EXPECT_EQ(document_.frame(), 256U) << "a zoom does not step";
    wheel(point, {0, -120 * 30}, Qt::ControlModifier);
    EXPECT_TRUE(tracks_.timeWindow().isWhole());
}

TEST_F(TimelineTracksTest, TheWheelStepsAndSidewaysItPans) {
    show({.length = 64, .steps = 256, .finishedSteps = 256});
    playback_.seek(100);
    wheel(pointAt(100), {0, -120}, Qt::NoModifier);
    EXPECT_EQ(document_.frame(), 101U);
    wheel(pointAt(100), {-120, 0}, Qt::NoModifier);
    EXPECT_EQ(document_.frame(), 102U) << "there is nothing to pan to";

    tracks_.zoomIn();
    const double begin = tracks_.timeWindow().begin();
    wheel(pointAt(100), {-120, 0}, Qt::NoModifier);
    EXPECT_GT(tracks_.timeWindow().begin(), begin);
    wheel(pointAt(100), {0, 120}, Qt::ShiftModifier);
    EXPECT_NEAR(tracks_.timeWindow().begin(), begin, 1e-9);
    EXPECT_EQ(document_.frame(), 102U);
}

TEST_F(TimelineTracksTest, TheMiddleButtonZoomsToTheBlockAndBack) {
    show({.length = 64, .steps = 64, .blockLength = 16, .finishedSteps = 64});
    wheel(pointAt(30), {0, 120}, Qt::ControlModifier);
    const TimeWindow before = tracks_.timeWindow();

    QTest::mouseClick(&tracks_, Qt::MiddleButton, Qt::NoModifier, pointAt(20));
    EXPECT_EQ(tracks_.timeWindow().first(), 17U);
    EXPECT_EQ(tracks_.timeWindow().last(), 32U);
    EXPECT_EQ(document_.frame(), 64U);
    QTest::mouseClick(&tracks_, Qt::MiddleButton, Qt::NoModifier, pointAt(24));
    EXPECT_EQ(tracks_.timeWindow(), before);
}

TEST_F(TimelineTracksTest, TheOverviewPansByDragging) {
    show({.length = 64, .steps = 256, .finishedSteps = 256});
    for (int notch = 0; notch < 3; ++notch) {
        tracks_.zoomIn();
    }
    const double span = tracks_.timeWindow().span();
    const double begin = tracks_.timeWindow().begin();
    const QPointF held = geometry().overviewThumb().center();
    const double away = geometry().overview().width() * 32.0 / 257.0;

    QTest::mousePress(&tracks_, Qt::LeftButton, Qt::NoModifier, held.toPoint());
    EXPECT_NEAR(tracks_.timeWindow().begin(), begin, 1.0) << "holding it moves nothing";
    moveMouse(QPointF(held.toPoint()) - QPointF(away, 0), Qt::LeftButton);
    QTest::mouseRelease(&tracks_, Qt::LeftButton, Qt::NoModifier, held.toPoint());

    EXPECT_NEAR(tracks_.timeWindow().begin(), begin - 32.0, 1.0);
    EXPECT_NEAR(tracks_.timeWindow().span(), span, 1e-9);
    EXPECT_EQ(document_.frame(), 256U) << "a pan does not seek";
}

TEST_F(TimelineTracksTest, TheCursorStaysInViewWhileItMoves) {
    show({.length = 64, .steps = 128, .finishedSteps = 128});
    playback_.seek(0);
    for (int notch = 0; notch < 4; ++notch) {
        tracks_.zoomIn();
    }
    for (uint32_t frame = 0; frame <= 128; ++frame) {
        document_.setFrame(frame);
        ASSERT_TRUE(tracks_.timeWindow().shows(frame)) << frame;
    }
    document_.setFrame(3);
    EXPECT_TRUE(tracks_.timeWindow().shows(3)) << "far jumps too";
}

TEST_F(TimelineTracksTest, HoverPreviewsWithoutTakingTheFocus) {
    show({.length = 40, .steps = 20, .finishedSteps = 20});
    tracks_.activateWindow();
    tracks_.setFocus();
    QTest::qWait(50);
    const QWidget* const focused = QApplication::focusWidget();
    document_.marks().setBookmarks({{.frame = 7, .note = "look here"}});

    moveMouse(pointAt(7));
    EXPECT_FALSE(tracks_.popup().isVisible()) << "not for a pointer that only passes";
    ASSERT_TRUE(QTest::qWaitFor([this] { return tracks_.popup().isVisible(); }));

    EXPECT_EQ(document_.frame(), 20U) << "a look is no seek";
    EXPECT_EQ(QApplication::focusWidget(), focused);
    EXPECT_TRUE(tracks_.popup().text().startsWith(QStringLiteral("Step 7 of 20"))) << tracks_.popup().text().toStdString();
    EXPECT_TRUE(tracks_.popup().text().contains(QStringLiteral("look here")));
    EXPECT_LE(tracks_.popup().geometry().bottom(),
              tracks_.mapToGlobal(QPoint(0, 0)).y() + tracks_.height() + tracks_.popup().height() + 20);
    moveMouse(pointAt(8));
    EXPECT_TRUE(tracks_.popup().text().startsWith(QStringLiteral("Step 8 of 20"))) << "and then it follows at once";
    moveMouse({20, 20});
    EXPECT_FALSE(tracks_.popup().isVisible());
}

TEST_F(TimelineTracksTest, TheHeatmapSharesPointerAndSelectionWithEveryView) {
    show({.length = 20, .steps = 20, .finishedSteps = 20}, {1000, 400});
    const uint32_t first = document_.trace().promptLength();
    const auto at = [&](uint32_t frame, uint32_t slot) {
        return QPointF(geometry().column(frame).center().x(), geometry().heatmapRow(slot).center().y());
    };

    moveMouse(at(5, 11));
    EXPECT_EQ(document_.hoveredSlot(), first + 11);
    QTest::mouseClick(&tracks_, Qt::LeftButton, Qt::NoModifier, at(5, 11).toPoint());
    EXPECT_EQ(document_.selectedSlot(), first + 11);
    EXPECT_EQ(document_.frame(), 5U);
    moveMouse(pointAt(5));
    EXPECT_FALSE(document_.hoveredSlot());

    grab();
    const QImage before = picture_;
    document_.hoverSlot(first + 3);
    grab();
    EXPECT_NE(picture_.copy(geometry().heatmapRow(3).toAlignedRect()), before.copy(geometry().heatmapRow(3).toAlignedRect()))
        << "the slot under the pointer in another view";
    EXPECT_EQ(picture_.copy(geometry().heatmapRow(15).toRect()), before.copy(geometry().heatmapRow(15).toRect()));
}

TEST_F(TimelineTracksTest, UpAndDownWalkTheSlots) {
    show({.length = 20, .steps = 20, .finishedSteps = 20});
    const uint32_t first = document_.trace().promptLength();

    QTest::keyClick(&tracks_, Qt::Key_Down);
    EXPECT_EQ(document_.selectedSlot(), first);
    QTest::keyClick(&tracks_, Qt::Key_Down);
    EXPECT_EQ(document_.selectedSlot(), first + 1);
    for (int press = 0; press < 3; ++press) {
        QTest::keyClick(&tracks_, Qt::Key_Up);
    }
    EXPECT_EQ(document_.selectedSlot(), first) << "not into the prompt";
}

TEST_F(TimelineTracksTest, APanelThatIsFoldedHasNoRoomForMore) {
    show({.length = 64, .steps = 32, .finishedSteps = 32});
    const double open = geometry().track(Track::Heatmap).height();

    tracks_.setHeatmapFolded(true);
    EXPECT_LT(tracks_.maximumHeight(), 200);
    EXPECT_LT(geometry().track(Track::Heatmap).height(), 16);
    EXPECT_GT(geometry().track(Track::Heatmap).height(), 8);
    tracks_.setHeatmapFolded(false);
    tracks_.resize(1000, 240);
    EXPECT_DOUBLE_EQ(geometry().track(Track::Heatmap).height(), open);
}

}  // namespace
}  // namespace crystallite::testing
