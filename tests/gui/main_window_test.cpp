#include "app/main_window.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/slot_names.h"
#include "app/header_bar.h"
#include "app/inspector.h"
#include "app/prompt_panel.h"
#include "app/reading_view.h"
#include "app/slot_text.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "app/token_text.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QWheelEvent>

#include <algorithm>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

TEST_F(MainWindowTest, CtrlEnterRunsThePromptToItsEnd) {
    open(FakeScript{});

    runToTheEnd(16, 8);

    EXPECT_EQ(document().frame(), 8U);
    EXPECT_EQ(document().trace().canvas(8).maskedCount(), 0U);
    EXPECT_FALSE(window_->isWindowModified()) << "the history has it, or will";
    EXPECT_EQ(historyOf(1).front().status, RunStatus::Complete);
}

TEST_F(MainWindowTest, EscapeStopsARunAndKeepsItsSteps) {
    open(FakeScript{.waitingStep = 4});
    prepareRun(16, 8);

    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 3; }, kPatienceMs));
    press(Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive(); }, kPatienceMs));

    EXPECT_EQ(document().trace().status(), RunStatus::Stopped);
    EXPECT_EQ(document().trace().steps(), 3U);
}

TEST_F(MainWindowTest, KeysStepBothWays) {
    open(FakeScript{});
    runToTheEnd(32, 32);
    window_->timeline().tracks()->setFocus();

    const struct {
        Qt::Key key;
        Qt::KeyboardModifiers modifiers;
        uint32_t frame;
    } presses[] = {
        {Qt::Key_Home, Qt::NoModifier, 0},       {Qt::Key_Right, Qt::NoModifier, 1},      {Qt::Key_Period, Qt::NoModifier, 2},
        {Qt::Key_Right, Qt::ShiftModifier, 12},  {Qt::Key_Left, Qt::NoModifier, 11},      {Qt::Key_Comma, Qt::NoModifier, 10},
        {Qt::Key_Left, Qt::ShiftModifier, 0},    {Qt::Key_Right, Qt::ControlModifier, 1}, {Qt::Key_End, Qt::NoModifier, 32},
        {Qt::Key_Left, Qt::ControlModifier, 31}, {Qt::Key_PageUp, Qt::NoModifier, 1},     {Qt::Key_PageDown, Qt::NoModifier, 32}};
    for (const auto& [key, modifiers, frame] : presses) {
        press(key, modifiers);
        EXPECT_EQ(document().frame(), frame) << "after key " << QKeySequence(key | modifiers).toString().toStdString();
    }
}

TEST_F(MainWindowTest, SpacePlaysAndASeekPauses) {
    open(FakeScript{});
    runToTheEnd();
    window_->timeline().tracks()->setFocus();

    press(Qt::Key_Space);
    EXPECT_TRUE(window_->playback().isPlaying());
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().frame() >= 2 && document().frame() < 8; }, kPatienceMs));
    press(Qt::Key_Left);

    EXPECT_FALSE(window_->playback().isPlaying());
}

TEST_F(MainWindowTest, SpeedKeysChangeThePlaybackOnly) {
    open(FakeScript{});
    runToTheEnd();
    window_->timeline().tracks()->setFocus();
    const uint32_t frame = document().frame();

    press(Qt::Key_BracketRight);
    EXPECT_DOUBLE_EQ(window_->playback().speed(), 2.0);
    press(Qt::Key_BracketLeft);
    press(Qt::Key_BracketLeft);
    EXPECT_DOUBLE_EQ(window_->playback().speed(), 0.5);
    press(Qt::Key_Backslash);
    EXPECT_DOUBLE_EQ(window_->playback().speed(), 1.0);
    EXPECT_EQ(document().frame(), frame);
}

TEST_F(MainWindowTest, SingleKeysTypeWhileATextFieldHasTheFocus) {
    open(FakeScript{});
    runToTheEnd();
    auto* prompt = window_->promptPanel().findChild<QPlainTextEdit*>();
    prompt->setFocus();
    prompt->selectAll();

    QTest::keyClicks(prompt, QStringLiteral("k, j. l[]\\?"));
    for (const Qt::Key key : {Qt::Key_Home, Qt::Key_Right, Qt::Key_PageUp, Qt::Key_Left}) {
        press(key);
    }

    EXPECT_EQ(prompt->toPlainText().toStdString(), "k, j. l[]\\?");
    EXPECT_EQ(document().frame(), 8U);
    EXPECT_FALSE(window_->playback().isPlaying());
}

