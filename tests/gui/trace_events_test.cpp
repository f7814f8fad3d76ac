#include "app/trace_events.h"

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

}  // namespace
}  // namespace crystallite::testing
