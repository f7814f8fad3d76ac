#include "app/main_window.h"

#include "app/canvas/canvas_widget.h"
#include "app/canvas/slot_names.h"
#include "app/inspector.h"
#include "app/message_bar.h"
#include "app/prompt_panel.h"
#include "app/reading_view.h"
#include "app/run_name.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "app/token_text.h"
#include "engine/trace/trace_file.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QWheelEvent>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

TEST_F(MainWindowTest, CtrlEnterRunsThePromptToItsEnd) {
    open(FakeScript{});

    runToTheEnd(16, 8);

    EXPECT_EQ(document().frame(), 8U);
    EXPECT_EQ(document().trace().canvas(8).maskedCount(), 0U);
    EXPECT_TRUE(window_->isWindowModified());
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

TEST_F(MainWindowTest, ATraceOpenedDuringARunStaysAsItIs) {
    open(FakeScript{.waitingStep = 4});
    prepareRun(16, 8);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 3; }, kPatienceMs));
    const QString path = file("other.crystal");
    ASSERT_TRUE(saveTrace(path.toStdString(), syntheticTrace({.length = 8, .steps = 5, .finishedSteps = 5})));

    ASSERT_TRUE(window_->files().open(path));
    runToTheEnd(4, 2);  // the worker is free again, and nothing of the first run has arrived

    EXPECT_EQ(document().trace().header().settings.length, 4U);
    EXPECT_EQ(unsavedQuestions_, 1);
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
        return QPoint(static_cast<int>(geometry.column(frame).center().x()), static_cast<int>(geometry.masked.center().y()));
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

TEST_F(MainWindowTest, ASavedRunOpensAgainAsItWas) {
    open(FakeScript{});
    runToTheEnd();
    const Trace before = document().trace();
    fileToSave_ = file("run.crystal");

    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_FALSE(window_->isWindowModified());
    window_->files().clear();
    fileToOpen_ = fileToSave_;
    press(Qt::Key_O, Qt::ControlModifier);

    ASSERT_EQ(document().trace().steps(), before.steps());
    for (uint32_t step = 1; step <= before.steps(); ++step) {
        EXPECT_TRUE(sameDecision(document().trace().record(step), before.record(step))) << "step " << step;
    }
    EXPECT_FALSE(document().isLive());
    EXPECT_EQ(window_->files().recent(), QStringList{fileToSave_});
}

TEST_F(MainWindowTest, ADroppedTraceIsOpened) {
    open(FakeScript{});
    const QString path = file("dropped.crystal");
    ASSERT_TRUE(saveTrace(path.toStdString(), syntheticTrace({.length = 8, .steps = 4, .finishedSteps = 4})));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});

    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &enter);
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &drop);

    EXPECT_TRUE(enter.isAccepted());
    EXPECT_EQ(document().trace().steps(), 4U);
}

TEST_F(MainWindowTest, AFileThatIsNoTraceIsASentenceAndTheRunStays) {
    open(FakeScript{});
    runToTheEnd();
    fileToOpen_ = file("notes.crystal");
    QFile notes(fileToOpen_);
    ASSERT_TRUE(notes.open(QIODevice::WriteOnly));
    notes.write("This is no trace.");
    notes.close();

    window_->actions().open->trigger();

    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("notes.crystal"));
    EXPECT_EQ(document().trace().steps(), 8U);
    EXPECT_EQ(unsavedQuestions_, 0) << "nothing is given up for a file that cannot be read";
}

TEST_F(MainWindowTest, AnUnsavedRunIsAskedAboutBeforeItGoes) {
    open(FakeScript{});
    runToTheEnd();
    unsavedAnswer_ = FileQuestions::Unsaved::Cancel;

    press(Qt::Key_N, Qt::ControlModifier);
    EXPECT_EQ(unsavedQuestions_, 1);
    EXPECT_EQ(document().trace().steps(), 8U);
    EXPECT_FALSE(window_->close());

    unsavedAnswer_ = FileQuestions::Unsaved::Discard;
    EXPECT_TRUE(window_->close());
}

TEST_F(MainWindowTest, ARunThatReplacesAnUnsavedOneKeepsIt) {
    open(FakeScript{});
    runToTheEnd();
    const Trace first = document().trace();

    runToTheEnd(4, 2);
    ASSERT_TRUE(QTest::qWaitFor([this] { return keptRuns((*worker_)->keptFolder()).size() == 1; }, kPatienceMs));
    Q_EMIT window_->actions().keptRuns->aboutToShow();
    ASSERT_EQ(window_->actions().keptRuns->actions().size(), 1);
    EXPECT_THAT(window_->actions().keptRuns->actions().front()->text().toStdString(),
                HasSubstr(QFileInfo(suggestedName(first.header())).completeBaseName().toStdString()));
    window_->actions().keptRuns->actions().front()->trigger();

    ASSERT_EQ(document().trace().steps(), first.steps());
    EXPECT_TRUE(sameDecision(document().trace().record(8), first.record(8)));
    EXPECT_TRUE(window_->isWindowModified()) << "it is still unsaved";
    EXPECT_EQ(unsavedQuestions_, 0);
    EXPECT_TRUE(QTest::qWaitFor([this] { return keptRuns((*worker_)->keptFolder()).size() == 2; }, kPatienceMs))
        << "the run it replaced in its turn is kept as well";
}

