#include "app/timeline_heatmap.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <cmath>

namespace crystallite::testing {
namespace {

constexpr QRgb kNothing = 0;

HeatmapCells cellsOf(const Trace& trace) {
    HeatmapCells cells;
    cells.reset(trace);
    return cells;
}

QImage drawn(const HeatmapCells& cells, const HeatmapGrid& grid) {
    return drawHeatmap(cells, heatmapPalette(Theme::darkTheme()), grid, 0, grid.width);
}

int distance(QRgb a, QRgb b) {
    return std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b));
}

TEST(TimelineHeatmap, ACellSaysWhatTheTraceSays) {
    const Trace trace = syntheticTrace({.length = 40, .steps = 20, .finishedSteps = 20, .remasks = true});
    const HeatmapCells cells = cellsOf(trace);
    const double most = std::log(static_cast<double>(trace.header().vocabulary));

    ASSERT_EQ(cells.frames(), 21U);
    int commits = 0;
    int revisions = 0;
    for (uint32_t frame = 1; frame <= 20; ++frame) {
        std::map<uint32_t, EventKind> changed;
        for (const SlotEvent& event : trace.record(frame).events) {
            changed[event.position] = event.kind;
        }
        for (uint32_t slot = 0; slot < 40; ++slot) {
            const uint32_t position = slot + trace.promptLength();
            const uint8_t cell = cells.frame(frame)[slot];
            if (changed.contains(position)) {
                EXPECT_EQ(cell, changed[position] == EventKind::Commit ? heat::kCommit : heat::kRevised);
                ++(cell == heat::kCommit ? commits : revisions);
            } else if (trace.canvas(frame).isMasked(position)) {
                const double share = static_cast<double>(trace.record(frame).findBelief(position)->entropy) / most;
                // Half a level from rounding, and a float's rounding of the entropy.
                EXPECT_NEAR(cell - heat::kEntropy, share * 250.0, 0.51);
            } else {
                EXPECT_EQ(cell, heat::kHeld);
            }
        }
    }
    EXPECT_EQ(commits, 41);
    EXPECT_EQ(revisions, 1);
    for (const uint8_t cell : cells.frame(0)) {
        EXPECT_EQ(cell, heat::kUnknown) << "no pass has said anything yet";
    }
}

TEST(TimelineHeatmap, LightnessFollowsEntropyInBothThemes) {
    for (const bool dark : {true, false}) {
        const HeatmapPalette palette = heatmapPalette(dark ? Theme::darkTheme() : Theme::lightTheme());
        for (size_t level = heat::kEntropy; level + 25 < heat::kEntropy + heat::kLevels; level += 25) {
            const int here = qGray(palette[level]);
            const int next = qGray(palette[level + 25]);
            EXPECT_TRUE(dark ? next > here : next < here) << level << ": farther from the ground, the larger the entropy";
        }
    }
}

TEST(TimelineHeatmap, APixelPerCellHasItsColour) {
    const Trace trace = syntheticTrace({.length = 30, .steps = 12, .finishedSteps = 12});
    const HeatmapCells cells = cellsOf(trace);
    const HeatmapPalette palette = heatmapPalette(Theme::darkTheme());
    const QImage picture = drawn(cells, {.width = 13, .height = 30, .begin = 0.0, .span = 13.0});

    for (uint32_t frame = 0; frame <= 12; ++frame) {
        for (uint32_t slot = 0; slot < 30; ++slot) {
            ASSERT_EQ(picture.pixel(static_cast<int>(frame), static_cast<int>(slot)), palette[cells.frame(frame)[slot]]);
        }
    }
}

TEST(TimelineHeatmap, NoCommitIsLostInASmallPicture) {
    const Trace trace = syntheticTrace({.length = 512, .steps = 256, .finishedSteps = 256});
    const HeatmapCells cells = cellsOf(trace);
    const HeatmapPalette palette = heatmapPalette(Theme::darkTheme());
    const HeatmapGrid grid{.width = 257, .height = 40, .begin = 0.0, .span = 257.0};
    const QImage picture = drawn(cells, grid);

    for (uint32_t frame = 1; frame <= 256; ++frame) {
        for (uint32_t slot = 0; slot < 512; ++slot) {
            if (cells.frame(frame)[slot] == heat::kCommit) {
                const QRgb pixel = picture.pixel(static_cast<int>(frame), static_cast<int>((slot + 0.5) * 40 / 512));
                ASSERT_LT(distance(pixel, palette[heat::kCommit]), distance(pixel, palette[heat::kHeld])) << frame << " " << slot;
            }
        }
    }
}

TEST(TimelineHeatmap, APixelOfOpenSlotsHasTheMeanOfTheirColours) {
    std::vector<HandWorkedSlot> slots;
    for (int slot = 0; slot < 8; ++slot) {
        slots.push_back({.probabilities = {0.2F + 0.09F * static_cast<float>(slot)}});
    }
    const HeatmapCells cells = cellsOf(handWorkedTrace(slots));
    const HeatmapPalette palette = heatmapPalette(Theme::darkTheme());
    const QImage picture = drawn(cells, {.width = 2, .height = 2, .begin = 0.0, .span = 2.0});

    for (const size_t half : {0U, 1U}) {
        double green = 0.0;
        for (size_t slot = 0; slot < 4; ++slot) {
            green += qGreen(palette[cells.frame(1)[half * 4 + slot]]) / 4.0;
        }
        EXPECT_NEAR(qGreen(picture.pixel(1, static_cast<int>(half))), green, 1.0);
    }
}

TEST(TimelineHeatmap, ColumnsAreApartAndPlannedOnesEmpty) {
    const Trace trace = syntheticTrace({.length = 8, .steps = 8, .finishedSteps = 4});
    const HeatmapCells cells = cellsOf(trace);
    const HeatmapGrid grid{.width = 90, .height = 8, .begin = 0.0, .span = 9.0, .gap = 1};
    const QImage picture = drawn(cells, grid);

    for (int x = 0; x < 90; ++x) {
        EXPECT_EQ(picture.pixel(x, 3) == kNothing, x % 10 == 9 || x >= 50) << x;
    }
}

TEST(TimelineHeatmap, APartIsThatPartOfTheWhole) {
    const Trace trace = syntheticTrace({.length = 50, .steps = 25, .finishedSteps = 25});
    const HeatmapCells cells = cellsOf(trace);
    for (const double span : {26.0, 9.3}) {
        const HeatmapGrid grid{.width = 177, .height = 31, .begin = 26.0 - span, .span = span, .gap = 1};
        const QImage part = drawHeatmap(cells, heatmapPalette(Theme::darkTheme()), grid, 60, 95);
        EXPECT_EQ(part, drawn(cells, grid).copy(60, 0, 35, 31)) << span;
    }
}

}  // namespace
}  // namespace crystallite::testing
