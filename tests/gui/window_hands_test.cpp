// What a person changes in a run, by key and mouse in the real window: every intervention, undo and redo to the bit, and going on.

#include "app/branch_bar.h"
#include "app/branching.h"
#include "app/candidate_popup.h"
#include "app/candidate_table.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/hand_marks.h"
#include "app/canvas/slot_names.h"
#include "app/hand_controls.h"
#include "app/main_window.h"
#include "app/message_bar.h"
#include "app/slot_field.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "tests/gui/heard.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>
#include <QUndoView>

#include <cmath>

namespace crystallite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;
constexpr uint32_t kLength = 16;
constexpr uint32_t kSteps = 16;  // a fake that continues commits one slot in a step

/// Everything of a trace that is drawn or saved.
void expectSame(const Trace& a, const Trace& b) {
    EXPECT_EQ(a.header(), b.header());
    ASSERT_EQ(a.steps(), b.steps());
    for (uint32_t frame = 0; frame <= a.steps(); ++frame) {
        EXPECT_EQ(a.canvas(frame), b.canvas(frame)) << "frame " << frame;
        if (frame > 0) {
            EXPECT_TRUE(sameDecision(a.record(frame), b.record(frame))) << "step " << frame;
            EXPECT_EQ(a.record(frame).byHand, b.record(frame).byHand);
        }
    }
    EXPECT_EQ(a.pieces(), b.pieces());
    EXPECT_EQ(a.bookmarks(), b.bookmarks());
}

class HandsTest : public MainWindowTest {
protected:
    /// A finished run, the cursor at `frame`, the first open slot behind the prompt selected, the focus on the canvas.
    void openAt(uint32_t frame) {
        open(FakeScript{});
        runToTheEnd(kLength, kSteps);
        original_ = document().trace();
        window_->playback().seek(frame);
        window_->canvas().setFocus();
        document().selectSlot(firstOpen());
    }
    [[nodiscard]] const Canvas& shown() { return document().trace().canvas(document().frame()); }
    [[nodiscard]] uint32_t firstOpen() { return shown().maskedSlots().front(); }
    [[nodiscard]] uint32_t firstHeld() {
        uint32_t position = document().trace().promptLength();
        while (shown().isMasked(position)) {
            ++position;
        }
        return position;
    }
    [[nodiscard]] std::vector<EventKind> kindsOfLast() {
        std::vector<EventKind> kinds;
        for (const SlotEvent& event : document().trace().record(document().trace().steps()).events) {
            kinds.push_back(event.kind);
        }
        return kinds;
    }
    void type(const QString& words) {
        press(Qt::Key_T);
        auto* line = window_->hands().field().findChild<QLineEdit*>();
        ASSERT_TRUE(line->isVisible());
        line->clear();
        QTest::keyClicks(line, words);
    }
    void waitForTheEnd() {
        ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive() && shown().maskedCount() == 0; }, kPatienceMs));
    }
    void waitForSteps(uint32_t steps) {
        ASSERT_TRUE(QTest::qWaitFor([&] { return !document().isLive() && document().trace().steps() == steps; }, kPatienceMs))
            << document().trace().steps();
    }

    Trace original_;
};

TEST_F(HandsTest, PinningOnAReplayBranchesAndUndoGivesTheRunBackAsItWas) {
    openAt(3);
    const uint32_t slot = *document().selectedSlot();
    const TokenId guess = original_.belief(3, slot, 3)->candidates.front().id;

    press(Qt::Key_P);

    const Trace branch = document().trace();
    ASSERT_TRUE(branch.header().origin);
    EXPECT_EQ(branch.header().origin->step, 3U);
    EXPECT_EQ(branch.header().origin->parent, original_.header().id);
    EXPECT_NE(branch.header().id, original_.header().id);
    EXPECT_EQ(branch.steps(), 4U) << "nothing was computed";
    EXPECT_TRUE(branch.record(4).byHand);
    EXPECT_THAT(kindsOfLast(), ElementsAre(EventKind::Commit, EventKind::Pin));
    EXPECT_EQ(document().frame(), 4U);
    EXPECT_EQ(document().selectedSlot(), slot);
    EXPECT_EQ(shown().token(slot), guess);
    EXPECT_EQ(shown().region(slot), SlotRegion::Pinned);
    EXPECT_THAT(slotName(branch, 4, slot).toStdString(), HasSubstr("pinned by hand at step 4"));
    EXPECT_THAT(window_->windowTitle().toStdString(), HasSubstr("branch of"));
    EXPECT_THAT(window_->windowTitle().toStdString(), HasSubstr("at step 3"));
    EXPECT_THAT(window_->branchBar().text().toStdString(), HasSubstr("1 change by hand"));
    EXPECT_THAT(window_->branchBar().text().toStdString(), HasSubstr("This sampler will not change committed tokens."));
    EXPECT_THAT(window_->actions().undo->text().toStdString(), HasSubstr("pin"));

    press(Qt::Key_Z, Qt::ControlModifier);
    expectSame(document().trace(), original_);
    EXPECT_EQ(document().frame(), 3U);
    EXPECT_EQ(document().selectedSlot(), slot);
    EXPECT_FALSE(window_->branchBar().isVisible());

    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    expectSame(document().trace(), branch);
    EXPECT_EQ(document().frame(), 4U);
}

