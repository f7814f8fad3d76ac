#include "app/canvas/canvas_widget.h"
#include "app/disclosure.h"
#include "app/prompt_panel.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "tests/gui/window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QSignalSpy>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;

/// What assistive technology reads on the labels of the transport bar.
QStringList spokenLabels(const TimelinePanel& panel) {
    QStringList names;
    for (const QLabel* label : panel.transportBar()->findChildren<QLabel*>()) {
        names << label->accessibleName();
    }
    return names;
}

TEST_F(MainWindowTest, TheTimelineIsSilentDuringPlayAndSpeaksOnceAtThePause) {
    open(FakeScript{});
    runToTheEnd(64, 64);
    window_->playback().seek(0);
    window_->playback().faster();
    QTest::qWait(50);
    const QSignalSpy announced(window_->timeline().tracks(), &TimelineTracks::announced);

    window_->playback().play(PlayDirection::Forward);
    const QStringList before = spokenLabels(window_->timeline());
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            // A name that changed would be told as well.
            EXPECT_EQ(spokenLabels(window_->timeline()), before) << "at " << document().frame();
            return document().frame() >= 6;
        },
        kPatienceMs));
    EXPECT_TRUE(window_->playback().isPlaying());
    EXPECT_EQ(announced.count(), 0);
    window_->playback().pause();
    QTest::qWait(50);
    EXPECT_EQ(announced.count(), 1);
    EXPECT_TRUE(spokenLabels(window_->timeline()).contains(QStringLiteral("step %1 of 64").arg(document().frame())));

    window_->playback().play(PlayDirection::Forward);
    QTest::qWait(300);
    window_->playback().seek(2);
    QTest::qWait(50);
    EXPECT_EQ(announced.count(), 2) << "a step by hand is one sentence, although it pauses as well";
}

TEST_F(MainWindowTest, ARunThatIsFollowedIsSilentToItsEnd) {
    open(FakeScript{});
    const QSignalSpy announced(window_->timeline().tracks(), &TimelineTracks::announced);
    QTest::qWait(50);
    const auto before = announced.count();

    runToTheEnd(32, 32);
    QTest::qWait(50);

    EXPECT_EQ(announced.count(), before + 1);
}

TEST_F(MainWindowTest, KeysZoomTime) {
    open(FakeScript{});
    runToTheEnd(64, 64);
    TimelineTracks& tracks = *window_->timeline().tracks();
    tracks.setFocus();
    window_->playback().seek(20);
    EXPECT_FALSE(window_->actions().timeZoomOut->isEnabled()) << "the whole run is in view";

    press(Qt::Key_Plus);
    const double once = tracks.timeWindow().span();
    EXPECT_LT(once, 65.0);
    press(Qt::Key_Equal);
    EXPECT_LT(tracks.timeWindow().span(), once);
    EXPECT_TRUE(tracks.timeWindow().shows(20)) << "around the cursor";
    press(Qt::Key_Minus);
    EXPECT_NEAR(tracks.timeWindow().span(), once, 1e-9);
    press(Qt::Key_Z, Qt::ShiftModifier);
    EXPECT_TRUE(tracks.timeWindow().isWhole());
    EXPECT_EQ(document().frame(), 20U);
}

TEST_F(MainWindowTest, ZZoomsToTheBlockOfTheCursorAndBack) {
    open(FakeScript{});
    window_->promptPanel().setSettings({.length = 32, .steps = 32, .blockLength = 8, .seed = 1});
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document().isLive() && document().trace().steps() == 32; }, kPatienceMs));
    const TimelineTracks& tracks = *window_->timeline().tracks();
    window_->playback().seek(12);

    press(Qt::Key_Z);
    EXPECT_EQ(tracks.timeWindow().first(), 9U);
    EXPECT_EQ(tracks.timeWindow().last(), 16U);
    press(Qt::Key_Z);
    EXPECT_TRUE(tracks.timeWindow().isWhole());
}

