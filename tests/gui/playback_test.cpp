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

TEST_F(PlaybackTest, ForwardPlayStaysInTheRangeWhileItLoops) {
    document_.marks().setRange(FrameRange{2, 4});
    document_.marks().setLoops(true);
    document_.setFrame(3);
    playback_.play(PlayDirection::Forward);
    EXPECT_EQ(document_.frame(), 3U) << "it begins where the cursor is, inside the range";

    // At 1x a step lasts 166.7 ms; each tick is a little behind the step that is due.
    const uint32_t expected[] = {4, 2, 3, 4, 2};
    for (const uint32_t frame : expected) {
        now_ += 167;
        playback_.tick();
        EXPECT_EQ(document_.frame(), frame);
    }
    EXPECT_TRUE(playback_.isPlaying());
}

TEST_F(PlaybackTest, BackwardPlayStaysInTheRangeWhileItLoops) {
    document_.marks().setRange(FrameRange{2, 4});
    document_.marks().setLoops(true);
    document_.setFrame(8);
    playback_.play(PlayDirection::Backward);
    EXPECT_EQ(document_.frame(), 4U) << "from outside it begins at the end of the range";

    const uint32_t expected[] = {3, 2, 4, 3};
    for (const uint32_t frame : expected) {
        now_ += 167;
        playback_.tick();
        EXPECT_EQ(document_.frame(), frame);
    }
}

TEST_F(PlaybackTest, ALoopWithoutARangeIsTheWholeRun) {
    document_.marks().setLoops(true);
    document_.setFrame(7);
    playback_.play(PlayDirection::Forward);

    now_ = 167;
    playback_.tick();
    EXPECT_EQ(document_.frame(), 8U);
    EXPECT_TRUE(playback_.isPlaying());
    now_ = 334;
    playback_.tick();
    EXPECT_EQ(document_.frame(), 0U);
}

TEST_F(PlaybackTest, ARangeThatDoesNotLoopHoldsNothingBack) {
    document_.marks().setRange(FrameRange{2, 4});
    document_.setFrame(4);
    playback_.play(PlayDirection::Forward);

    now_ = 5000;
    playback_.tick();

    EXPECT_EQ(document_.frame(), 8U);
    EXPECT_FALSE(playback_.isPlaying());
}

TEST_F(PlaybackTest, ARangeOfOneFrameEndsAtOnce) {
    document_.marks().setRange(FrameRange{3, 3});
    document_.marks().setLoops(true);
    playback_.play(PlayDirection::Forward);

    now_ = 167;
    playback_.tick();

    EXPECT_EQ(document_.frame(), 3U);
    EXPECT_FALSE(playback_.isPlaying());
}

TEST_F(PlaybackTest, ALoopOutlivesALongSleep) {
    document_.marks().setRange(FrameRange{2, 4});
    document_.marks().setLoops(true);
    document_.setFrame(2);
    playback_.play(PlayDirection::Forward);

    now_ = int64_t{30} * 24 * 3600 * 1000;
    playback_.tick();

    EXPECT_TRUE(document_.frame() >= 2 && document_.frame() <= 4);
    EXPECT_TRUE(playback_.isPlaying());
}

/// A slot that step 5 commits, and whose guess stays the same before.
class BreakpointTest : public PlaybackTest {
protected:
    void SetUp() override {
        PlaybackTest::SetUp();
        key_ = document_.trace().record(5).events.front().position;
        document_.marks().toggleBreakpoint(key_);
        QObject::connect(&playback_, &Playback::stoppedAtBreakpoint, [this](uint32_t key) { stoppedFor_ = key; });
    }

    uint32_t key_ = 0;
    std::optional<uint32_t> stoppedFor_;
};

TEST_F(BreakpointTest, StopsPlaybackThatWouldPassIt) {
    document_.setFrame(0);
    playback_.play(PlayDirection::Forward);

    now_ = 1200;  // 7.2 steps
    playback_.tick();

    EXPECT_EQ(document_.frame(), 5U);
    EXPECT_FALSE(playback_.isPlaying());
    EXPECT_EQ(stoppedFor_, key_);
}

TEST_F(BreakpointTest, StopsBackwardPlaybackToo) {
    playback_.play(PlayDirection::Backward);

    now_ = 5000;
    playback_.tick();

    EXPECT_EQ(document_.frame(), 5U);
}

TEST_F(BreakpointTest, IsLeftWhenPlaybackGoesOn) {
    document_.setFrame(5);
    playback_.play(PlayDirection::Forward);

    now_ = 5000;
    playback_.tick();

    EXPECT_EQ(document_.frame(), 8U);
}

TEST_F(BreakpointTest, IsWhereARunToTheEndAndBackStops) {
    document_.setFrame(0);

    playback_.runTo(PlayDirection::Forward);
    EXPECT_EQ(document_.frame(), 5U);
    playback_.runTo(PlayDirection::Forward);
    EXPECT_EQ(document_.frame(), 8U);
    playback_.runTo(PlayDirection::Backward);
    EXPECT_EQ(document_.frame(), 5U);
    playback_.runTo(PlayDirection::Backward);
    EXPECT_EQ(document_.frame(), 0U);
}

TEST_F(BreakpointTest, HoldsBackAStepByHandNever) {
    document_.setFrame(4);

    playback_.stepBy(3);

    EXPECT_EQ(document_.frame(), 7U);
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
