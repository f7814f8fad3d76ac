#include "app/timeline_window.h"

#include <gtest/gtest.h>

namespace crystallite::testing {
namespace {

double shareOf(const TimeWindow& window, double column) {
    return (column - window.begin()) / window.span();
}

TEST(TimeWindow, StartsWithTheWholeRun) {
    const TimeWindow window(33);

    EXPECT_TRUE(window.isWhole());
    EXPECT_EQ(window.first(), 0U);
    EXPECT_EQ(window.last(), 32U);
    EXPECT_TRUE(window.shows(0));
    EXPECT_TRUE(window.shows(32));
}

TEST(TimeWindow, AZoomKeepsThePointThatItIsAround) {
    const TimeWindow window = TimeWindow(1000).over(400, 599);
    for (const double around : {410.0, 433.7, 500.0, 590.5}) {
        for (const double factor : {1.25, 3.0, 0.8, 0.5}) {
            const TimeWindow zoomed = window.zoomed(factor, around);
            EXPECT_NEAR(zoomed.span(), 200.0 / factor, 1e-9);
            EXPECT_NEAR(shareOf(zoomed, around), shareOf(window, around), 1e-9) << around << " by " << factor;
        }
    }
}

TEST(TimeWindow, AZoomThereAndBackChangesNothingInTheMiddle) {
    const TimeWindow window = TimeWindow(1000).over(400, 599);
    const TimeWindow back = window.zoomed(2.0, 470.0).zoomed(0.5, 470.0);

    EXPECT_NEAR(back.begin(), window.begin(), 1e-9);
    EXPECT_NEAR(back.span(), window.span(), 1e-9);
}

TEST(TimeWindow, ZoomingOutEndsAtTheWholeRun) {
    TimeWindow window = TimeWindow(100).over(90, 99);
    for (int notch = 0; notch < 60; ++notch) {
        window = window.zoomed(0.8, 95.0);
        EXPECT_GE(window.begin(), 0.0);
        EXPECT_LE(window.end(), 100.0 + 1e-9);
    }
    EXPECT_TRUE(window.isWhole());
    EXPECT_EQ(window, TimeWindow(100));
}

TEST(TimeWindow, LeavesAFewColumnsAndAllOfAShortRun) {
    EXPECT_DOUBLE_EQ(TimeWindow(100).zoomed(1e6, 50.0).span(), kFewestColumns);
    EXPECT_DOUBLE_EQ(TimeWindow(5).zoomed(1e6, 2.0).span(), 5.0);
    EXPECT_DOUBLE_EQ(TimeWindow(0).span(), 1.0) << "an empty run still has a column";
}

TEST(TimeWindow, APanStopsAtBothEnds) {
    const TimeWindow window = TimeWindow(100).over(40, 59);

    EXPECT_DOUBLE_EQ(window.panned(7.5).begin(), 47.5);
    EXPECT_DOUBLE_EQ(window.panned(-1000).begin(), 0.0);
    EXPECT_DOUBLE_EQ(window.panned(1000).end(), 100.0);
    EXPECT_DOUBLE_EQ(window.panned(1000).span(), 20.0);
}

TEST(TimeWindow, ShowsTheFramesThatItIsAskedFor) {
    const TimeWindow window = TimeWindow(100).over(33, 64);
    EXPECT_EQ(window.first(), 33U);
    EXPECT_EQ(window.last(), 64U);
    EXPECT_FALSE(window.shows(32));
    EXPECT_FALSE(window.shows(65));

    const TimeWindow few = TimeWindow(100).over(50, 51);
    EXPECT_DOUBLE_EQ(few.span(), kFewestColumns);
    EXPECT_TRUE(few.shows(50) && few.shows(51));
    EXPECT_TRUE(TimeWindow(100).over(98, 99).shows(99)) << "at the end of the line";
}

TEST(TimeWindow, MovesNoFartherThanItNeedsToShowAFrame) {
    const TimeWindow window = TimeWindow(100).over(40, 59);

    EXPECT_EQ(window.showing(45), window);
    EXPECT_DOUBLE_EQ(window.showing(60).begin(), 41.0);
    EXPECT_DOUBLE_EQ(window.showing(30).begin(), 30.0);
    EXPECT_TRUE(TimeWindow(100).zoomed(3.7, 0.5).showing(0).shows(0));
    EXPECT_TRUE(TimeWindow(100).zoomed(3.7, 99.5).showing(99).shows(99));
}

TEST(TimeWindow, FollowsACursorByPages) {
    for (const bool forward : {true, false}) {
        TimeWindow window = TimeWindow(1000).zoomed(20.0, 500.0);
        int turns = 0;
        for (uint32_t step = 0; step < 1000; ++step) {
            const uint32_t frame = forward ? step : 999 - step;
            const TimeWindow followed = window.following(frame);
            turns += followed == window ? 0 : 1;
            window = followed;
            ASSERT_TRUE(window.shows(frame)) << frame;
        }
        // 50 columns to a page, of which an eighth overlaps: at least 1000 / 50, and far fewer than a turn per step.
        EXPECT_GE(turns, 20);
        EXPECT_LE(turns, 25);
    }
}

TEST(TimeWindow, ALongerRunKeepsThePlaceAndAWholeOneStaysWhole) {
    EXPECT_EQ(TimeWindow(10).withFrames(20), TimeWindow(20));
    const TimeWindow window = TimeWindow(100).over(10, 29);
    EXPECT_DOUBLE_EQ(window.withFrames(200).begin(), 10.0);
    EXPECT_DOUBLE_EQ(window.withFrames(200).span(), 20.0);
    EXPECT_DOUBLE_EQ(window.withFrames(15).end(), 15.0) << "a run that ended early";
}

}  // namespace
}  // namespace crystallite::testing
