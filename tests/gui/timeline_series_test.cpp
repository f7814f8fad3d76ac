#include "app/timeline_series.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace crystallite::testing {
namespace {

/// The trace again with other times.
Trace withTimes(const Trace& trace, const std::vector<double>& milliseconds) {
    Trace timed(trace.header(), trace.canvas(0), trace.pieces(), {});
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        StepRecord record = trace.record(step);
        record.milliseconds = milliseconds[step - 1];
        timed.append(std::move(record));
    }
    return timed;
}

TEST(TimelineSeries, HoldsTheNumbersOfEveryFrame) {
    const Trace trace = syntheticTrace({.length = 40, .steps = 20, .finishedSteps = 20, .remasks = true});
    TimelineSeries series;
    series.reset(trace);

    ASSERT_EQ(series.frames(), 21U);
    EXPECT_EQ(series.at(0).masked, 40U);
    EXPECT_FALSE(series.at(0).meanEntropy);
    size_t remasks = 0;
    for (uint32_t step = 1; step <= 20; ++step) {
        double sum = 0.0;
        uint32_t masked = 0;
        for (const SlotBelief& belief : trace.record(step).beliefs) {
            sum += double{belief.entropy};
        }
        for (uint32_t position = 0; position < trace.slots(); ++position) {
            masked += trace.canvas(step).isMasked(position) ? 1 : 0;
        }
        const FrameNumbers& numbers = series.at(step);
        EXPECT_EQ(numbers.masked, masked);
        ASSERT_TRUE(numbers.meanEntropy);
        EXPECT_NEAR(*numbers.meanEntropy, sum / static_cast<double>(trace.record(step).beliefs.size()), 1e-9);
        EXPECT_EQ(numbers.commits + numbers.revisions.size(), trace.record(step).events.size());
        EXPECT_DOUBLE_EQ(numbers.milliseconds, 11.4);
        remasks += static_cast<size_t>(std::ranges::count(numbers.revisions, EventKind::Remask));
    }
    EXPECT_EQ(remasks, 1U);
}

TEST(TimelineSeries, GrowsStepByStepIntoTheSame) {
    const Trace whole = syntheticTrace({.length = 32, .steps = 16, .blockLength = 8, .finishedSteps = 16});
    Trace growing(whole.header(), whole.canvas(0), whole.pieces(), {});
    TimelineSeries grown;
    grown.reset(growing);
    for (uint32_t step = 1; step <= 16; ++step) {
        growing.append(whole.record(step));
        grown.append(growing);
    }
    TimelineSeries read;
    read.reset(whole);

    ASSERT_EQ(grown.frames(), read.frames());
    EXPECT_EQ(grown.scales(), read.scales());
    EXPECT_EQ(grown.blocks(), read.blocks());
    for (uint32_t frame = 0; frame < read.frames(); ++frame) {
        EXPECT_EQ(grown.at(frame).masked, read.at(frame).masked);
        EXPECT_EQ(grown.at(frame).meanEntropy, read.at(frame).meanEntropy);
    }
}

TEST(TimelineSeries, KnowsTheStepsOfEveryBlock) {
    const Trace trace = syntheticTrace({.length = 32, .steps = 16, .blockLength = 8, .finishedSteps = 16});
    TimelineSeries series;
    series.reset(trace);

    const std::vector<BlockSpan> wanted = {{.block = 0, .first = 1, .last = 4},
                                           {.block = 1, .first = 5, .last = 8},
                                           {.block = 2, .first = 9, .last = 12},
                                           {.block = 3, .first = 13, .last = 16}};
    EXPECT_EQ(series.blocks(), wanted);
    EXPECT_FALSE(series.blockAt(0)) << "before the first step nothing works on a block";
    EXPECT_EQ(series.blockAt(8), wanted[1]);
    EXPECT_EQ(series.blockAt(9), wanted[2]);
    EXPECT_FALSE(series.blockAt(17));
}

TEST(TimelineSeries, ScalesHoldEveryEntropyAndAllButTheSlowestSteps) {
    const Trace plain = syntheticTrace({.length = 40, .steps = 40, .finishedSteps = 40});
    std::vector<double> times(40, 3.1);
    times[0] = 900.0;  // a first step that compiles its shaders
    const Trace trace = withTimes(plain, times);
    TimelineSeries series;
    series.reset(trace);

    EXPECT_DOUBLE_EQ(series.scales().milliseconds, 5.0);
    EXPECT_DOUBLE_EQ(series.scales().commits, 1.0);
    double most = 0.0;
    for (uint32_t frame = 1; frame < series.frames(); ++frame) {
        most = std::max(most, *series.at(frame).meanEntropy);
    }
    EXPECT_GE(series.scales().entropyNats, most);
    EXPECT_LE(series.scales().entropyNats, most * 2.5 + 1e-9) << "the next round number, not any";
}

TEST(TimelineSeries, ARunWithoutStepsHasScales) {
    TimelineSeries series;
    series.reset(syntheticTrace({.finishedSteps = 0}));
    EXPECT_EQ(series.frames(), 1U);
    EXPECT_GT(series.scales().entropyNats, 0.0);
    EXPECT_GT(series.scales().milliseconds, 0.0);
    series.reset(Trace());
    EXPECT_EQ(series.frames(), 0U);
}

TEST(TimelineSeries, RoundNumbers) {
    const std::pair<double, double> wanted[] = {{0.07, 0.1}, {0.1, 0.1}, {0.3, 0.5},  {1.0, 1.0},
                                                {1.01, 2.0}, {4.9, 5.0}, {5.1, 10.0}, {230.0, 500.0}};
    for (const auto& [value, ceiling] : wanted) {
        EXPECT_NEAR(niceCeiling(value), ceiling, ceiling * 1e-9) << value;
    }
}

TEST(TimelineSeries, NumbersOfARulerHaveRoom) {
    for (const double width : {0.3, 1.0, 7.5, 12.0, 40.0, 300.0}) {
        const uint32_t spacing = tickSpacing(width, 40.0);
        EXPECT_GE(spacing * width, std::min(40.0, width)) << width;
        EXPECT_LE(spacing * width, std::max(100.0 + 1e-9, width)) << "and are not lost";
    }
    EXPECT_EQ(tickSpacing(300.0, 40.0), 1U);
    EXPECT_EQ(tickSpacing(12.0, 40.0), 5U);
    EXPECT_EQ(tickSpacing(1.0, 40.0), 50U);
}

}  // namespace
}  // namespace crystallite::testing