TEST_F(HandsTest, PinAgainUnpinsAndRemaskTakesAWordAway) {
    openAt(3);
    const uint32_t slot = *document().selectedSlot();
    press(Qt::Key_P);
    press(Qt::Key_P);
    EXPECT_THAT(kindsOfLast(), ElementsAre(EventKind::Unpin));
    EXPECT_EQ(shown().region(slot), SlotRegion::Answer);
    EXPECT_FALSE(shown().isMasked(slot));

    press(Qt::Key_R);
    EXPECT_THAT(kindsOfLast(), ElementsAre(EventKind::Remask));
    EXPECT_TRUE(shown().isMasked(slot));

    press(Qt::Key_R);
    EXPECT_EQ(document().trace().steps(), 6U) << "refused";
    EXPECT_THAT(window_->hands().note().toStdString(), HasSubstr("masked already"));
    EXPECT_EQ(window_->hands().branching().stack().count(), 3);

    // A pinned word is unpinned before it is masked.
    press(Qt::Key_P);
    press(Qt::Key_R);
    EXPECT_THAT(kindsOfLast(), ElementsAre(EventKind::Unpin, EventKind::Remask));
    EXPECT_EQ(shown().region(slot), SlotRegion::Answer);
}

TEST_F(HandsTest, TypedWordsSayWhichSlotsTheyNeedAndAreWrittenPinned) {
    openAt(2);
    const uint32_t slot = *document().selectedSlot();
    type(QStringLiteral(" green frog"));
    SlotField& field = window_->hands().field();
    EXPECT_THAT(field.preview().toStdString(), HasSubstr("2 slots"));
    EXPECT_EQ(document().selection(), (SlotSpan{.first = slot, .last = slot + 1}));
    EXPECT_EQ(document().trace().steps(), kSteps) << "a preview changes nothing";

    press(Qt::Key_Return);
    EXPECT_FALSE(field.isVisible());
    EXPECT_TRUE(window_->canvas().hasFocus());
    ASSERT_EQ(document().trace().steps(), 3U);
    EXPECT_EQ(document().trace().piece(shown().token(slot)), " green");
    EXPECT_EQ(document().trace().piece(shown().token(slot + 1)), " frog");
    EXPECT_EQ(shown().region(slot + 1), SlotRegion::Pinned);
    EXPECT_TRUE(std::isnan(document().trace().record(3).events.front().probability)) << "the model did not offer it";
}

TEST_F(HandsTest, WordsThatDoNotFitAreRefusedWhileTheyAreTyped) {
    openAt(2);
    const uint32_t last = shown().textLength() - 1;
    document().selectSlot(last);
    type(QStringLiteral(" two words"));
    EXPECT_THAT(window_->hands().field().problem().toStdString(), HasSubstr("need 2 slots"));
    press(Qt::Key_Return);
    EXPECT_TRUE(window_->hands().field().isVisible());
    press(Qt::Key_Escape);
    EXPECT_FALSE(window_->hands().field().isVisible());
    EXPECT_TRUE(window_->canvas().hasFocus());
    expectSame(document().trace(), original_);

    document().selectSlot(0);
    press(Qt::Key_P);
    EXPECT_THAT(window_->hands().note().toStdString(), HasSubstr("part of the prompt"));
    expectSame(document().trace(), original_);
}