TEST_F(MainWindowTest, AKeptRunThatIsSavedIsNoLongerKept) {
    open(FakeScript{});
    runToTheEnd();
    runToTheEnd(4, 2);
    ASSERT_TRUE(QTest::qWaitFor([this] { return keptRuns((*worker_)->keptFolder()).size() == 1; }, kPatienceMs));
    ASSERT_TRUE(window_->files().saveTo(file("second.crystal")));
    ASSERT_TRUE(window_->files().restore(keptRuns((*worker_)->keptFolder()).front()));

    ASSERT_TRUE(window_->files().saveTo(file("first.crystal")));

    EXPECT_TRUE(QTest::qWaitFor([this] { return keptRuns((*worker_)->keptFolder()).isEmpty(); }, kPatienceMs));
    EXPECT_TRUE(QFileInfo::exists(file("first.crystal")));
}

TEST_F(MainWindowTest, ARunThatIsOnlyInMemoryIsAskedAboutBeforeTheNext) {
    QFile inTheWay(file("journal"));
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly)) << "a file where the folder of the journals should be";
    inTheWay.close();
    open(FakeScript{});
    runToTheEnd();
    ASSERT_TRUE(window_->files().isOnlyInMemory());
    unsavedAnswer_ = FileQuestions::Unsaved::Cancel;

    press(Qt::Key_Return, Qt::ControlModifier);

    EXPECT_EQ(unsavedQuestions_, 1);
    EXPECT_FALSE(document().isLive());
    EXPECT_EQ(document().trace().steps(), 8U);
    unsavedAnswer_ = FileQuestions::Unsaved::Discard;
    runToTheEnd(4, 2);
    EXPECT_EQ(unsavedQuestions_, 2);
}

TEST_F(MainWindowTest, ClosingInARunSavesItsFinishedStepsOrStays) {
    open(FakeScript{.waitingStep = 4});
    prepareRun(16, 8);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 3; }, kPatienceMs));

    unsavedAnswer_ = FileQuestions::Unsaved::Cancel;
    EXPECT_FALSE(window_->close());
    EXPECT_TRUE(document().isLive()) << "the run goes on behind a window that stays";

    unsavedAnswer_ = FileQuestions::Unsaved::Save;
    fileToSave_ = file("closed.crystal");
    EXPECT_TRUE(window_->close());
    window_.reset();
    worker_.reset();
    const auto saved = readTrace(fileToSave_.toStdString());
    ASSERT_TRUE(saved) << saved.error().message;
    EXPECT_EQ(saved->steps(), 3U);
    EXPECT_TRUE(QDir(file("journal")).isEmpty()) << "a saved run needs no journal";
}

TEST_F(MainWindowTest, ARunThatACrashLeftBehindIsBackAsUnsaved) {
    const QString journals = file("journal");
    QString left;
    {
        // A process that ended in mid-run: its journal has three of eight steps and no end.
        const JournalOwner ended(journals);
        Trace trace = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 3});
        Trace growing(trace.header(), trace.canvas(0), trace.pieces(), {});
        auto journal = RunJournal::begin(ended.folder(), growing);
        ASSERT_TRUE(journal) << journal.error().message;
        for (uint32_t step = 1; step <= 3; ++step) {
            growing.append(trace.record(step));
            ASSERT_TRUE((*journal)->appendLast(growing));
        }
        left = (*journal)->path();
    }
    open(FakeScript{});
    const JournalOwner owner(journals);

    window_->offerRestore(owner.abandonedJournals());

    EXPECT_EQ(document().trace().steps(), 3U);
    EXPECT_TRUE(window_->isWindowModified());
    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("3 finished steps"));
    fileToSave_ = file("rescued.crystal");
    window_->actions().save->trigger();
    EXPECT_TRUE(QTest::qWaitFor([&left] { return !QFileInfo::exists(left); }, kPatienceMs)) << "a saved run needs no journal";
    EXPECT_TRUE(QFileInfo::exists(fileToSave_));
}

TEST_F(MainWindowTest, SettingsThatDoNotFitAreNamedAndCannotRun) {
    open(FakeScript{});

    window_->promptPanel().setSettings({.length = 10, .steps = 10, .blockLength = 4});

    EXPECT_FALSE(window_->actions().run->isEnabled());
    EXPECT_THAT(window_->promptPanel().problem().toStdString(), HasSubstr("10"));
}

TEST_F(MainWindowTest, TheThemeFollowsItsSwitch) {
    open(FakeScript{});

    window_->actions().themeLight->trigger();
    EXPECT_GT(window_->palette().color(QPalette::Window).lightnessF(), 0.9F);
    window_->actions().themeDark->trigger();
    EXPECT_LT(window_->palette().color(QPalette::Window).lightnessF(), 0.2F);
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
