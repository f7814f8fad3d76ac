#include "app/run_document.h"

#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace crystallite::testing {
namespace {

class RunDocumentTest : public ::testing::Test {
protected:
    void begin() {
        document_.reset(Trace(whole_.header(), whole_.canvas(0), whole_.pieces(), {}), true);
        addStep();
        addStep();
        addStep();
    }
    void addStep() { document_.append(whole_.record(document_.trace().steps() + 1), {}, {}); }

    Trace whole_ = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8});
    RunDocument document_;
};

TEST_F(RunDocumentTest, FollowsArrivingSteps) {
    begin();

    EXPECT_EQ(document_.frame(), 3U);
    EXPECT_TRUE(document_.followsLive());
}

TEST_F(RunDocumentTest, SeekingBackWhileLiveStopsFollowing) {
    begin();

    document_.setFrame(1);
    addStep();

    EXPECT_FALSE(document_.followsLive());
    EXPECT_EQ(document_.frame(), 1U);
    EXPECT_EQ(document_.trace().steps(), 4U);
}

TEST_F(RunDocumentTest, SeekingToTheEndWhileLiveFollowsAgain) {
    begin();
    document_.setFrame(1);

    document_.setFrame(3);
    addStep();

    EXPECT_TRUE(document_.followsLive());
    EXPECT_EQ(document_.frame(), 4U);
}

TEST_F(RunDocumentTest, ASeekBeyondTheEndStandsOnTheLastFrame) {
    document_.reset(whole_, false);

    document_.setFrame(4000);

    EXPECT_EQ(document_.frame(), 8U);
}

TEST_F(RunDocumentTest, TellsOfAFrameOnlyWhenItChanges) {
    document_.reset(whole_, false);
    const QSignalSpy changes(&document_, &RunDocument::frameChanged);

    document_.setFrame(5);
    document_.setFrame(5);

    EXPECT_EQ(changes.count(), 1);
}

TEST_F(RunDocumentTest, ASlotThatDoesNotExistIsNoSelection) {
    document_.reset(whole_, false);
    document_.selectSlot(2);

    document_.selectSlot(whole_.slots());

    EXPECT_FALSE(document_.selectedSlot());
}

}  // namespace
}  // namespace crystallite::testing
