#include "app/show_budget.h"

#include <gtest/gtest.h>

#include <vector>

namespace crystallite::testing {
namespace {

constexpr int64_t kMs = 1'000'000;

/// A run whose steps arrive at a fixed pace. Taking note of one costs `stepCost`; one that is shown costs `frameCost` more, spent
/// `drawnAfter` later, as a window paints.
struct Viewing {
    int64_t stepEvery = 20 * kMs;
    int64_t stepCost = 0;
    int64_t frameCost = 40 * kMs;
    int64_t drawnAfter = 30 * kMs;
    ShowBudget::Limits limits;

    int64_t spent = 0;
    std::vector<int> shown;

    ShowBudget watch(int steps) {
        ShowBudget budget(limits);
        budget.forgive(0, 0);
        std::vector<int64_t> frames;  // when they are drawn
        for (int step = 1; step <= steps; ++step) {
            const int64_t now = step * stepEvery;
            while (!frames.empty() && frames.front() <= now) {
                spent += frameCost;
                frames.erase(frames.begin());
            }
            if (budget.mayShow(now, spent)) {
                budget.shown(now, spent);
                shown.push_back(step);
                frames.push_back(now + drawnAfter);
            }
            spent += stepCost;
        }
        return budget;
    }
    [[nodiscard]] double shareOf(int steps) const { return static_cast<double>(spent) / static_cast<double>(steps * stepEvery); }
};

TEST(ShowBudgetTest, TheFirstStepIsShownAtOnce) {
    Viewing run;

    run.watch(1);

    EXPECT_EQ(run.shown, std::vector<int>{1});
}

TEST(ShowBudgetTest, ADearFrameIsPaidForBeforeTheNext) {
    Viewing run;  // 40 ms at 0.04 are earned in 1,000: 50 steps

    run.watch(160);

    EXPECT_EQ(run.shown, (std::vector<int>{1, 51, 101, 151}));
    EXPECT_NEAR(run.shareOf(160), run.limits.rate, 0.011);
}

TEST(ShowBudgetTest, TheShareStaysWithinTheBudgetWhateverAFrameCosts) {
    for (const int64_t cost : {1 * kMs, 7 * kMs, 40 * kMs, 300 * kMs}) {
        Viewing run{.stepCost = kMs / 5, .frameCost = cost};

        run.watch(5000);

        // One frame at most is not yet paid for.
        const double slack = static_cast<double>(cost) / static_cast<double>(5000 * run.stepEvery);
        EXPECT_LE(run.shareOf(5000), run.limits.rate + slack + 1e-6) << cost;
        EXPECT_GE(run.shareOf(5000), run.limits.rate * 0.75) << "shows less than it may at " << cost;
    }
}

TEST(ShowBudgetTest, CheapFramesAreAllShown) {
    Viewing run{.frameCost = kMs / 2, .drawnAfter = 2 * kMs};

    run.watch(300);

    // All but those while the first cost was not known yet.
    EXPECT_GE(run.shown.size(), 285U);
}

TEST(ShowBudgetTest, NoMoreFramesThanTheScreenShows) {
    Viewing run{.stepEvery = kMs, .frameCost = 0, .limits = {.rate = 0.5}};

    run.watch(1000);

    EXPECT_LE(run.shown.size(), 63U);  // one in 16
    EXPECT_GE(run.shown.size(), 55U);  // fewer at first, while the cost is guessed
}

TEST(ShowBudgetTest, AFrameThatIsNotYetDrawnCountsAsMuchAsTheLast) {
    Viewing run{.stepEvery = 17 * kMs, .frameCost = 5 * kMs, .drawnAfter = 60 * kMs, .limits = {.rate = 0.05}};

    run.watch(400);

    for (size_t index = 2; index < run.shown.size(); ++index) {
        EXPECT_GE(run.shown[index] - run.shown[index - 1], 6) << "100 ms pay for a frame";
    }
}

TEST(ShowBudgetTest, NothingIsSavedUp) {
    ShowBudget budget;
    budget.forgive(0, 0);
    ASSERT_TRUE(budget.mayShow(3'600'000 * kMs, 0));  // an hour later
    budget.shown(3'600'000 * kMs, 0);

    EXPECT_FALSE(budget.mayShow(3'600'500 * kMs, 40 * kMs)) << "40 ms cost 1,000";
    EXPECT_TRUE(budget.mayShow(3'601'001 * kMs, 40 * kMs));
}

TEST(ShowBudgetTest, WaitSaysWhenTheNextFrameIsDue) {
    ShowBudget budget;
    budget.forgive(0, 0);
    ASSERT_EQ(budget.wait(0, 0), 0);
    budget.shown(0, 0);

    const int64_t wait = budget.wait(200 * kMs, 20 * kMs);

    EXPECT_NEAR(static_cast<double>(wait), 300.0 * kMs, 1e3);  // 20 ms are earned in 500
    EXPECT_FALSE(budget.mayShow(200 * kMs + wait - kMs, 20 * kMs));
    EXPECT_TRUE(budget.mayShow(200 * kMs + wait + kMs, 20 * kMs));
}

TEST(ShowBudgetTest, WhatAPersonAskedForIsForgiven) {
    ShowBudget budget;
    budget.forgive(0, 0);
    budget.shown(0, 0);
    ASSERT_FALSE(budget.mayShow(200 * kMs, 900 * kMs));

    budget.forgive(201 * kMs, 900 * kMs);

    EXPECT_TRUE(budget.mayShow(201 * kMs, 900 * kMs));
}

TEST(ShowBudgetTest, AFrameIsDearThatCannotBeDrawnAsOftenAsTheScreenShows) {
    Viewing dear;
    EXPECT_TRUE(dear.watch(100).isDear());
    Viewing cheap{.frameCost = kMs / 2, .drawnAfter = 2 * kMs};
    EXPECT_FALSE(cheap.watch(100).isDear());  // 0.5 of the 0.64 ms that 16 ms earn
}

TEST(ShowBudgetTest, TheSameTimesShowTheSameFrames) {
    Viewing one{.stepCost = kMs / 7, .frameCost = 13 * kMs};
    Viewing other{.stepCost = kMs / 7, .frameCost = 13 * kMs};

    one.watch(500);
    other.watch(500);

    EXPECT_EQ(one.shown, other.shown);
}

}  // namespace
}  // namespace crystallite::testing