TEST_F(MainWindowTest, ClickDragAndWheelOnTheTimelineMoveTheCursor) {
    open(FakeScript{});
    runToTheEnd();
    TimelineTracks* tracks = window_->timeline().tracks();
    const auto at = [&](uint32_t frame) {
        const TimelineGeometry geometry = tracks->geometryOfTracks();
        return QPoint(static_cast<int>(geometry.column(frame).center().x()), static_cast<int>(geometry.track(Track::Masked).center().y()));
    };

    QTest::mouseClick(tracks, Qt::LeftButton, Qt::NoModifier, at(3));
    EXPECT_EQ(document().frame(), 3U);

    QTest::mousePress(tracks, Qt::LeftButton, Qt::NoModifier, at(3));
    QMouseEvent drag(QEvent::MouseMove, at(6), tracks->mapToGlobal(at(6)), Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(tracks, &drag);
    QTest::mouseRelease(tracks, Qt::LeftButton, Qt::NoModifier, at(6));
    EXPECT_EQ(document().frame(), 6U);

    QWheelEvent wheel(at(6), tracks->mapToGlobal(at(6)), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(tracks, &wheel);
    EXPECT_EQ(document().frame(), 7U);
}

TEST_F(MainWindowTest, AClickInTheHeatmapSelectsTheSlot) {
    open(FakeScript{});
    runToTheEnd();
    TimelineTracks* tracks = window_->timeline().tracks();
    const TimelineGeometry geometry = tracks->geometryOfTracks();

    QTest::mouseClick(tracks, Qt::LeftButton, Qt::NoModifier,
                      QPointF(geometry.column(2).center().x(), geometry.heatmapRow(5).center().y()).toPoint());

    EXPECT_EQ(document().frame(), 2U);
    EXPECT_EQ(document().selectedSlot(), document().trace().promptLength() + 5);
}

TEST_F(MainWindowTest, AClickOnACellShowsWhatTheTraceSaysAboutIt) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);
    const uint32_t position = document().trace().canvas(3).maskedSlots().front();

    QTest::mouseClick(&window_->canvas(), Qt::LeftButton, Qt::NoModifier, window_->canvas().slotRect(position).center());

    ASSERT_TRUE(window_->inspector().report());
    EXPECT_EQ(window_->inspector().report()->position, position);
    EXPECT_EQ(*window_->inspector().report()->belief, *document().trace().record(3).findBelief(position));
    window_->actions().copyNumbers->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), reportAsTsv(*window_->inspector().report(), document().trace()));
}

TEST_F(MainWindowTest, TheReadingViewHoldsTheTextOfTheFrame) {
    open(FakeScript{});
    runToTheEnd();

    window_->playback().seek(0);
    EXPECT_EQ(window_->reading().text().count(QString::fromUtf8(kMaskText)), 16);
    window_->playback().seek(8);
    EXPECT_EQ(window_->reading().text().count(QString::fromUtf8(kMaskText)), 0);
    EXPECT_THAT(window_->reading().text().toStdString(), HasSubstr("Once upon a time"));
}

TEST_F(MainWindowTest, TheReadingViewCatchesUpAfterAFastScrub) {
    open(FakeScript{});
    runToTheEnd();
    auto* text = window_->reading().findChild<QPlainTextEdit*>();

    for (uint32_t frame = 0; frame <= 4; ++frame) {
        window_->playback().seek(frame);
    }

    const QString wanted = readingText(document().trace(), 4);
    EXPECT_TRUE(QTest::qWaitFor([&] { return text->toPlainText() == wanted; }, kPatienceMs)) << text->toPlainText().toStdString();
}

TEST_F(MainWindowTest, SettingsThatDoNotFitAreNamedAndCannotRun) {
    open(FakeScript{});

    window_->promptPanel().setSettings({.length = 10, .steps = 10, .blockLength = 4});

    EXPECT_FALSE(window_->actions().run->isEnabled());
    EXPECT_THAT(window_->promptPanel().problem().toStdString(), HasSubstr("10"));
}

TEST_F(MainWindowTest, OffersTheCachesThatTheModelCanRunAndNamesTheApproximateOnes) {
    open(FakeScript{});
    auto* cache = window_->promptPanel().findChild<QComboBox*>(QStringLiteral("cache"));
    ASSERT_NE(cache, nullptr);

    EXPECT_TRUE(cache->isVisible());
    EXPECT_FALSE(cache->accessibleName().isEmpty());
    ASSERT_EQ(cache->count(), 2);
    EXPECT_EQ(cache->itemText(0), QStringLiteral("none"));
    EXPECT_EQ(cache->itemText(1), QStringLiteral("dual (approximate)"));
    EXPECT_EQ(window_->promptPanel().request().wanted.cache, CacheKind::None);

    cache->setFocus();
    press(Qt::Key_Down);

    EXPECT_EQ(window_->promptPanel().request().wanted.cache, CacheKind::Dual);
    window_->promptPanel().setSettings({.length = 12});
    EXPECT_EQ(window_->promptPanel().request().wanted.cache, CacheKind::Dual) << "a choice stays";
}

TEST_F(MainWindowTest, TheThemeFollowsItsSwitch) {
    open(FakeScript{});

    window_->actions().themeLight->trigger();
    EXPECT_GT(window_->palette().color(QPalette::Window).lightnessF(), 0.9F);
    window_->actions().themeDark->trigger();
    EXPECT_LT(window_->palette().color(QPalette::Window).lightnessF(), 0.2F);
}

