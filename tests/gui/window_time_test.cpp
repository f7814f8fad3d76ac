// Time in the window, by key: bookmarks, the range, breakpoints, "run until", "go to" and what a run that is still arriving does with them.

#include "app/bookmark_dialog.h"
#include "app/go_to_dialog.h"
#include "app/main_window.h"
#include "app/message_bar.h"
#include "app/problem_line.h"
#include "app/run_until_dialog.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "engine/trace/trace_file.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace crystallite::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

class TimeTest : public MainWindowTest {
protected:
    /// A window that shows a finished run of 8 steps, the cursor on its first frame.
    void openRun() {
        open(FakeScript{.run = {.remasks = true}});
        runToTheEnd(16, 8);
        window_->timeline().tracks()->setFocus();
        press(Qt::Key_Home);
        ASSERT_EQ(document().frame(), 0U);
    }
    /// Presses a key in the window, whatever dialog was open before.
    void pressInWindow(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        focusWindow();
        QTest::keyClick(window_->timeline().tracks(), key, modifiers);
    }
    void focusWindow() {
        QApplication::setActiveWindow(window_.get());
        window_->timeline().tracks()->setFocus();
    }
    template <typename Dialog>
    Dialog& dialog() {
        Dialog* found = window_->findChild<Dialog*>();
        EXPECT_NE(found, nullptr);
        return *found;
    }
    void bookmark(uint32_t frame, const QString& note) {
        window_->playback().seek(frame);
        pressInWindow(Qt::Key_B, Qt::ControlModifier);
        auto* line = dialog<BookmarkDialog>().findChild<QLineEdit*>(QStringLiteral("note"));
        ASSERT_TRUE(line->isVisible());
        line->insert(note);  // in place of what is selected; QTest types ASCII alone
        QTest::keyClick(line, Qt::Key_Return);
        ASSERT_FALSE(dialog<BookmarkDialog>().isVisible());
        focusWindow();
    }
    void goTo(const QString& typed) {
        pressInWindow(Qt::Key_G, Qt::ControlModifier);
        auto* line = dialog<GoToDialog>().findChild<QLineEdit*>();
        ASSERT_TRUE(line->isVisible());
        QTest::keyClicks(line, typed);
        QTest::keyClick(line, Qt::Key_Return);
    }
    /// Chooses the condition with this number in the list, and presses Enter.
    void runUntil(int condition) {
        auto* choice = dialog<RunUntilDialog>().findChild<QComboBox*>();
        choice->setCurrentIndex(condition);
        QTest::keyClick(choice, Qt::Key_Return);
    }
    /// A run in the window whose steps the test lets arrive.
    void beginLive() {
        whole_ = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8, .remasks = true});
        document().reset(Trace(whole_.header(), whole_.canvas(0), whole_.pieces(), {}), true);
    }
    void arrive(uint32_t steps) {
        for (uint32_t step = 0; step < steps; ++step) {
            document().append(whole_.record(document().trace().steps() + 1), {}, {});
        }
    }

    Trace whole_;
};

TEST_F(TimeTest, ABookmarkIsSetEditedAndRemovedByKeys) {
    openRun();
    document().selectSlot(12);

    bookmark(3, QStringLiteral("the cat"));
    ASSERT_EQ(document().marks().bookmarks(), (std::vector<Bookmark>{{.frame = 3, .position = 12, .note = "the cat"}}));

    bookmark(3, QStringLiteral("the dog"));  // what is typed replaces the selected note
    ASSERT_EQ(document().marks().bookmarks().size(), 1U);
    EXPECT_EQ(document().marks().bookmarks()[0].note, "the dog");

    pressInWindow(Qt::Key_B, Qt::ControlModifier);
    dialog<BookmarkDialog>().findChild<QCheckBox*>()->setChecked(false);
    QTest::keyClick(dialog<BookmarkDialog>().findChild<QLineEdit*>(), Qt::Key_Return);
    EXPECT_EQ(document().marks().bookmarks(), (std::vector<Bookmark>{{.frame = 3, .note = "the dog"}}));

    pressInWindow(Qt::Key_B, Qt::ControlModifier);
    auto* remove = dialog<BookmarkDialog>().findChild<QPushButton*>(QStringLiteral("remove"));
    ASSERT_TRUE(remove->isVisible());
    QTest::keyClick(remove, Qt::Key_Space);
    EXPECT_TRUE(document().marks().bookmarks().empty());
    EXPECT_FALSE(dialog<BookmarkDialog>().isVisible());
}

