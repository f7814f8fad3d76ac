#include "app/live_pace.h"

#include "app/live_stops.h"
#include "app/playback.h"
#include "app/processor_time.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QTest>

#include <vector>

namespace crystallite::testing {
namespace {

constexpr int64_t kMs = 1'000'000;

/// A run whose steps arrive every 20 ms of a clock that the test moves; a frame costs 40 ms of processor time.
class LivePaceTest : public ::testing::Test {
protected:
    void SetUp() override {
        QObject::connect(&document_, &RunDocument::frameChanged, [this](uint32_t frame) {
            shown_.push_back(frame);
            spent_ += 40 * kMs;
        });
        QObject::connect(&document_, &RunDocument::stepsTold, [this](uint32_t first, uint32_t last) {
            EXPECT_EQ(first, told_ + 1) << "every step is told, once and in order";
            told_ = last;
        });
        document_.reset(Trace(whole_.header(), whole_.canvas(0), whole_.pieces(), {}), true);
        shown_.clear();
    }
    void arrive(uint32_t steps) {
        for (uint32_t step = 0; step < steps; ++step) {
            now_ += 20 * kMs;
            document_.take(whole_.record(document_.trace().steps() + 1), {}, {});
            pace_.arrived();
        }
    }

    Trace whole_ = syntheticTrace({.length = 96, .steps = 96, .finishedSteps = 96, .remasks = true});
    RunDocument document_;
    LiveStops stops_{document_};
    Playback playback_{document_, [] { return int64_t{0}; }};
    int64_t now_ = 0;
    int64_t spent_ = 0;
    LivePace pace_{document_, {.now = [this] { return now_; }, .spent = [this] { return spent_; }}};
    std::vector<uint32_t> shown_;
    uint32_t told_ = 0;
};

TEST_F(LivePaceTest, DearFramesAreSomeOfTheStepsAndTheTraceHasAll) {
    arrive(90);

    EXPECT_EQ(document_.trace().steps(), 90U);
    EXPECT_EQ(shown_, (std::vector<uint32_t>{1, 51}));
    EXPECT_EQ(document_.frame(), 51U);
    EXPECT_EQ(document_.stride(), 50U);
    EXPECT_TRUE(document_.followsLive());
}

TEST_F(LivePaceTest, TheLastStepIsShownWhenTheRunEnds) {
    arrive(20);
    ASSERT_EQ(document_.frame(), 1U);

    document_.finish(RunStatus::Stopped);

    EXPECT_EQ(document_.frame(), 20U);
    EXPECT_EQ(told_, 20U);
}

TEST_F(LivePaceTest, AStepThatNobodyFollowsIsShownWhenItIsPaidFor) {
    arrive(20);
    ASSERT_EQ(document_.frame(), 1U);

    now_ += 2000 * kMs;  // the next step takes long; the timer asks again
    EXPECT_TRUE(QTest::qWaitFor([this] { return document_.frame() == 20U; }, 5000));
}

TEST_F(LivePaceTest, ASeekShowsItsFrameAtOnceAndKnowsEveryStep) {
    arrive(20);

    document_.setFrame(12);

    EXPECT_EQ(document_.frame(), 12U);
    EXPECT_EQ(told_, 20U);
    EXPECT_FALSE(document_.followsLive());
}

TEST_F(LivePaceTest, TheEndKeyShowsTheNewestStep) {
    arrive(20);

    playback_.seek(document_.trace().steps());

    EXPECT_EQ(document_.frame(), 20U);
    EXPECT_TRUE(document_.followsLive());
    arrive(1);
    EXPECT_EQ(document_.frame(), 21U) << "what a person asked for costs the run's frames nothing";
}

TEST_F(LivePaceTest, AStepBackGoesBackFromWhatIsSeenAndAStepOnToTheNewest) {
    arrive(70);
    ASSERT_EQ(document_.frame(), 51U);

    playback_.stepBy(1);
    EXPECT_EQ(document_.frame(), 70U);
    EXPECT_TRUE(document_.followsLive());

    arrive(5);
    const uint32_t seen = document_.frame();
    ASSERT_LT(seen, 75U);
    playback_.stepBy(-1);
    EXPECT_EQ(document_.frame(), seen - 1);
    EXPECT_FALSE(document_.followsLive());
}

TEST_F(LivePaceTest, PlayWhileFollowingStaysLive) {
    arrive(20);

    playback_.play(PlayDirection::Forward);

    EXPECT_FALSE(playback_.isPlaying());
    EXPECT_TRUE(document_.followsLive());
}

TEST_F(LivePaceTest, ABreakpointStopsOnItsVeryStepAtOnce) {
    arrive(1);
    uint32_t broken = 2;
    while (whole_.record(broken).events.empty() || whole_.record(broken).events.front().kind != EventKind::Commit) {
        ++broken;
    }
    document_.marks().toggleBreakpoint(document_.trace().canvas(0).key(whole_.record(broken).events.front().position));
    const uint32_t before = document_.frame();
    ASSERT_EQ(before, 1U);

    for (uint32_t step = 0; step < 60 && document_.followsLive(); ++step) {
        arrive(1);
    }

    EXPECT_FALSE(document_.followsLive());
    EXPECT_EQ(document_.frame(), document_.trace().steps()) << "no step after it has arrived";
    EXPECT_LE(document_.frame(), broken);
    EXPECT_LT(document_.frame(), 51U) << "it would not have been shown by itself";
}

TEST_F(LivePaceTest, AConditionIsMetOnItsVeryStep) {
    arrive(1);
    stops_.arm(MaskedShareBelow{0.80});

    arrive(60);

    const Trace& trace = document_.trace();
    EXPECT_TRUE(fulfils(MaskedShareBelow{0.80}, trace, document_.frame()));
    EXPECT_FALSE(fulfils(MaskedShareBelow{0.80}, trace, document_.frame() - 1));
}

TEST_F(LivePaceTest, ARunThatNobodyFollowsIsToldAtItsPaceToo) {
    arrive(10);
    document_.setFrame(3);
    shown_.clear();

    arrive(30);

    EXPECT_TRUE(shown_.empty());
    EXPECT_EQ(document_.frame(), 3U);
    document_.setFollowsLive(true);
    EXPECT_EQ(document_.frame(), 40U);
    EXPECT_EQ(told_, 40U);
}

TEST(ShowLimits, AModelOnTheProcessorsLeavesTwoHundredthsOfThem) {
    EXPECT_DOUBLE_EQ(showLimits(true, 2, 60.0).rate, 0.04);
    EXPECT_DOUBLE_EQ(showLimits(true, 16, 60.0).rate, 0.32);
    EXPECT_DOUBLE_EQ(showLimits(false, 2, 60.0).rate, 0.5);
    EXPECT_EQ(showLimits(true, 2, 100.0).leastInterval, 10 * kMs);
    EXPECT_EQ(showLimits(true, 0, 0.0).rate, 0.02) << "a system that does not say how many has one";
}

TEST(TimeSpentShowing, CountsTheTimeOfThisThread) {
    const int64_t before = timeSpentShowing();
    QElapsedTimer timer;
    timer.start();
    volatile uint64_t work = 0;
    while (timeSpentShowing() - before < 5 * kMs && timer.elapsed() < 20'000) {
        work = work + 1;
    }
#ifdef Q_OS_UNIX
    EXPECT_GE(timeSpentShowing() - before, 5 * kMs);
    EXPECT_LE(timeSpentShowing() - before, timer.nsecsElapsed() + kMs) << "no other thread draws here";
#endif
}

}  // namespace
}  // namespace crystallite::testing