TEST_F(HandsTest, EnterOpensCandidatesAndADigitChooses) {
    openAt(3);
    const uint32_t slot = *document().selectedSlot();
    const Candidate second = original_.belief(3, slot, 3)->candidates[1];

    press(Qt::Key_Return);
    CandidatePopup& popup = window_->hands().popup();
    ASSERT_TRUE(popup.isVisible());
    EXPECT_EQ(popup.findChild<CandidateTable*>()->rowCount(), static_cast<int>(kRecordedCandidates) + 1)
        << "with the mass outside the list";
    press(Qt::Key_Escape);
    EXPECT_FALSE(popup.isVisible());
    EXPECT_TRUE(window_->canvas().hasFocus());

    press(Qt::Key_Return);
    press(Qt::Key_2);
    EXPECT_FALSE(popup.isVisible());
    ASSERT_EQ(document().trace().steps(), 4U);
    EXPECT_THAT(kindsOfLast(), ElementsAre(EventKind::Commit)) << "chosen, not pinned";
    EXPECT_EQ(shown().token(slot), second.id);
    EXPECT_EQ(document().trace().record(4).events.front().probability, second.probability);

    // Of a token that stands: arrows and Enter exchange it for another of what was offered.
    press(Qt::Key_Return);
    ASSERT_TRUE(popup.isVisible());
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    EXPECT_THAT(kindsOfLast(), ElementsAre(EventKind::Edit));
    EXPECT_EQ(shown().token(slot), original_.belief(3, slot, 3)->candidates[2].id);
}

TEST_F(HandsTest, TheQueueIsNumberedAndCommittedFirst) {
    openAt(2);
    const std::vector<uint32_t> open = shown().maskedSlots();
    ASSERT_GE(open.size(), 6U);
    document().selectSlot(open[5]);
    press(Qt::Key_P, Qt::ShiftModifier);
    document().selectSlot(open[3]);
    press(Qt::Key_P, Qt::ShiftModifier);
    EXPECT_THAT(preferredSlots(document().trace(), document().frame()), ElementsAre(open[5], open[3]));
    EXPECT_EQ(queueNumber(document().trace(), document().frame(), open[3]), 2U);
    EXPECT_THAT(slotName(document().trace(), document().frame(), open[3]).toStdString(), HasSubstr("number 2 in the queue"));

    press(Qt::Key_P, Qt::ShiftModifier);
    EXPECT_THAT(window_->hands().note().toStdString(), HasSubstr("in the queue already"));

    press(Qt::Key_F10);
    waitForSteps(5);
    EXPECT_FALSE(shown().isMasked(open[5]));
    EXPECT_TRUE(shown().isMasked(open[3]));
    EXPECT_EQ(queueNumber(document().trace(), document().frame(), open[3]), 1U);
}

TEST_F(HandsTest, SlotsAreInsertedAndDeleted) {
    openAt(3);
    const uint32_t slot = firstHeld();
    const TokenId token = shown().token(slot);
    const uint32_t length = shown().textLength();
    document().selectSlot(slot);

    press(Qt::Key_Insert);
    EXPECT_THAT(kindsOfLast(), ElementsAre(EventKind::Insert));
    EXPECT_EQ(shown().textLength(), length + 1);
    EXPECT_TRUE(shown().isMasked(slot));
    EXPECT_EQ(shown().token(slot + 1), token);

    press(Qt::Key_Insert, Qt::AltModifier);
    EXPECT_EQ(shown().textLength(), length + 2);
    EXPECT_EQ(document().selectedSlot(), slot + 1);

    press(Qt::Key_Delete);
    press(Qt::Key_Backspace);
    EXPECT_EQ(shown().textLength(), length + 2) << "a bare key deletes nothing";
    press(Qt::Key_Delete, Qt::ControlModifier);
    EXPECT_THAT(kindsOfLast(), ElementsAre(EventKind::Delete));
    EXPECT_EQ(shown().textLength(), length + 1);

    const Trace changed = document().trace();
    while (window_->hands().branching().stack().canUndo()) {
        press(Qt::Key_Z, Qt::ControlModifier);
    }
    expectSame(document().trace(), original_);
    while (window_->hands().branching().stack().canRedo()) {
        press(Qt::Key_Y, Qt::ControlModifier);
    }
    expectSame(document().trace(), changed);
}

