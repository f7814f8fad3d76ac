#include "app/playback.h"

#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

namespace crystallite::testing {
namespace {

// At 1x a step lasts 1000 / 6 ms.
TEST(PlaybackClock, CountsSixStepsInASecond) {
    PlaybackClock clock;
    clock.start(PlayDirection::Forward, 1000);

    int steps = 0;
    for (int64_t now = 1000; now <= 2000; now += 10) {
        steps += clock.takeDueSteps(now);
    }

    EXPECT_EQ(steps, 6);
}

TEST(PlaybackClock, CatchesUpAfterALongPause) {
    PlaybackClock clock;
    clock.start(PlayDirection::Backward, 0);

    EXPECT_EQ(clock.takeDueSteps(2000), -12);
}

TEST(PlaybackClock, KeepsTheShareOfAStepWhenTheSpeedChanges) {
    PlaybackClock clock;
    clock.start(PlayDirection::Forward, 0);

    clock.setSpeed(2.0, 125);  // 0.75 of a step has passed; the rest takes 0.25 / 12 s = 20.8 ms

    EXPECT_EQ(clock.takeDueSteps(145), 0);
    EXPECT_EQ(clock.takeDueSteps(146), 1);
}

TEST(PlaybackClock, StaysBetweenAQuarterAndEightTimes) {
    PlaybackClock clock;

    clock.setSpeed(0.01, 0);
    EXPECT_DOUBLE_EQ(clock.speed(), 0.25);
    clock.setSpeed(100.0, 0);
    EXPECT_DOUBLE_EQ(clock.speed(), 8.0);
}

class PlaybackTest : public ::testing::Test {
protected:
    void SetUp() override { document_.reset(syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8}), false); }

    int64_t now_ = 0;
    RunDocument document_;
    Playback playback_{document_, [this] { return now_; }};
};

TEST_F(PlaybackTest, PlayAtTheEndStartsAgainAtTheFirstFrame) {
    ASSERT_EQ(document_.frame(), 8U);

    playback_.toggle();

    EXPECT_TRUE(playback_.isPlaying());
    EXPECT_EQ(document_.frame(), 0U);
}

TEST_F(PlaybackTest, ShowsWhatIsDueAndPausesAtTheEnd) {
    document_.setFrame(5);
    playback_.play(PlayDirection::Forward);

    now_ = 400;  // 2.4 steps
    playback_.tick();
    EXPECT_EQ(document_.frame(), 7U);
    EXPECT_TRUE(playback_.isPlaying());

    now_ = 5000;
    playback_.tick();
    EXPECT_EQ(document_.frame(), 8U);
    EXPECT_FALSE(playback_.isPlaying());
}

TEST_F(PlaybackTest, AStepByHandPausesAndIsShownAtOnce) {
    document_.setFrame(3);
    playback_.play(PlayDirection::Forward);

    playback_.stepBy(-1);

    EXPECT_FALSE(playback_.isPlaying());
    EXPECT_EQ(document_.frame(), 2U);
}

TEST_F(PlaybackTest, SpeedDoublesHalvesAndReturnsToNormal) {
    playback_.faster();
    playback_.faster();
    EXPECT_DOUBLE_EQ(playback_.speed(), 4.0);
    playback_.slower();
    EXPECT_DOUBLE_EQ(playback_.speed(), 2.0);
    playback_.resetSpeed();
    EXPECT_DOUBLE_EQ(playback_.stepsPerSecond(), kStepsPerSecond);
}

}  // namespace
}  // namespace crystallite::testing