TEST_F(TimeTest, KeysJumpToTheFirstTenBookmarks) {
    open(FakeScript{});
    runToTheEnd(32, 32);
    std::vector<Bookmark> bookmarks;
    for (uint32_t number = 1; number <= 11; ++number) {
        bookmarks.push_back({.frame = number * 2, .position = number + 10, .note = "a & b"});
    }
    document().marks().setBookmarks(bookmarks);

    for (int number = 1; number <= 9; ++number) {
        pressInWindow(Qt::Key(Qt::Key_0 + number), Qt::ControlModifier);
        EXPECT_EQ(document().frame(), static_cast<uint32_t>(number) * 2);
        EXPECT_EQ(document().selectedSlot(), static_cast<uint32_t>(number) + 10);
    }
    window_->actions().jumpToBookmark[9]->trigger();
    EXPECT_EQ(document().frame(), 20U);
    const QList<QAction*> entries = window_->actions().bookmarks->actions();
    EXPECT_EQ(entries.back()->text(), QString::fromUtf8("Bookmark 11 – step 22: a && b"));
    entries.back()->trigger();
    EXPECT_EQ(document().frame(), 22U);
}

TEST_F(TimeTest, TheMenuListsOnlyTheBookmarksThatAreThere) {
    openRun();
    const auto visible = [this] {
        const QList<QAction*> entries = window_->actions().bookmarks->actions();
        return std::ranges::count_if(entries, [](const QAction* entry) { return entry->isVisible() && !entry->isSeparator(); });
    };
    EXPECT_EQ(visible(), 1) << "only the command that sets one";

    bookmark(2, QStringLiteral("here"));

    EXPECT_EQ(visible(), 2);
    pressInWindow(Qt::Key_End);
    pressInWindow(Qt::Key_2, Qt::ControlModifier);
    EXPECT_EQ(document().frame(), 8U) << "there is no second bookmark";
}

TEST_F(TimeTest, BookmarksAreSavedWithTheRunAndOpenedAgain) {
    openRun();
    fileToSave_ = file("marked.crystal");
    pressInWindow(Qt::Key_S, Qt::ControlModifier);
    ASSERT_FALSE(window_->isWindowModified());

    bookmark(5, QStringLiteral("übrig"));
    EXPECT_TRUE(window_->isWindowModified());
    pressInWindow(Qt::Key_S, Qt::ControlModifier);
    EXPECT_FALSE(window_->isWindowModified());
    window_->files().clear();
    EXPECT_TRUE(document().marks().bookmarks().empty());
    ASSERT_TRUE(window_->files().open(fileToSave_));

    EXPECT_EQ(document().marks().bookmarks(), (std::vector<Bookmark>{{.frame = 5, .note = "übrig"}}));
    EXPECT_FALSE(window_->isWindowModified());
    EXPECT_EQ(window_->actions().jumpToBookmark[0]->text(), QString::fromUtf8("Bookmark 1 – step 5: übrig"));
}

TEST_F(TimeTest, TheHistoryKeepsTheBookmarksOfARun) {
    openRun();
    bookmark(4, QStringLiteral("kept"));

    runToTheEnd(8, 4);

    const std::vector<RunEntry> runs = historyOf(2);
    const auto marked = std::ranges::find(runs, 8U, &RunEntry::steps);
    ASSERT_NE(marked, runs.end());
    EXPECT_EQ(marked->bookmarks, (std::vector<Bookmark>{{.frame = 4, .note = "kept"}}));
}

TEST_F(TimeTest, TheRangeIsSetLoopedAndClearedByKeys) {
    openRun();
    const RunMarks& marks = document().marks();

    window_->playback().seek(2);
    pressInWindow(Qt::Key_I);
    EXPECT_EQ(marks.range(), (FrameRange{2, 8}));
    window_->playback().seek(5);
    pressInWindow(Qt::Key_O);
    EXPECT_EQ(marks.range(), (FrameRange{2, 5}));
    pressInWindow(Qt::Key_L, Qt::ShiftModifier);
    EXPECT_TRUE(marks.loops());
    EXPECT_TRUE(window_->actions().loopRange->isChecked());
    EXPECT_FALSE(window_->playback().isPlaying()) << "L alone plays";
    pressInWindow(Qt::Key_L, Qt::ShiftModifier);
    EXPECT_FALSE(marks.loops());
    window_->actions().clearRange->trigger();
    EXPECT_FALSE(marks.range());
}