TEST_F(HandsTest, SeveralSlotsAreSelectedWithShiftAndByDragging) {
    openAt(2);
    const uint32_t slot = document().trace().promptLength();
    document().selectSlot(slot);
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(document().selection(), (SlotSpan{.first = slot, .last = slot + 2}));
    press(Qt::Key_P);
    for (uint32_t position = slot; position <= slot + 2; ++position) {
        EXPECT_EQ(shown().region(position), SlotRegion::Pinned) << position;
    }
    EXPECT_EQ(document().trace().steps(), 3U) << "one change";
    EXPECT_EQ(document().selection(), (SlotSpan{.first = slot, .last = slot + 2}));
    press(Qt::Key_R);
    EXPECT_EQ(shown().maskedCount(slot, slot + 3), 3U);

    CanvasWidget& canvas = window_->canvas();
    QTest::mouseClick(&canvas, Qt::LeftButton, Qt::NoModifier, canvas.slotRect(slot + 1).center());
    EXPECT_EQ(document().selection(), (SlotSpan{.first = slot + 1, .last = slot + 1}));
    QTest::mouseClick(&canvas, Qt::LeftButton, Qt::ShiftModifier, canvas.slotRect(slot + 3).center());
    EXPECT_EQ(document().selection(), (SlotSpan{.first = slot + 1, .last = slot + 3}));
    QTest::mousePress(&canvas, Qt::LeftButton, Qt::NoModifier, canvas.slotRect(slot).center());
    QTest::mouseMove(&canvas, canvas.slotRect(slot + 2).center());
    QTest::mouseRelease(&canvas, Qt::LeftButton, Qt::NoModifier, canvas.slotRect(slot + 2).center());
    EXPECT_EQ(document().selection(), (SlotSpan{.first = slot, .last = slot + 2}));
}

TEST_F(HandsTest, NothingIsComputedUntilSomebodyContinues) {
    openAt(3);
    press(Qt::Key_P);
    const uint32_t open = shown().maskedCount();
    QTest::qWait(50);
    EXPECT_EQ(document().trace().steps(), 4U);
    const QString cost = window_->actions().continueRun->iconText();
    EXPECT_THAT(cost.toStdString(), HasSubstr(std::to_string(open) + " passes, about")) << "said before it is asked for";

    press(Qt::Key_F10);
    waitForSteps(5);
    EXPECT_FALSE(document().trace().record(5).byHand);
    press(Qt::Key_Period);
    waitForSteps(6);
    press(Qt::Key_F5);
    waitForTheEnd();
    EXPECT_EQ(document().trace().status(), RunStatus::Complete);
    EXPECT_EQ(document().trace().steps(), 4 + open);
    EXPECT_FALSE(window_->actions().continueRun->isEnabled());
}

TEST_F(HandsTest, UndoTakesComputedStepsBackAndRedoBringsThem) {
    openAt(3);
    press(Qt::Key_P);
    press(Qt::Key_F5);
    waitForTheEnd();
    const Trace computed = document().trace();

    press(Qt::Key_Z, Qt::ControlModifier);
    expectSame(document().trace(), original_);
    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("come back with Redo"));
    const auto runs = [this] {
        Heard listed(library_.get(), &RunLibrary::listed);
        library_->list({});
        return listed.wait(kPatienceMs) ? listed.back().at(1).value<RunEntries>()->size() : 0;
    };
    ASSERT_TRUE(QTest::qWaitFor([&runs] { return runs() >= 2; }, kPatienceMs))
        << "both the run and its branch are kept, not " << runs() << "; " << window_->messages().sentence().toStdString();

    press(Qt::Key_Y, Qt::ControlModifier);
    expectSame(document().trace(), computed);
    EXPECT_FALSE(window_->isWindowModified()) << "the history has it";
}

TEST_F(HandsTest, AChangeBehindComputedStepsBranchesFromTheBranch) {
    openAt(3);
    press(Qt::Key_P);
    press(Qt::Key_F10);
    waitForSteps(5);
    const Trace first = document().trace();
    document().selectSlot(firstOpen());
    press(Qt::Key_P);
    EXPECT_EQ(document().trace().steps(), 6U);
    EXPECT_EQ(document().trace().header().origin->parent, first.header().id);
    EXPECT_EQ(document().trace().header().origin->step, 5U);
    press(Qt::Key_Z, Qt::ControlModifier);
    expectSame(document().trace(), first);
    press(Qt::Key_Z, Qt::ControlModifier);
    expectSame(document().trace(), original_);
}

