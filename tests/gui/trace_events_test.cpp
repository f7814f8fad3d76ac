#include "app/trace_events.h"

#include "tests/gui/moving_trace.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

namespace crystallite::testing {
namespace {

TEST(TraceEvents, TheNextEventIsTheNextFrameThatCommitsSomething) {
    // 4 slots in 8 steps: the first four steps commit one each, the others nothing.
    const Trace trace = syntheticTrace({.length = 4, .steps = 8, .finishedSteps = 8});
    uint32_t committing = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        committing += trace.record(step).events.empty() ? 0U : 1U;
    }

    uint32_t visited = 0;
    uint32_t frame = 0;
    while (frame < trace.steps()) {
        frame = nextEventFrame(trace, frame);
        visited += trace.record(frame).events.empty() ? 0U : 1U;
    }

    EXPECT_EQ(visited, committing);
}

TEST(TraceEvents, BackAndForthReverseEachOther) {
    const Trace trace = syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16});

    for (uint32_t frame = 1; frame <= trace.steps(); ++frame) {
        if (isEventFrame(trace, frame) && frame > 1) {
            EXPECT_EQ(nextEventFrame(trace, previousEventFrame(trace, frame)), frame);
        }
    }
}

TEST(TraceEvents, BlocksAreFoundInBothDirections) {
    // Three blocks of eight slots, four steps each: they start at 1, 5 and 9.
    const Trace trace = syntheticTrace({.length = 24, .steps = 12, .blockLength = 8, .finishedSteps = 12});

    EXPECT_EQ(nextBlockFrame(trace, 0), 1U);
    EXPECT_EQ(nextBlockFrame(trace, 1), 5U);
    EXPECT_EQ(nextBlockFrame(trace, 9), 12U);
    EXPECT_EQ(previousBlockFrame(trace, 12), 9U);
    EXPECT_EQ(previousBlockFrame(trace, 9), 5U);
    EXPECT_EQ(previousBlockFrame(trace, 1), 0U);
}

TEST(TraceEvents, ARemaskIsAnEvent) {
    const Trace trace = syntheticTrace({.length = 4, .steps = 8, .finishedSteps = 8, .remasks = true});

    EXPECT_TRUE(isEventFrame(trace, 4)) << "the step in the middle takes a slot back";
}

TEST(TraceEvents, ASlotThatMovedHasTheGuessThatItHadBefore) {
    const Trace trace = movingTrace();

    EXPECT_TRUE(isEventFrame(trace, 1)) << "inserted";
    EXPECT_FALSE(isEventFrame(trace, 2)) << "the same slots at other positions believe the same";
    EXPECT_TRUE(isEventFrame(trace, 3)) << "another guess";
    EXPECT_EQ(nextEventFrame(trace, 1), 3U);
    EXPECT_EQ(previousEventFrame(trace, 3), 1U);
}

TEST(TraceEvents, ChangesAndFlipsAreThoseOfTheSlotWhereverItStands) {
    const Trace trace = movingTrace();

    EXPECT_EQ(changeOf(trace, kInsertedKey, 1), EventKind::Insert);
    EXPECT_EQ(changeOf(trace, kSecondKey, 4), EventKind::Commit);
    EXPECT_FALSE(changeOf(trace, kSecondKey, 3));
    EXPECT_FALSE(changeOf(trace, kFirstKey, 4));
    EXPECT_FALSE(changeOf(trace, kSecondKey, 0));
    EXPECT_FALSE(changeOf(trace, kSecondKey, 5)) << "behind the run";
    EXPECT_TRUE(guessFlips(trace, kSecondKey, 3));
    EXPECT_FALSE(guessFlips(trace, kSecondKey, 2));
    EXPECT_FALSE(guessFlips(trace, kFirstKey, 2));
    EXPECT_FALSE(guessFlips(trace, kInsertedKey, 2)) << "nobody was asked about it before";
}

TEST(TraceEvents, BreaksAreFoundInBothDirections) {
    const Trace trace = movingTrace();
    const std::set<uint32_t> keys{kFirstKey, kSecondKey};

    ASSERT_TRUE(nextBreak(trace, keys, 0));
    EXPECT_EQ(nextBreak(trace, keys, 0)->frame, 3U);
    EXPECT_EQ(nextBreak(trace, keys, 0)->key, kSecondKey);
    EXPECT_EQ(nextBreak(trace, keys, 3)->frame, 4U);
    EXPECT_FALSE(nextBreak(trace, keys, 4));
    EXPECT_EQ(previousBreak(trace, keys, 4)->frame, 3U);
    EXPECT_FALSE(previousBreak(trace, keys, 3));
    EXPECT_FALSE(nextBreak(trace, {}, 0));
    EXPECT_FALSE(previousBreak(trace, {}, 4));
}

}  // namespace
}  // namespace crystallite::testing