TEST_F(MainWindowTest, ADeviceIsShownByItsNameHoweverItWasAskedFor) {
    open(FakeScript{});
    const HeaderBar* const header = window_->findChild<HeaderBar*>();
    const auto shown = [&] {
        const QList<QComboBox*> boxes = header->findChildren<QComboBox*>();
        const auto device =
            std::find_if(boxes.begin(), boxes.end(), [](const QComboBox* box) { return box->accessibleName() == QLatin1String("Device"); });
        return (*device)->currentText().toStdString();
    };
    const auto load = [this](const char* device) {
        window_->loadModel({.device = device});
        return QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs);
    };

    ASSERT_TRUE(load("cpu"));
    EXPECT_EQ(shown(), "CPU, 2 threads");
    ASSERT_TRUE(load("graph"));
    EXPECT_THAT(shown(), ::testing::StartsWith("Test graphics"));
    ASSERT_TRUE(load("0"));
    EXPECT_EQ(shown(), "CPU, 2 threads");
    ASSERT_TRUE(load("auto"));
    EXPECT_THAT(shown(), ::testing::StartsWith("Automatic: "));
}

TEST_F(MainWindowTest, WatchHidesTheNumbersAndStudyBringsThemBack) {
    open(FakeScript{});
    runToTheEnd();

    window_->actions().watch->trigger();
    EXPECT_FALSE(window_->inspector().isVisible());
    EXPECT_FALSE(window_->timeline().tracks()->isVisible());
    window_->actions().study->trigger();
    EXPECT_TRUE(window_->inspector().isVisible());
    EXPECT_TRUE(window_->timeline().tracks()->isVisible());
}

TEST_F(MainWindowTest, TheViewMenuChangesWhatTheCanvasShows) {
    open(FakeScript{});
    runToTheEnd();
    const CanvasView& view = window_->canvas().view();

    window_->actions().detailScale->trigger();
    EXPECT_TRUE(view.visualSettings().detailScale);
    window_->actions().beliefShifts->trigger();
    EXPECT_TRUE(view.visualSettings().shifts && view.visualSettings().detailScale);
    window_->actions().foldEnds->trigger();
    EXPECT_TRUE(view.foldsEnds());
    window_->canvas().setFoldsEnds(false);
    EXPECT_FALSE(window_->actions().foldEnds->isChecked()) << "the menu follows a click on the canvas";

    EXPECT_FALSE(window_->actions().zoomToSlot->isEnabled());
    document().selectSlot(1);
    window_->canvas().setFocus();
    press(Qt::Key_F, Qt::NoModifier);
    EXPECT_TRUE(view.fitsRun());
    press(Qt::Key_F, Qt::ShiftModifier);
    EXPECT_FALSE(view.fitsRun());
}

TEST_F(MainWindowTest, ABoardIsSolvedAndReadRowByRow) {
    open(makeEngineDoor);
    window_->promptPanel().setPrompt({});
    window_->loadModel({.model = "sudoku-6x6"});
    ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));
    window_->canvas().setFocus();

    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document().isEmpty() && !document().isLive(); }, kPatienceMs));

    ASSERT_EQ(document().trace().slots(), 36U);
    const QStringList rows = window_->reading().text().split(QLatin1Char('\n'));
    ASSERT_EQ(rows.size(), 6);
    for (const QString& row : rows) {
        QStringList digits = row.split(QLatin1Char(' '));
        digits.sort();
        EXPECT_EQ(digits.join(QString()), QStringLiteral("123456")) << row.toStdString();
    }
    EXPECT_EQ(window_->canvas().slotRect(0).width(), window_->canvas().slotRect(0).height());
    document().selectSlot(8);
    EXPECT_EQ(placeName(document().trace(), 8), QStringLiteral("Row 2, column 3"));
}

TEST_F(MainWindowTest, APuzzleThatIsNoneIsASentenceAndATypedPromptStays) {
    open(makeEngineDoor);
    window_->loadModel({.model = "sudoku-6x6"});
    ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));

    EXPECT_FALSE(window_->actions().run->isEnabled());
    EXPECT_EQ(window_->promptPanel().request().prompt, "Once upon a time");
    EXPECT_THAT(window_->promptPanel().problem().toStdString(), HasSubstr("puzzle"));
}

TEST_F(MainWindowTest, TheEmbeddedModelRunsOnTheProcessorAndReplaysFromItsFile) {
    open(makeEngineDoor);

    runToTheEnd(16, 8);
    const Trace first = document().trace();
    ASSERT_TRUE(window_->files().saveTo(file("model.crystal")));
    ASSERT_TRUE(window_->files().open(file("model.crystal")));

    EXPECT_EQ(first.canvas(8).maskedCount(), 0U);
    EXPECT_GT(first.record(1).milliseconds, 0.0);
    EXPECT_EQ(document().trace().answerText(8, kMaskText, false), first.answerText(8, kMaskText, false));
}

}  // namespace
}  // namespace crystallite::testing
