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

TEST(TimelineHeatmap, HighContrastNeedsNoColour) {
    const Trace trace = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8, .remasks = true});
    HeatmapCells cells;
    cells.reset(trace);
    constexpr int kWide = 20;
    const int width = kWide * static_cast<int>(cells.frames());
    const HeatmapGrid grid{.width = width, .height = 16, .begin = 0.0, .span = double(cells.frames()), .dashes = true};
    for (const Theme& theme : {Theme::highContrastDark(), Theme::highContrastLight()}) {
        const HeatmapPalette palette = heatmapPalette(theme);
        const QImage picture = drawHeatmap(cells, palette, grid, 0, width);
        int revised = 0;
        for (uint32_t frame = 0; frame < cells.frames(); ++frame) {
            for (int row = 0; row < 16; ++row) {
                int lit = 0;
                for (int x = 0; x < kWide; ++x) {
                    const QRgb pixel = picture.pixel(static_cast<int>(frame) * kWide + x, row);
                    EXPECT_EQ(qRed(pixel), qGreen(pixel));
                    EXPECT_EQ(qGreen(pixel), qBlue(pixel)) << "a grey";
                    lit += pixel == palette[heat::kCommit] ? 1 : 0;
                }
                const uint8_t cell = cells.frame(frame)[static_cast<size_t>(row)];
                revised += cell == heat::kRevised ? 1 : 0;
                // A commit is a whole line, a revision half of one, and nothing else is as bright.
                EXPECT_EQ(lit, cell == heat::kCommit ? kWide : cell == heat::kRevised ? kWide / 2 : 0) << frame << ", " << row;
            }
        }
        EXPECT_EQ(revised, 1);
    }
}

}  // namespace
}  // namespace crystallite::testing
