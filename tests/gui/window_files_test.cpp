// The window and its files: saving, opening, dropping, and what keeps a run that was not saved.

#include "app/main_window.h"

#include "app/message_bar.h"
#include "app/prompt_panel.h"
#include "engine/trace/trace_file.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
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
    EXPECT_EQ(unsavedQuestions_, 0) << "the history has the run that was stopped";
    EXPECT_EQ(historyOf(3).size(), 3U) << "both runs, and that there is a file";
}

TEST_F(MainWindowTest, ASavedRunOpensAgainAsItWas) {
    open(FakeScript{});
    runToTheEnd();
    const Trace before = document().trace();
    fileToSave_ = file("run.crystal");

    press(Qt::Key_S, Qt::ControlModifier);
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

TEST_F(MainWindowTest, AFileWithChangesIsAskedAboutBeforeItGoes) {
    open(FakeScript{});
    const QString path = file("other.crystal");
    ASSERT_TRUE(saveTrace(path.toStdString(), syntheticTrace({.length = 8, .steps = 4, .finishedSteps = 4})));
    ASSERT_TRUE(window_->files().open(path));
    document().marks().setBookmarks({{.frame = 2, .note = "new"}});
    EXPECT_TRUE(window_->isWindowModified());
    unsavedAnswer_ = FileQuestions::Unsaved::Cancel;

    press(Qt::Key_N, Qt::ControlModifier);
    EXPECT_EQ(unsavedQuestions_, 1);
    EXPECT_EQ(document().trace().steps(), 4U);
    EXPECT_FALSE(window_->close());

    unsavedAnswer_ = FileQuestions::Unsaved::Save;
    EXPECT_TRUE(window_->close());
    EXPECT_EQ(readTrace(path.toStdString())->bookmarks().size(), 1U);
}

TEST_F(MainWindowTest, ARunThatIsOnlyInMemoryIsAskedAboutBeforeTheNext) {
    QFile journal(file("journal"));
    ASSERT_TRUE(journal.open(QIODevice::WriteOnly)) << "a file where the folder of the journals should be";
    ASSERT_TRUE(QDir().mkpath(file("history.crystal"))) << "a folder where the file of the history should be";
    journal.close();
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

TEST_F(MainWindowTest, ARunWithoutAJournalGoesIntoTheHistoryAtItsEnd) {
    QFile inTheWay(file("journal"));
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly)) << "a file where the folder of the journals should be";
    inTheWay.close();
    open(FakeScript{});

    runToTheEnd();

    EXPECT_EQ(historyOf(1).front().steps, 8U);
    EXPECT_TRUE(QTest::qWaitFor([this] { return !window_->files().isOnlyInMemory(); }, kPatienceMs));
}

TEST_F(MainWindowTest, ClosingInARunLeavesItsFinishedStepsInTheHistory) {
    open(FakeScript{.waitingStep = 4});
    prepareRun(16, 8);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 3; }, kPatienceMs));

    EXPECT_TRUE(window_->close());
    window_.reset();
    worker_.reset();
    library_.reset();

    EXPECT_EQ(unsavedQuestions_, 0);
    const std::vector<RunEntry> runs = historyOf(1);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs.front().steps, 3U);
    EXPECT_EQ(runs.front().status, RunStatus::Stopped);
    EXPECT_TRUE(QDir(file("journal")).isEmpty()) << "the history has taken it";
}

TEST_F(MainWindowTest, WhatIsNoUseIsRefusedWithASentenceAndATextBecomesThePrompt) {
    open(FakeScript{});
    const auto drag = [this](const char* name, const QByteArray& contents) {
        QFile dragged(file(name));
        EXPECT_TRUE(dragged.open(QIODevice::WriteOnly));
        dragged.write(contents);
        dragged.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(dragged.fileName())});
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window_.get(), &enter);
        if (enter.isAccepted()) {
            QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(window_.get(), &drop);
        }
        return enter.isAccepted();
    };

    EXPECT_FALSE(drag("picture.png", QByteArray("\x89PNG\0", 5)));
    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("picture.png"));
    EXPECT_TRUE(drag("prompt.txt", "A prompt from a file"));
    EXPECT_EQ(window_->promptPanel().request().prompt, "A prompt from a file");
}

}  // namespace
}  // namespace crystallite::testing