TEST_F(HandsTest, ActingOnALiveRunStopsItAndBranchesAtTheShownFrame) {
    open(FakeScript{.waitingStep = 6});
    prepareRun(kLength, kSteps);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().frame() == 5; }, kPatienceMs));
    ASSERT_TRUE(document().isLive());
    document().selectSlot(firstOpen());
    press(Qt::Key_P);
    EXPECT_FALSE(document().isLive());
    ASSERT_TRUE(document().trace().header().origin) << window_->hands().note().toStdString();
    EXPECT_EQ(document().trace().header().origin->step, 5U);
    EXPECT_TRUE(document().trace().record(6).byHand);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(document().trace().steps(), 5U) << "the stopped run is there";
    EXPECT_FALSE(document().trace().header().origin);
}

TEST_F(HandsTest, BranchWithoutAChangeAndTheDockOfChanges) {
    openAt(3);
    press(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(document().trace().steps(), 3U);
    EXPECT_EQ(document().trace().header().origin->step, 3U);
    press(Qt::Key_P);
    EXPECT_EQ(document().trace().steps(), 4U);
    EXPECT_EQ(document().trace().header().origin->step, 3U) << "the change joins the branch";

    auto* view = window_->findChild<QUndoView*>();
    ASSERT_NE(view, nullptr);
    ASSERT_EQ(view->model()->rowCount(), 3);
    EXPECT_THAT(view->model()->index(2, 0).data().toString().toStdString(), HasSubstr("pin"));
    view->setCurrentIndex(view->model()->index(0, 0));
    expectSame(document().trace(), original_);
}

TEST_F(HandsTest, StepsByHandAreEventsToStopAt) {
    openAt(3);
    press(Qt::Key_P, Qt::ShiftModifier);
    press(Qt::Key_F10);
    waitForSteps(5);
    window_->timeline().tracks()->setFocus();
    press(Qt::Key_Home);
    window_->playback().seek(3);
    press(Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(document().frame(), 4U);
    EXPECT_TRUE(document().trace().record(4).byHand);
}

TEST_F(HandsTest, OpenCandidatesAreReadableInAThemeThatComesMeanwhile) {
    openAt(3);
    press(Qt::Key_Return);
    const auto* table = window_->hands().popup().findChild<CandidateTable*>();
    ASSERT_TRUE(table->isVisible());
    ASSERT_GT(table->rowCount(), 1);
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        LookChoices choices = window_->look().choices();
        choices.theme = theme;
        window_->look().setChoices(choices);
        const int last = table->columnCount() - 1;
        EXPECT_EQ(table->item(0, last)->foreground().color(), toQColor(window_->look().theme().mutedText));
    }
}

TEST_F(HandsTest, WhatGoingOnCostsIsCountedOncePerRunAndNotPerStepOfTheCursor) {
    openAt(3);
    press(Qt::Key_P);
    const TraceHeader& header = document().trace().header();
    int counted = 0;
    ModelSummary model;
    model.name = header.modelName;
    model.architecture = header.architecture;
    model.parameters = header.parameters;
    model.vocabulary = header.vocabulary;
    model.passesToCome = [&counted](const Trace&) {
        ++counted;
        return PassesToCome{.passes = 7, .isExact = true};
    };
    window_->hands().setModel(&model);
    EXPECT_EQ(counted, 1);
    EXPECT_THAT(window_->actions().continueRun->text().toStdString(), HasSubstr("7 passes"));
    for (const Qt::Key key : {Qt::Key_Home, Qt::Key_Right, Qt::Key_End, Qt::Key_Left}) {
        press(key);
    }
    window_->playback().seek(2);
    document().selectSlot(firstHeld());
    EXPECT_EQ(counted, 1);
    press(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(counted, 2) << "another run";
    window_->hands().setModel(nullptr);
}

TEST_F(HandsTest, ARefusalIsSaidAndWaitsForNothing) {
    openAt(3);
    QSignalSpy said(&window_->hands(), &HandControls::said);
    document().selectSlot(std::nullopt);
    window_->actions().pin->setEnabled(true);
    window_->actions().pin->trigger();
    ASSERT_EQ(said.count(), 1);
    EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
    EXPECT_THAT(window_->canvas().spokenNote().toStdString(), HasSubstr("No slot is selected"));
}

}  // namespace
}  // namespace crystallite::testing
