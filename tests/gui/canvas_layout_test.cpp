#include "app/canvas/canvas_layout.h"

#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace crystallite {
namespace {

using testing::syntheticTrace;

/// Half an em per character; any rule will do for geometry.
float emOf(const TokenDisplay& display) {
    float em = 0.0F;
    for (const DisplayRun& run : display.runs) {
        em += run.style == DisplayRun::Style::Text ? 0.5F * static_cast<float>(run.text.size()) : 0.7F;
    }
    return em;
}

AdvanceOf advanceIn(const Trace& trace) {
    return [&trace](TokenId id) { return emOf(displayToken(trace, id)); };
}

LayoutSettings settingsFor(const Trace& trace, QSizeF viewport) {
    return {.viewport = viewport, .promptLength = trace.promptLength()};
}

CanvasLayout storyLayout(QSizeF viewport = {880, 560}) {
    const Trace trace = syntheticTrace({});
    return {replayWidths(trace, advanceIn(trace)), settingsFor(trace, viewport)};
}

TEST(CanvasLayout, SetsABoardInSquaresWithRoomBetweenItsBoxes) {
    const GridLayout board{.rows = 9, .columns = 6, .boxRows = 3, .boxColumns = 2};
    const std::vector<SlotWidth> widths(board.cells());
    const CanvasLayout layout(widths, {.viewport = {880, 560}, .board = board});

    ASSERT_EQ(layout.size(), board.cells());
    EXPECT_EQ(layout.rows(), 9U);
    EXPECT_EQ(layout.blockRules().size(), 2U + 2U);
    for (uint32_t slot = 0; slot < board.cells(); ++slot) {
        const QRectF& cell = layout.slot(slot);
        EXPECT_EQ(cell.width(), cell.height());
        EXPECT_TRUE(QRectF(0, 0, 880, 560).contains(cell)) << "slot " << slot;
        EXPECT_EQ(layout.rowOf(slot), slot / 6);
        EXPECT_EQ(cell.left(), layout.slot(slot % 6).left()) << "slot " << slot;
        EXPECT_EQ(layout.slotAt(cell.center()), slot);
        if (slot % 6 > 0) {
            const double gap = cell.left() - layout.slot(slot - 1).right();
            EXPECT_EQ(gap > 0.1 * cell.width(), slot % 2 == 0) << "slot " << slot << ": the wide gaps are between boxes";
        }
    }
    EXPECT_EQ(layout.neighbour(7, Direction::Down), 13U);
}

TEST(CanvasLayout, ScrollsABoardThatDoesNotFit) {
    const GridLayout board{.rows = 64, .columns = 4, .boxRows = 64, .boxColumns = 4};
    const CanvasLayout layout(std::vector<SlotWidth>(board.cells()), {.viewport = {300, 200}, .board = board});

    EXPECT_GT(layout.contentSize().height(), 200.0);
    EXPECT_TRUE(layout.blockRules().empty());
}

TEST(CanvasLayout, NamesTheSlotsThatReachIntoAStrip) {
    const CanvasLayout layout = storyLayout();
    const double height = layout.contentSize().height();

    for (double top = -40.0; top < height; top += 7.0) {
        const SlotRange range = layout.slotsBetween(top, top + 60.0);
        for (uint32_t position = 0; position < layout.size(); ++position) {
            const QRectF& rect = layout.slot(position);
            EXPECT_EQ(position >= range.begin && position < range.end, rect.bottom() >= top && rect.top() <= top + 60.0)
                << "slot " << position << ", strip from " << top;
        }
    }
    const SlotRange below = layout.slotsBetween(height + 100.0, height + 200.0);
    EXPECT_EQ(below.begin, below.end);
}

TEST(CanvasLayout, GivesEverySlotARoomOfItsOwnInsideTheViewport) {
    const CanvasLayout layout = storyLayout();

    ASSERT_EQ(layout.size(), syntheticTrace({}).slots());
    for (uint32_t a = 0; a < layout.size(); ++a) {
        EXPECT_TRUE(QRectF(QPointF(), layout.contentSize()).contains(layout.slot(a))) << "slot " << a;
        for (uint32_t b = a + 1; b < layout.size(); ++b) {
            EXPECT_FALSE(layout.slot(a).intersects(layout.slot(b))) << "slots " << a << " and " << b;
        }
    }
}

TEST(CanvasLayout, ReadsInRowsFromLeftToRight) {
    const CanvasLayout layout = storyLayout();

    for (uint32_t position = 1; position < layout.size(); ++position) {
        const bool sameRow = layout.rowOf(position) == layout.rowOf(position - 1);
        EXPECT_TRUE(sameRow ? layout.slot(position).left() > layout.slot(position - 1).left()
                            : layout.slot(position).top() > layout.slot(position - 1).bottom())
            << "slot " << position;
    }
}

TEST(CanvasLayout, KeepsPromptAndAnswerInDifferentRowsWithARuleBetween) {
    const CanvasLayout layout = storyLayout();
    const uint32_t first = syntheticTrace({}).promptLength();

    EXPECT_NE(layout.rowOf(first), layout.rowOf(first - 1));
    EXPECT_GT(layout.promptRule().top(), layout.slot(first - 1).bottom());
    EXPECT_LT(layout.promptRule().bottom(), layout.slot(first).top());
}

TEST(CanvasLayout, BreaksTheRowAfterANewline) {
    std::vector<SlotWidth> widths(6, SlotWidth{.content = 2.0F, .wordGap = true});
    widths[2].endsRow = true;

    const CanvasLayout layout(widths, {.viewport = {880, 560}});

    EXPECT_EQ(layout.rowOf(2), 0U);
    EXPECT_EQ(layout.rowOf(3), 1U);
}

TEST(CanvasLayout, ChoosesLargerTypeWhenTheCanvasIsSparse) {
    const std::vector<SlotWidth> few(8, SlotWidth{.content = 2.5F, .wordGap = true});
    const std::vector<SlotWidth> many(400, SlotWidth{.content = 2.5F, .wordGap = true});
    const LayoutSettings settings{.viewport = {880, 560}};

    EXPECT_FLOAT_EQ(CanvasLayout(few, settings).answerPixels(), CanvasLayout::kLargestType);
    EXPECT_FLOAT_EQ(CanvasLayout(many, settings).answerPixels(), CanvasLayout::kSmallestType);
}

TEST(CanvasLayout, FlushesFullRowsToBothEdges) {
    const CanvasLayout layout = storyLayout();
    const double right = layout.promptRule().right();
    uint32_t flushed = 0;

    for (uint32_t position = syntheticTrace({}).promptLength(); position + 1 < layout.size(); ++position) {
        if (layout.rowOf(position) != layout.rowOf(position + 1)) {
            flushed += std::abs(layout.slot(position).right() - right) <= 1.0 ? 1U : 0U;
        }
    }

    EXPECT_GE(flushed, 3U);
}

TEST(CanvasLayout, FindsTheSlotUnderAPointAndNothingBetweenSlots) {
    const CanvasLayout layout = storyLayout();

    for (uint32_t position = 0; position < layout.size(); ++position) {
        EXPECT_EQ(layout.slotAt(layout.slot(position).center()), position);
    }
    EXPECT_EQ(layout.slotAt(layout.promptRule().center()), std::nullopt);
    EXPECT_EQ(layout.slotAt(QPointF(-5.0, 40.0)), std::nullopt);
}

TEST(CanvasLayout, ArrowsWalkByPositionAndByRow) {
    const std::vector<SlotWidth> widths(40, SlotWidth{.content = 2.5F, .wordGap = true});
    const CanvasLayout layout(widths, {.viewport = {600, 400}});
    const uint32_t below = layout.neighbour(1, Direction::Down);

    EXPECT_EQ(layout.neighbour(5, Direction::Left), 4U);
    EXPECT_EQ(layout.neighbour(5, Direction::Right), 6U);
    EXPECT_EQ(layout.rowOf(below), layout.rowOf(1) + 1);
    EXPECT_EQ(layout.neighbour(below, Direction::Up), 1U);
    EXPECT_EQ(layout.neighbour(0, Direction::Left), 0U);
    EXPECT_EQ(layout.neighbour(0, Direction::Up), 0U);
    EXPECT_EQ(layout.neighbour(39, Direction::Right), 39U);
    EXPECT_EQ(layout.neighbour(39, Direction::Down), 39U);
}

TEST(CanvasLayout, EveryWidthFitsAWindowNarrowerThanAWord) {
    const std::vector<SlotWidth> widths(3, SlotWidth{.content = 40.0F});

    const CanvasLayout layout(widths, {.viewport = {240, 160}});

    for (uint32_t position = 0; position < layout.size(); ++position) {
        EXPECT_LE(layout.slot(position).right(), 240.0);
        EXPECT_EQ(layout.rowOf(position), position);
    }
}

TEST(SlotWidths, ReplayGivesEachSlotTheRoomOfItsFinalToken) {
    const Trace trace = syntheticTrace({});
    const std::vector<SlotWidth> widths = replayWidths(trace, advanceIn(trace));
    const Canvas& last = trace.canvas(trace.steps());

    for (uint32_t position = 0; position < trace.slots(); ++position) {
        EXPECT_GE(widths[position].content, emOf(displayToken(trace, last.token(position)))) << "slot " << position;
    }
}

TEST(SlotWidths, LiveWidthsOnlyGrowAndCoverWhatIsShown) {
    const Trace trace = syntheticTrace({});
    std::vector<SlotWidth> widths = initialWidths(trace, advanceIn(trace));

    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const std::vector<SlotWidth> grown = grownWidths(widths, trace, step, advanceIn(trace));
        for (uint32_t position = 0; position < trace.slots(); ++position) {
            ASSERT_GE(grown[position].content, widths[position].content);
            ASSERT_EQ(grown[position].wordGap, widths[position].wordGap);
            ASSERT_GE(grown[position].endsRow, widths[position].endsRow);
        }
        for (const SlotEvent& event : trace.record(step).events) {
            ASSERT_GE(grown[event.position].content, emOf(displayToken(trace, event.after)));
        }
        widths = grown;
    }
}

