// The history in the window: every run is in it, and opening, naming, searching, deleting and undoing work by keyboard.

#include "app/library_panel.h"
#include "app/message_bar.h"
#include "app/run_tree_model.h"
#include "app/run_tree_view.h"
#include "engine/trace/trace_file.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

class WindowHistoryTest : public MainWindowTest {
protected:
    /// The window with its history in front and so many runs of 8, 9, … steps in it.
    void openWithRuns(uint32_t runs) {
        open(FakeScript{});
        for (uint32_t run = 0; run < runs; ++run) {
            runToTheEnd(16, 8 + run);
        }
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        ASSERT_TRUE(waitForRuns(runs));
    }

    LibraryPanel& history() { return window_->history(); }
    RunTreeModel& model() { return history().model(); }
    bool waitForRuns(size_t runs) {
        return QTest::qWaitFor([&] { return model().tree().runs() == runs; }, kPatienceMs);
    }
    /// Row of the run with so many steps.
    QModelIndex rowOf(uint32_t steps) {
        for (size_t run = 0; run < model().tree().runs(); ++run) {
            const RunEntry& entry = model().tree().entry(model().tree().node(static_cast<int>(run)));
            if (entry.steps == steps) {
                return model().indexOfRun(QString::fromStdString(entry.id));
            }
        }
        return {};
    }
    void choose(uint32_t steps) {
        history().view().setFocus();
        history().view().setCurrentIndex(rowOf(steps));
    }
    void pressInTree(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(&history().view(), key, modifiers); }
};

TEST_F(WindowHistoryTest, HasEveryRunThatEndedAndOpensOneAgain) {
    openWithRuns(2);
    const Trace second = document().trace();
    EXPECT_FALSE(window_->isWindowModified());

    choose(8);
    pressInTree(Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 8; }, kPatienceMs));
    EXPECT_FALSE(document().isLive());
    EXPECT_FALSE(window_->isWindowModified());
    EXPECT_TRUE(rowOf(8).data(Qt::FontRole).value<QFont>().bold()) << "the run that is shown";
    EXPECT_FALSE(rowOf(9).data(Qt::FontRole).value<QFont>().bold());

    choose(9);
    pressInTree(Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 9; }, kPatienceMs));
    for (uint32_t step = 1; step <= 9; ++step) {
        EXPECT_TRUE(sameDecision(document().trace().record(step), second.record(step))) << "step " << step;
    }
    EXPECT_EQ(unsavedQuestions_, 0);
}

TEST_F(WindowHistoryTest, ABookmarkOpensItsRunAtItsStep) {
    openWithRuns(2);
    document().marks().setBookmarks({{.frame = 5, .note = "here"}});
    ASSERT_TRUE(QTest::qWaitFor([this] { return model().rowCount(rowOf(9)) == 1; }, kPatienceMs));
    choose(8);
    pressInTree(Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 8; }, kPatienceMs));

    history().view().setCurrentIndex(model().index(0, 0, rowOf(9)));
    pressInTree(Qt::Key_Return);

    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 9; }, kPatienceMs));
    EXPECT_EQ(document().frame(), 5U);
    EXPECT_EQ(document().marks().bookmarks(), (std::vector<Bookmark>{{.frame = 5, .note = "here"}}));
}

TEST_F(WindowHistoryTest, DeleteMovesToTheTrashAndCtrlZBringsBack) {
    openWithRuns(2);
    choose(8);

    pressInTree(Qt::Key_Backspace);
    pressInTree(Qt::Key_Delete);
    ASSERT_TRUE(waitForRuns(1));
    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("to the trash"));
    EXPECT_EQ(deleteQuestions_, 0) << "nothing is asked about what can be undone";
    EXPECT_TRUE(window_->actions().undoTrash->isEnabled());
    pressInTree(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitForRuns(2));
    EXPECT_FALSE(window_->actions().undoTrash->isEnabled());

    choose(9);
    pressInTree(Qt::Key_Delete);
    ASSERT_TRUE(waitForRuns(1));
    EXPECT_EQ(document().trace().steps(), 9U) << "what is shown stays";
    const auto buttons = window_->messages().findChildren<QPushButton*>();
    const auto undo = std::ranges::find(buttons, QStringLiteral("Undo"), &QPushButton::text);
    ASSERT_NE(undo, buttons.end());
    (*undo)->click();
    EXPECT_TRUE(waitForRuns(2));
}

TEST_F(WindowHistoryTest, OnlyTheTrashDeletesForGoodAndAsks) {
    openWithRuns(2);
    choose(8);
    pressInTree(Qt::Key_Delete);
    ASSERT_TRUE(waitForRuns(1));
    history().findChildren<QComboBox*>().front()->setCurrentIndex(1);
    ASSERT_TRUE(QTest::qWaitFor([this] { return rowOf(8).isValid(); }, kPatienceMs));

    choose(8);
    pressInTree(Qt::Key_Delete);
    EXPECT_EQ(deleteQuestions_, 1);
    QTest::qWait(50);
    EXPECT_TRUE(rowOf(8).isValid()) << "the answer was no";
    deleteAnswer_ = true;
    pressInTree(Qt::Key_Delete);
    ASSERT_TRUE(waitForRuns(0));
    EXPECT_EQ(history().status(), QStringLiteral("The trash is empty."));

    history().findChildren<QComboBox*>().front()->setCurrentIndex(0);
    ASSERT_TRUE(waitForRuns(1));
    EXPECT_EQ(historyOf(1).front().steps, 9U);
}

