#include "app/live_stops.h"

#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

namespace crystallite::testing {
namespace {

/// Steps of a run arrive one by one; step 4 of 8 takes a slot back that step 1 committed.
class LiveStopsTest : public ::testing::Test {
protected:
    void SetUp() override {
        QObject::connect(&stops_, &LiveStops::stoppedAtBreakpoint, [this](uint32_t key) { breakKeys_.push_back(key); });
        QObject::connect(&stops_, &LiveStops::conditionMet, [this](const StopCondition&, uint32_t frame) { metAt_ = frame; });
        QObject::connect(&stops_, &LiveStops::runEndedBefore, [this](const StopCondition&) { missed_ = true; });
        document_.reset(Trace(whole_.header(), whole_.canvas(0), whole_.pieces(), {}), true);
    }
    void arrive(uint32_t steps) {
        for (uint32_t step = 0; step < steps; ++step) {
            document_.append(whole_.record(document_.trace().steps() + 1), {}, {});
        }
    }

    Trace whole_ = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8, .remasks = true});
    RunDocument document_;
    LiveStops stops_{document_};
    std::vector<uint32_t> breakKeys_;
    std::optional<uint32_t> metAt_;
    bool missed_ = false;
};

TEST_F(LiveStopsTest, TheFollowingCursorStopsAtABreakpointAndTheRunGoesOn) {
    const uint32_t slot = whole_.record(4).events.back().position;
    arrive(1);  // commits it
    document_.marks().toggleBreakpoint(slot);

    arrive(5);

    EXPECT_EQ(document_.frame(), 4U);
    EXPECT_FALSE(document_.followsLive());
    EXPECT_EQ(document_.trace().steps(), 6U);
    EXPECT_EQ(breakKeys_, std::vector<uint32_t>{slot});
}

TEST_F(LiveStopsTest, FollowingAgainFromABreakpointGoesOn) {
    const uint32_t slot = whole_.record(4).events.back().position;
    arrive(3);
    document_.marks().toggleBreakpoint(slot);
    arrive(1);
    ASSERT_EQ(document_.frame(), 4U);
    ASSERT_FALSE(document_.followsLive());

    document_.setFrame(4);  // the newest one, as the End key does
    EXPECT_TRUE(document_.followsLive());
    EXPECT_EQ(breakKeys_.size(), 1U) << "going to a frame is not arriving there";
    document_.marks().setBreakpoints({});
    arrive(2);
    EXPECT_EQ(document_.frame(), 6U);
}

TEST_F(LiveStopsTest, ABreakpointDoesNotMoveACursorThatStandsElsewhere) {
    arrive(3);
    document_.marks().toggleBreakpoint(whole_.record(4).events.back().position);
    document_.setFrame(2);

    arrive(5);

    EXPECT_EQ(document_.frame(), 2U);
    EXPECT_TRUE(breakKeys_.empty());
}

TEST_F(LiveStopsTest, AnArmedConditionStopsTheCursorOnce) {
    arrive(1);
    stops_.arm(MaskedShareBelow{0.70});  // 11.2 of 16: step 3

    arrive(3);

    EXPECT_EQ(metAt_, 3U);
    EXPECT_EQ(document_.frame(), 3U);
    EXPECT_FALSE(document_.followsLive());
    EXPECT_FALSE(stops_.armed());
    document_.setFollowsLive(true);
    arrive(4);
    EXPECT_EQ(document_.frame(), 8U);
    EXPECT_EQ(metAt_, 3U);
}

TEST_F(LiveStopsTest, AConditionIsToldToACursorThatStandsElsewhere) {
    arrive(2);
    stops_.arm(AnyRevision{});
    document_.setFrame(1);

    arrive(3);

    EXPECT_EQ(metAt_, 4U);
    EXPECT_EQ(document_.frame(), 1U);
}

TEST_F(LiveStopsTest, ARunThatEndsBeforeSaysSo) {
    arrive(4);
    stops_.arm(AnyRevision{});

    arrive(4);
    EXPECT_FALSE(missed_);
    document_.finish(RunStatus::Complete);

    EXPECT_TRUE(missed_);
    EXPECT_FALSE(stops_.armed());
}

TEST_F(LiveStopsTest, AConditionBelongsToItsRun) {
    arrive(1);
    stops_.arm(AnyRevision{});

    document_.reset(whole_, false);

    EXPECT_FALSE(stops_.armed());
    EXPECT_FALSE(missed_);
}

}  // namespace
}  // namespace crystallite::testing
