// The window and its files: saving, opening, dropping, and what keeps a run that was not saved.

#include "app/main_window.h"

#include "app/message_bar.h"
#include "app/run_name.h"
#include "engine/trace/trace_file.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

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

}  // namespace
}  // namespace crystallite::testing
