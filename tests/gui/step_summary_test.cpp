#include "app/step_summary.h"
#include "app/announcer.h"
#include "app/canvas/canvas_widget.h"
#include "app/playback.h"
#include "app/run_document.h"
#include "tests/support/changed_trace.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <QTest>
#include <QWidget>

namespace crystallite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(StepSummary, ListsTheWordsThatWereCommitted) {
    const Trace trace = handWorkedTrace({{{0.93F}}, {{0.41F, 0.2F}}, {{0.8F}}}, {1, 3});

    EXPECT_EQ(changedWords(trace, 0).toStdString(), "");
    EXPECT_EQ(changedWords(trace, 1).toStdString(), "committed: alpha, alpha");
    EXPECT_EQ(stepSummary(trace, 1, false).toStdString(), "Step 1 of 1. 2 committed, 1 masked.");
    EXPECT_EQ(stepSummary(trace, 1, true).toStdString(), "Step 1 of 1. 2 committed, 1 masked. committed: alpha, alpha.");
}

TEST(StepSummary, TellsRemasksAndEditsApart) {
    const Trace whole = syntheticTrace({.length = 16, .steps = 16, .finishedSteps = 16, .remasks = true});
    uint32_t remasks = 0;
    for (uint32_t frame = 1; frame <= whole.steps(); ++frame) {
        for (const SlotEvent& event : whole.record(frame).events) {
            if (event.kind == EventKind::Remask) {
                ++remasks;
                EXPECT_THAT(changedWords(whole, frame).toStdString(), HasSubstr("remasked: "));
                EXPECT_THAT(stepSummary(whole, frame, false).toStdString(), HasSubstr(", 1 remasked."));
            }
        }
    }
    EXPECT_EQ(remasks, 1U);
}

TEST(StepSummary, CutsAListThatIsAText) {
    const Trace trace = handWorkedTrace(std::vector<HandWorkedSlot>(12, {{0.9F}}), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

    EXPECT_EQ(changedWords(trace, 1).count(QStringLiteral("alpha")), 8);
    EXPECT_THAT(changedWords(trace, 1).toStdString(), HasSubstr(" and 2 more"));
}

class AnnouncerTest : public ::testing::Test {
protected:
    AnnouncerTest() {
        document_.reset(syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8}), false);
        QObject::connect(&announcer_, &Announcer::said, &announcer_, [this](const QString& sentence) { said_ << sentence; });
        document_.setFrame(0);
        QTest::qWait(1);
        said_.clear();
    }

    RunDocument document_;
    int64_t now_ = 0;
    Playback playback_{document_, [this] { return now_; }};
    CanvasWidget canvas_{nullptr, CanvasRenderer::Painter};
    QWidget slider_;
    Announcer announcer_{document_, playback_, canvas_, slider_};
    QStringList said_;
};

TEST_F(AnnouncerTest, SaysOneSentencePerStep) {
    for (const int steps : {1, 1, -1}) {
        playback_.stepBy(steps);
        QTest::qWait(1);
    }
    EXPECT_EQ(said_.size(), 3);
    EXPECT_EQ(said_.front(), stepSummary(document_.trace(), 1, false));
}

TEST_F(AnnouncerTest, IsSilentWhilePlayingAndSaysWhereItHalts) {
    playback_.play(PlayDirection::Forward);
    for (int step = 0; step < 5; ++step) {
        now_ += 1000 / 6 + 1;
        playback_.tick();
        QTest::qWait(1);
    }
    EXPECT_TRUE(said_.isEmpty()) << said_.join(QLatin1Char('|')).toStdString();
    EXPECT_GE(document_.frame(), 4U);
    playback_.stepBy(1);  // pauses and moves: one occasion
    QTest::qWait(1);
    EXPECT_EQ(said_.size(), 1);
}

TEST_F(AnnouncerTest, IsSilentWhileARunArrivesAndSaysItsEnd) {
    const Trace whole = document_.trace();
    document_.reset(Trace(whole.header(), whole.canvas(0), whole.pieces(), {}), true);
    for (uint32_t step = 1; step <= whole.steps(); ++step) {
        document_.append(whole.record(step), {}, {});
        QTest::qWait(1);
    }
    EXPECT_TRUE(said_.isEmpty()) << said_.join(QLatin1Char('|')).toStdString();
    document_.finish(RunStatus::Complete);
    QTest::qWait(1);
    EXPECT_EQ(said_.size(), 1);
}

TEST_F(AnnouncerTest, ListsTheWordsForThoseWhoSeeNoMotion) {
    announcer_.setListsWords(true);
    playback_.stepBy(1);
    QTest::qWait(1);

    ASSERT_EQ(said_.size(), 1);
    EXPECT_THAT(said_.front().toStdString(), HasSubstr("committed: "));
}

TEST_F(AnnouncerTest, ReducedMotionPlaysThreeStepsASecond) {
    playback_.setUsualRate(kReducedStepsPerSecond);
    EXPECT_DOUBLE_EQ(playback_.stepsPerSecond(), 3.0);
    playback_.faster();
    EXPECT_DOUBLE_EQ(playback_.stepsPerSecond(), 6.0);
    playback_.setUsualRate(kStepsPerSecond);
    EXPECT_DOUBLE_EQ(playback_.stepsPerSecond(), 12.0) << "the chosen speed stays";
}

}  // namespace
}  // namespace crystallite::testing
