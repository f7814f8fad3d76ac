// The block of the core sample says what the trace says, and its ink what the block says.

#include "app/canvas/core_sample/core_ink.h"
#include "app/canvas/oklab.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <glm/geometric.hpp>

#include <cmath>

namespace crystallite {
namespace {

CoreTile tileAt(const CoreBlock& block, uint32_t position, uint32_t frame, float* fill) {
    for (const CoreSegment& segment : block.columns()[position]) {
        if (segment.begin <= frame && frame < segment.end) {
            *fill = segment.fill();
            return segment.tile;
        }
    }
    ADD_FAILURE() << "no segment of slot " << position << " holds frame " << frame;
    return {};
}

/// Every tile of the block says what the page says of the slot at that frame.
void expectSaysWhatThePageSays(const CoreBlock& block, const Trace& trace) {
    ASSERT_EQ(block.frames(), trace.steps() + 1);
    ASSERT_EQ(block.columns().size(), trace.slots());
    for (uint32_t frame = 0; frame <= trace.steps(); ++frame) {
        for (uint32_t position = 0; position < trace.slots(); ++position) {
            const CellVisual visual = visualAt(trace, frame, position, {});
            float fill = 0.0F;
            const CoreTile tile = tileAt(block, position, frame, &fill);
            const bool revised = visual.change == CellChange::Remasked || visual.change == CellChange::Edited;
            ASSERT_EQ(tile.kind == TileKind::Revised, revised) << "slot " << position << " frame " << frame;
            ASSERT_EQ(tile.kind == TileKind::Committed, visual.change == CellChange::Committed);
            ASSERT_EQ(tile.kind == TileKind::Held || tile.kind == TileKind::Given || tile.kind == TileKind::Committed,
                      visual.state == CellState::Held && !revised);
            ASSERT_EQ(tile.end, visual.end);
            if (tile.kind == TileKind::Open) {
                ASSERT_EQ(tile.eligible, visual.eligible);
                ASSERT_LE(std::abs(fill - visual.fill.value()), block.tolerance() + 1e-6F) << "slot " << position << " frame " << frame;
            }
        }
    }
}

TEST(CoreBlock, SaysOfEveryTileWhatThePageSaysOfItsSlot) {
    const Trace trace = testing::syntheticTrace({.length = 48, .steps = 24, .blockLength = 16, .finishedSteps = 24, .remasks = true});
    CoreBlock block;
    block.grow(trace, {});
    expectSaysWhatThePageSays(block, trace);
    EXPECT_TRUE(block.holds(TileKind::Revised));
    EXPECT_TRUE(block.holds(TileKind::Given));
    EXPECT_FALSE(block.holds(TileKind::Absent));
    EXPECT_EQ(block.tolerance(), CoreBlock::kFinestTolerance);
}

TEST(CoreBlock, GrowsWithALiveRunToTheSameBlock) {
    const Trace whole = testing::syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16, .remasks = true});
    Trace growing(whole.header(), whole.canvas(0), whole.pieces(), {});
    CoreBlock block;
    for (uint32_t step = 0; step <= whole.steps(); ++step) {
        if (step > 0) {
            growing.append(whole.record(step));
        }
        block.grow(growing, {});
        expectSaysWhatThePageSays(block, growing);
    }
    CoreBlock atOnce;
    atOnce.grow(whole, {});
    EXPECT_EQ(block.segments(), atOnce.segments());
}

TEST(CoreBlock, MergesALongRunAndKeepsItsBound) {
    const Trace trace = testing::syntheticTrace({.length = 256, .steps = 256, .finishedSteps = 256});
    CoreBlock block;
    block.grow(trace, {});
    EXPECT_LT(block.segments(), size_t{256} * 257 / 20) << "a prism stands for many tiles";
    size_t counted = 0;
    for (uint32_t position = 0; position < trace.slots(); ++position) {
        uint32_t next = 0;
        for (const CoreSegment& segment : block.columns()[position]) {
            ASSERT_EQ(segment.begin, next) << "no gap and no overlap";
            ASSERT_LE(segment.high - segment.low, 2.0F * block.tolerance() + 1e-6F);
            next = segment.end;
            ++counted;
        }
        ASSERT_EQ(next, block.frames());
    }
    EXPECT_EQ(counted, block.segments());
}

TEST(CoreInk, IsBoundToTheNumbersOfTheTile) {
    for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme()}) {
        float denser = 0.0F;
        for (const float fill : {0.0F, 0.25F, 0.5F, 1.0F}) {
            const CoreInk open = coreInkOf({.kind = TileKind::Open}, fill, theme);
            EXPECT_EQ(open.colour, mixOklab(theme.facetClear, theme.facetDense, fill));
            EXPECT_GT(open.opacity, denser);
            denser = open.opacity;
            EXPECT_LT(coreInkOf({.kind = TileKind::Open, .eligible = false}, fill, theme).opacity, open.opacity);
            // A byte of the table is half of a 255th away at most.
            EXPECT_NEAR(CoreInks(theme).of({.kind = TileKind::Open}, fill).opacity, open.opacity, 0.5F / 255.0F);
        }
        const CoreInk committed = coreInkOf({.kind = TileKind::Committed}, 0.0F, theme);
        EXPECT_EQ(committed.colour, theme.committed);
        EXPECT_EQ(coreInkOf({.kind = TileKind::Revised}, 0.0F, theme).colour, theme.remasked);
        EXPECT_EQ(coreInkOf({.kind = TileKind::Revised}, 0.0F, theme).pattern, CorePattern::Hatched) << "not by colour alone";
        const CoreInk held = coreInkOf({.kind = TileKind::Held}, 0.0F, theme);
        const CoreInk end = coreInkOf({.kind = TileKind::Held, .end = true}, 0.0F, theme);
        EXPECT_LT(end.opacity, held.opacity);
        EXPECT_EQ(end.pattern, CorePattern::Dotted) << "not by opacity alone";
        EXPECT_TRUE(coreInkOf({.kind = TileKind::Absent}, 0.0F, theme).isBlank());
        // Frozen and open stay apart however uncertain the open one: two just noticeable differences (0.02 in OKLab) over the window.
        const auto over = [&](const CoreInk& ink) { return toOklab(theme.window + (ink.colour - theme.window) * ink.opacity); };
        EXPECT_GT(glm::distance(over(held), over(coreInkOf({.kind = TileKind::Open}, 1.0F, theme))), 0.04F);
        EXPECT_EQ(CoreInks(theme).of({.kind = TileKind::Held, .end = true}, 0.0F).opacity, end.opacity);
    }
}

}  // namespace
}  // namespace crystallite