TEST_F(MainWindowTest, PlayKeepsTheCursorInAZoomedView) {
    open(FakeScript{});
    runToTheEnd(64, 64);
    const TimelineTracks& tracks = *window_->timeline().tracks();
    window_->playback().seek(0);
    for (int notch = 0; notch < 5; ++notch) {
        window_->actions().timeZoomIn->trigger();
    }
    for (int faster = 0; faster < 3; ++faster) {
        window_->playback().faster();
    }

    window_->playback().play(PlayDirection::Forward);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            EXPECT_TRUE(tracks.timeWindow().shows(document().frame())) << document().frame();
            return document().frame() == 64;
        },
        kPatienceMs));
    EXPECT_FALSE(tracks.timeWindow().isWhole());
}

TEST_F(MainWindowTest, TheHeatmapFoldsByKeyboardAndStaysFolded) {
    open(FakeScript{});
    runToTheEnd(64, 64);
    TimelineTracks& tracks = *window_->timeline().tracks();
    const int open = tracks.height();
    const int canvas = window_->centralWidget()->height();
    auto* fold = tracks.findChild<Disclosure*>();
    ASSERT_NE(fold, nullptr);

    fold->setFocus();
    press(Qt::Key_Space);
    EXPECT_TRUE(tracks.isHeatmapFolded());
    EXPECT_FALSE(window_->actions().heatmap->isChecked());
    EXPECT_FALSE(window_->playback().isPlaying()) << "Space belongs to the button";
    ASSERT_TRUE(QTest::qWaitFor([&] { return tracks.height() < open - 20; }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->centralWidget()->height() > canvas + 20; })) << "the canvas has the room";

    MainWindow another(**worker_, *library_, {});
    EXPECT_TRUE(another.timeline().tracks()->isHeatmapFolded()) << "remembered";

    window_->actions().heatmap->trigger();
    EXPECT_FALSE(tracks.isHeatmapFolded());
    EXPECT_TRUE(QTest::qWaitFor([&] { return tracks.height() == open; })) << tracks.height() << " of " << open;
}

TEST_F(MainWindowTest, ThePointerOverTheCanvasMarksItsRowInTheTimeline) {
    open(FakeScript{});
    runToTheEnd();
    const uint32_t position = document().trace().promptLength() + 6;
    TimelineTracks& tracks = *window_->timeline().tracks();
    const QImage before = tracks.grab().toImage();
    const QPoint point = window_->canvas().slotRect(position).center();

    QMouseEvent move(QEvent::MouseMove, point, window_->canvas().mapToGlobal(point), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(&window_->canvas(), &move);

    EXPECT_EQ(document().hoveredSlot(), position);
    const QImage after = tracks.grab().toImage();
    const double y = tracks.geometryOfTracks().heatmapRow(6).center().y();
    const int x = static_cast<int>(tracks.geometryOfTracks().columns().left()) - 4;
    EXPECT_NE(after.pixel(x, static_cast<int>(y)), before.pixel(x, static_cast<int>(y)));
}

TEST_F(MainWindowTest, ScrollingBackWhileTheRunGoesOnSaysHowFarBehind) {
    open(FakeScript{.waitingStep = 7});
    prepareRun(16, 8);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 6; }, kPatienceMs));
    TimelineTracks& tracks = *window_->timeline().tracks();

    const TimelineGeometry geometry = tracks.geometryOfTracks();
    QTest::mouseClick(&tracks, Qt::LeftButton, Qt::NoModifier,
                      QPointF(geometry.column(2).center().x(), geometry.track(Track::Masked).center().y()).toPoint());
    EXPECT_FALSE(document().followsLive());
    EXPECT_EQ(document().frame(), 2U);
    tracks.setFocus();
    press(Qt::Key_End);
    EXPECT_TRUE(document().followsLive());
    EXPECT_EQ(document().frame(), 6U);
}

}  // namespace
}  // namespace crystallite::testing