TEST_F(TimeTest, PlaybackGoesRoundTheRange) {
    openRun();
    document().marks().setRange(FrameRange{2, 4});
    document().marks().setLoops(true);
    std::vector<uint32_t> seen;
    QObject::connect(&document(), &RunDocument::frameChanged, [&seen](uint32_t frame) { seen.push_back(frame); });
    for (int i = 0; i < 3; ++i) {
        pressInWindow(Qt::Key_BracketRight);  // 8x
    }

    pressInWindow(Qt::Key_L);
    ASSERT_TRUE(QTest::qWaitFor([&seen] { return seen.size() > 8; }, kPatienceMs));
    pressInWindow(Qt::Key_K);

    EXPECT_FALSE(window_->playback().isPlaying());
    EXPECT_TRUE(std::ranges::all_of(seen, [](uint32_t frame) { return frame >= 2 && frame <= 4; }));
}

TEST_F(TimeTest, ABreakpointStopsF5BothWaysAndSelectsItsSlot) {
    openRun();
    const uint32_t slot = document().trace().record(3).events.front().position;
    document().selectSlot(slot);
    pressInWindow(Qt::Key_F9);
    EXPECT_TRUE(window_->actions().toggleBreakpoint->isChecked());
    document().selectSlot(std::nullopt);
    EXPECT_FALSE(window_->actions().toggleBreakpoint->isEnabled());

    pressInWindow(Qt::Key_F5);
    EXPECT_EQ(document().frame(), 3U);
    EXPECT_EQ(document().selectedSlot(), slot);
    pressInWindow(Qt::Key_F5);
    EXPECT_EQ(document().frame(), 8U);
    pressInWindow(Qt::Key_F5, Qt::ShiftModifier);
    EXPECT_EQ(document().frame(), 3U);
    pressInWindow(Qt::Key_F5, Qt::ShiftModifier);
    EXPECT_EQ(document().frame(), 0U);
    pressInWindow(Qt::Key_F9);
    EXPECT_TRUE(document().marks().breakpoints().empty());
}

TEST_F(TimeTest, F10StepsBothWays) {
    openRun();

    pressInWindow(Qt::Key_F10);
    pressInWindow(Qt::Key_F10);
    EXPECT_EQ(document().frame(), 2U);
    pressInWindow(Qt::Key_F10, Qt::ShiftModifier);
    EXPECT_EQ(document().frame(), 1U);
}

TEST_F(TimeTest, GoToTakesAStepOrAPositionAndSaysWhatIsWrong) {
    openRun();

    goTo(QStringLiteral("s5"));
    EXPECT_EQ(document().frame(), 5U);
    EXPECT_FALSE(dialog<GoToDialog>().isVisible());
    goTo(QStringLiteral("p12"));
    EXPECT_EQ(document().selectedSlot(), 11U);
    EXPECT_EQ(document().frame(), 5U);

    goTo(QStringLiteral("99"));
    EXPECT_TRUE(dialog<GoToDialog>().isVisible());
    EXPECT_THAT(dialog<GoToDialog>().problem().toStdString(), HasSubstr("There is no step 99"));
    const auto* sentence = dialog<GoToDialog>().findChild<ProblemLine*>();
    EXPECT_GE(sentence->height(), sentence->heightForWidth(sentence->width())) << "the whole sentence is seen";
    QTest::keyClick(dialog<GoToDialog>().findChild<QLineEdit*>(), Qt::Key_7);  // in place of what was wrong
    EXPECT_EQ(dialog<GoToDialog>().problem(), QString());
    QTest::keyClick(dialog<GoToDialog>().findChild<QLineEdit*>(), Qt::Key_Return);
    EXPECT_EQ(document().frame(), 7U);
}

TEST_F(TimeTest, RunUntilJumpsInAReplayOrSaysThatNoStepIsLikeThat) {
    openRun();

    pressInWindow(Qt::Key_F5, Qt::ControlModifier);
    ASSERT_TRUE(dialog<RunUntilDialog>().isVisible());
    runUntil(2);  // a token is masked again
    EXPECT_FALSE(dialog<RunUntilDialog>().isVisible());
    EXPECT_EQ(document().frame(), 4U);

    pressInWindow(Qt::Key_F5, Qt::ControlModifier);
    runUntil(2);
    EXPECT_TRUE(dialog<RunUntilDialog>().isVisible());
    EXPECT_EQ(document().frame(), 4U);
    EXPECT_EQ(dialog<RunUntilDialog>().problem(),
              QStringLiteral("There is no step after step 4 at which a token is masked again or exchanged."));
}