TEST(TokenDisplay, ShowsEveryByteOfAToken) {
    const auto styleOf = [](const char* bytes) { return displayBytes(bytes).runs.at(0).style; };

    EXPECT_TRUE(displayBytes(" cat").leadingSpace);
    EXPECT_EQ(displayBytes(" cat").runs.at(0).text, QStringLiteral("cat"));
    EXPECT_EQ(displayBytes("caf\xC3\xA9").runs.at(0).text, QStringLiteral("caf\u00E9"));
    EXPECT_EQ(styleOf("\xC3"), DisplayRun::Style::HexByte);
    EXPECT_EQ(styleOf("\xC0\xAF"), DisplayRun::Style::HexByte) << "an overlong slash is not text";
    EXPECT_EQ(styleOf("\xED\xA0\x80"), DisplayRun::Style::HexByte) << "a surrogate is not text";
    EXPECT_EQ(styleOf("\xF4\x90\x80\x80"), DisplayRun::Style::HexByte) << "beyond U+10FFFF";
    EXPECT_EQ(displayBytes(" ").runs.at(0).symbol, Symbol::Space);
    EXPECT_EQ(displayBytes("   ").runs.size(), 3U);
    EXPECT_EQ(displayBytes(".\n").runs.at(1).symbol, Symbol::Newline);
    EXPECT_TRUE(displayBytes(".\n").endsRow);
}

}  // namespace
}  // namespace crystallite