TEST_F(WindowHistoryTest, F2NamesARunAndTheNoteIsKept) {
    openWithRuns(1);
    choose(8);
    pressInTree(Qt::Key_F2);
    auto* editor = history().view().findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("My rabbit"));
    QTest::keyClick(editor, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return rowOf(8).data().toString() == QStringLiteral("My rabbit"); }, kPatienceMs));

    choose(8);
    auto* note = history().findChild<QPlainTextEdit*>();
    note->setFocus();
    QTest::keyClicks(note, QStringLiteral("two"));
    QTest::keyClick(note, Qt::Key_Return);
    QTest::keyClicks(note, QStringLiteral("lines"));
    QTest::keyClick(note, Qt::Key_Tab);
    EXPECT_FALSE(note->hasFocus()) << "Tab leaves the field";

    ASSERT_TRUE(QTest::qWaitFor([this] { return historyOf(1).front().note == "two\nlines"; }, kPatienceMs));
    EXPECT_EQ(historyOf(1).front().title, "My rabbit");
}

TEST_F(WindowHistoryTest, TheFieldFindsWordsAndSaysHowManyRuns) {
    openWithRuns(2);
    const QString id = rowOf(8).data(RunTreeModel::IdRole).toString();
    window_->library().setTitle(id, QStringLiteral("a tale of rivers"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rowOf(8).data().toString().contains(QStringLiteral("rivers")); }, kPatienceMs));

    auto* field = history().findChild<QLineEdit*>();
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("river"));

    ASSERT_TRUE(waitForRuns(1));
    EXPECT_EQ(history().status(), QStringLiteral("Found in 1 run"));
    EXPECT_THAT(rowOf(8).data(Qt::AccessibleTextRole).toString().toStdString(), HasSubstr("found: a tale of rivers"));
    QTest::keyClicks(field, QStringLiteral(" nowhere"));
    ASSERT_TRUE(waitForRuns(0));
    EXPECT_EQ(history().status(), QStringLiteral("No run has all of these words."));
    field->clear();
    EXPECT_TRUE(waitForRuns(2));
}

TEST_F(WindowHistoryTest, WhatAnotherProgramDoesIsSeen) {
    openWithRuns(1);
    RunLibrary other(file("history.crystal"));
    auto run = std::make_shared<Trace>(document().trace());
    TraceHeader header = run->header();
    header.id = "of-another-program";
    other.add(std::make_shared<Trace>(header, run->canvas(0), run->pieces(), std::vector<TokenId>{}));

    EXPECT_TRUE(waitForRuns(2));
}

TEST_F(WindowHistoryTest, AnOpenedFileIsReferredToAndOpenedFromThere) {
    openWithRuns(1);
    const QString path = file("other.crystal");
    ASSERT_TRUE(saveTrace(path.toStdString(), syntheticTrace({.length = 8, .steps = 5, .finishedSteps = 5})));
    ASSERT_TRUE(window_->files().open(path));
    ASSERT_TRUE(waitForRuns(2));
    EXPECT_THAT(rowOf(5).data(RunTreeModel::DetailRole).toString().toStdString(), HasSubstr("File"));
    choose(8);
    pressInTree(Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 8; }, kPatienceMs));

    choose(5);
    pressInTree(Qt::Key_Return);

    EXPECT_EQ(document().trace().steps(), 5U);
    EXPECT_EQ(window_->files().displayName(), QStringLiteral("other.crystal"));
}

TEST_F(WindowHistoryTest, ARunThatWasAskedForDoesNotReplaceOneThatBeganSince) {
    openWithRuns(1);
    choose(8);
    window_->files().clear();
    pressInTree(Qt::Key_Return);
    prepareRun(4, 4);
    press(Qt::Key_Return, Qt::ControlModifier);

    ASSERT_TRUE(waitForRuns(2));
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive(); }, kPatienceMs));
    EXPECT_EQ(document().trace().steps(), 4U);
}

TEST_F(WindowHistoryTest, KeepsItsPlaceThroughAChange) {
    openWithRuns(3);
    choose(9);
    history().view().setExpanded(model().index(0, 0), true);

    window_->library().setTitle(rowOf(10).data(RunTreeModel::IdRole).toString(), QStringLiteral("changed"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rowOf(10).data().toString() == QStringLiteral("changed"); }, kPatienceMs));

    EXPECT_EQ(history().view().currentIndex(), rowOf(9));
    EXPECT_TRUE(history().view().hasFocus());
    EXPECT_TRUE(history().view().isExpanded(model().index(0, 0)));
}

}  // namespace
}  // namespace crystallite::testing