TEST_F(TimeTest, RunUntilAsksAboutTheSelectedPosition) {
    openRun();
    const uint32_t slot = document().trace().record(3).events.front().position;
    document().selectSlot(slot);

    pressInWindow(Qt::Key_F5, Qt::ControlModifier);
    EXPECT_EQ(dialog<RunUntilDialog>().findChild<QSpinBox*>()->value(), static_cast<int>(slot) + 1);
    runUntil(3);

    EXPECT_EQ(document().frame(), 3U);
}

TEST_F(TimeTest, RunUntilATextNeedsOne) {
    openRun();

    pressInWindow(Qt::Key_F5, Qt::ControlModifier);
    runUntil(4);

    EXPECT_THAT(dialog<RunUntilDialog>().problem().toStdString(), HasSubstr("Type the text"));
    EXPECT_EQ(document().frame(), 0U);
}

TEST_F(TimeTest, AnArmedConditionStopsTheCursorOfALiveRunAndSaysSo) {
    open(FakeScript{});
    beginLive();
    arrive(2);

    pressInWindow(Qt::Key_F5, Qt::ControlModifier);
    runUntil(2);
    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("follows the run until a token is masked again"));
    arrive(4);

    EXPECT_EQ(document().frame(), 4U);
    EXPECT_FALSE(document().followsLive());
    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("Stopped at step 4"));
    pressInWindow(Qt::Key_End);
    EXPECT_EQ(document().frame(), 6U);
    EXPECT_EQ(window_->messages().sentence(), QString()) << "the cursor follows again";
}

TEST_F(TimeTest, AConditionThatNeverCameTrueIsToldWhenTheRunEnds) {
    open(FakeScript{.waitingStep = 4});
    prepareRun(16, 8);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 3; }, kPatienceMs));

    pressInWindow(Qt::Key_F5, Qt::ControlModifier);
    runUntil(2);
    pressInWindow(Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive(); }, kPatienceMs));

    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("at no step of it a token is masked again"));
}

TEST_F(TimeTest, ABreakpointStopsTheCursorOfALiveRunAndSaysSo) {
    open(FakeScript{});
    beginLive();
    const uint32_t slot = whole_.record(3).events.front().position;
    document().selectSlot(slot);
    pressInWindow(Qt::Key_F9);

    arrive(5);

    EXPECT_EQ(document().frame(), 3U);
    EXPECT_EQ(document().trace().steps(), 5U);
    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("was committed at step 3."));
    const QList<QLabel*> labels = window_->timeline().transportBar()->findChildren<QLabel*>();
    EXPECT_TRUE(std::ranges::any_of(labels, [](const QLabel* label) { return label->text() == QLatin1String("2 steps behind"); }));
}

TEST_F(TimeTest, SteppingBackDuringARunShowsHowFarBehindAndEndFollowsAgain) {
    open(FakeScript{});
    beginLive();
    arrive(5);

    pressInWindow(Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_FALSE(document().followsLive());
    EXPECT_FALSE(window_->actions().followLive->isChecked());
    arrive(1);
    EXPECT_EQ(document().frame(), 0U);
    pressInWindow(Qt::Key_End);
    EXPECT_TRUE(document().followsLive());
    EXPECT_TRUE(window_->actions().followLive->isChecked());
    arrive(1);
    EXPECT_EQ(document().frame(), 7U);
}

TEST_F(TimeTest, EveryKeyOfTimeIsInTheKeyMap) {
    open(FakeScript{});
    std::vector<std::string> keys;
    for (const KeyMapEntry& entry : keyMapOf(*window_)) {
        for (const QString& key : entry.keys.split(QStringLiteral("   "))) {
            keys.push_back(key.toStdString());
        }
    }

    for (const char* key : {"Space",      "K",         "Right",  "Left",   ".",      ",",       "Shift+Right", "Shift+Left",
                            "Ctrl+Right", "Ctrl+Left", "PgDown", "PgUp",   "Home",   "End",     "[",           "]",
                            "\\",         "J",         "L",      "I",      "O",      "Shift+L", "F10",         "Shift+F10",
                            "F5",         "Shift+F5",  "F9",     "Ctrl+G", "Ctrl+B", "Ctrl+1",  "Ctrl+9",      "Ctrl+Shift+0",
                            "Ctrl+0",     "Ctrl+F5"}) {
        EXPECT_THAT(keys, Contains(std::string(key)));
    }
}

}  // namespace
}  // namespace crystallite::testing
