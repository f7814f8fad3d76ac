// The rules of truth of the canvas, on its display list: what is not in the trace has no ink.

#include "app/canvas/canvas_view.h"
#include "app/canvas/cell_style.h"
#include "app/canvas/cell_visual.h"
#include "app/run_document.h"
#include "tests/support/changed_trace.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QGuiApplication>
#include <QTest>

#include <algorithm>
#include <tuple>
#include <vector>

namespace crystallite::testing {
namespace {

class CanvasTruth : public ::testing::Test {
protected:
    CanvasTruth() {
        view_.setViewport(QSizeF(1000.0, 1400.0), 1.0);
        view_.setDocument(&document_);
    }

    void show(Trace trace, bool live = false) { document_.reset(std::move(trace), live); }

    /// The display list of a frame that was sought: nothing fades in it.
    const CanvasScene& sceneAt(uint32_t frame) {
        document_.setFrame(frame == 0 ? document_.trace().steps() : 0);
        document_.setFrame(frame);
        return view_.scene();
    }

    [[nodiscard]] uint32_t glyphsIn(const QRectF& rect, const CanvasScene& scene) const {
        return static_cast<uint32_t>(std::count_if(scene.glyphs.begin(), scene.glyphs.end(),
                                                   [&](const GlyphInstance& glyph) { return rect.contains(glyph.rect.center()); }));
    }

    RunDocument document_;
    CanvasView view_{QGuiApplication::font()};
};

struct Ink {
    uint32_t guesses = 0;    ///< glyphs in the colour of candidates
    uint32_t fills = 0;      ///< open facets that are lit by entropy
    uint32_t fractures = 0;  ///< lines between candidates
};

Ink beliefInk(const CanvasScene& scene, const Theme& theme) {
    const CellPalette palette(theme);
    Ink ink;
    for (const GlyphInstance& glyph : scene.glyphs) {
        ink.guesses += glyph.colour == palette.ghost() ? 1 : 0;
    }
    for (const CellInstance& cell : scene.cells) {
        ink.fills +=
            cell.fillOpacity > 0.0F && cell.fill != theme.facetSolid && cell.fill != theme.window && cell.fill != theme.border ? 1 : 0;
        ink.fractures += cell.fractureCount;
    }
    return ink;
}

TEST_F(CanvasTruth, WithoutBeliefsThereAreNoGhostsNoLightAndNoShards) {
    const Trace whole = syntheticTrace({.length = 24, .steps = 12, .finishedSteps = 12});
    show(whole);
    const Ink with = beliefInk(sceneAt(6), view_.theme());
    show(changedTrace(whole, [](StepRecord& record) { record.beliefs.clear(); }));
    const Ink without = beliefInk(sceneAt(6), view_.theme());

    EXPECT_GT(with.guesses, 0U);
    EXPECT_GT(with.fills, 0U);
    EXPECT_GT(with.fractures, 0U);
    EXPECT_EQ(without.guesses, 0U);
    EXPECT_EQ(without.fills, 0U);
    EXPECT_EQ(without.fractures, 0U);
}

TEST_F(CanvasTruth, WithoutEventsNothingSnapsAndNothingHasANotch) {
    const Trace whole = syntheticTrace({.length = 24, .steps = 12, .finishedSteps = 12});
    const auto marks = [](const CanvasScene& scene) {
        return std::count_if(scene.cells.begin(), scene.cells.end(),
                             [](const CellInstance& cell) { return cell.snap > 0.0F || cell.notch > 0.0F; });
    };
    show(whole);
    EXPECT_GT(marks(sceneAt(6)), 0);
    show(changedTrace(whole, [masked = whole.canvas(0).maskedCount()](StepRecord& record) {
        record.events.clear();
        record.maskedBefore = record.maskedAfter = masked;
    }));
    EXPECT_EQ(marks(sceneAt(6)), 0);
}

TEST_F(CanvasTruth, SlotsStandStillOverAllFramesOfARecordedRun) {
    show(syntheticTrace({.length = 96, .steps = 32, .finishedSteps = 32, .remasks = true}));
    std::vector<QRectF> places;
    document_.setFrame(0);
    for (uint32_t slot = 0; slot < document_.trace().slots(); ++slot) {
        places.push_back(view_.layout().slot(slot));
        EXPECT_FALSE(places.back().isEmpty()) << "slot " << slot;
    }
    for (uint32_t frame = 1; frame <= document_.trace().steps(); ++frame) {
        document_.setFrame(frame);
        for (uint32_t slot = 0; slot < document_.trace().slots(); ++slot) {
            ASSERT_EQ(view_.layout().slot(slot), places[slot]) << "slot " << slot << " at frame " << frame;
        }
    }
}

TEST_F(CanvasTruth, GoingBackInALiveRunMovesNoSlot) {
    show(syntheticTrace({.length = 48, .steps = 24, .finishedSteps = 12}), true);
    std::vector<QRectF> places;
    for (uint32_t slot = 0; slot < document_.trace().slots(); ++slot) {
        places.push_back(view_.layout().slot(slot));
    }
    for (const uint32_t frame : {0U, 3U, 11U, 12U}) {
        document_.setFrame(frame);
        for (uint32_t slot = 0; slot < document_.trace().slots(); ++slot) {
            ASSERT_EQ(view_.layout().slot(slot), places[slot]) << "slot " << slot << " at frame " << frame;
        }
    }
}

TEST_F(CanvasTruth, SpecialTokensAreDrawn) {
    show(syntheticTrace({.length = 96, .steps = 24, .finishedSteps = 24}));
    const uint32_t last = document_.trace().steps();
    const CanvasScene& scene = sceneAt(last);
    uint32_t specials = 0;
    for (uint32_t slot = 0; slot < document_.trace().slots(); ++slot) {
        const TokenId token = document_.trace().canvas(last).token(slot);
        if (document_.trace().isEnd(token) || document_.trace().isControl(token)) {
            ++specials;
            EXPECT_GT(glyphsIn(view_.layout().slot(slot), scene), 0U) << "slot " << slot;
        }
    }
    EXPECT_GT(specials, 10U);
}

/// What a glyph is and where it stands; its light may differ.
using Letter = std::tuple<double, double, double, double, double, double>;

std::vector<Letter> lettersOf(const CanvasScene& scene) {
    std::vector<Letter> letters;
    for (const GlyphInstance& glyph : scene.glyphs) {
        letters.emplace_back(glyph.texels.x(), glyph.texels.y(), glyph.texels.width(), glyph.texels.height(), glyph.rect.x(),
                             glyph.rect.y());
    }
    std::sort(letters.begin(), letters.end());
    return letters;
}

TEST_F(CanvasTruth, BetweenTwoFramesThereIsNoLetterThatNeitherHas) {
    show(syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16}));
    uint32_t faded = 0;
    for (uint32_t frame = 1; frame <= 12; ++frame) {
        view_.setPlaybackInterval(0);
        std::vector<Letter> known = lettersOf(sceneAt(frame));
        const std::vector<Letter> before = lettersOf(sceneAt(frame - 1));
        known.insert(known.end(), before.begin(), before.end());
        std::sort(known.begin(), known.end());
        view_.setPlaybackInterval(100);  // ten steps a second: ghosts fade over
        document_.setFrame(frame);
        for (int moment = 0; moment < 3; ++moment) {
            const CanvasScene& moving = view_.scene();
            for (const Letter& letter : lettersOf(moving)) {
                ASSERT_TRUE(std::binary_search(known.begin(), known.end(), letter)) << "frame " << frame;
            }
            faded += static_cast<uint32_t>(
                std::count_if(moving.glyphs.begin(), moving.glyphs.end(), [](const GlyphInstance& glyph) { return glyph.fade != 0.0F; }));
            QTest::qWait(15);
        }
    }
    EXPECT_GT(faded, 0U) << "the test saw no motion";
}

TEST_F(CanvasTruth, ReducedMotionFadesNothing) {
    show(syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16}));
    view_.setReducedMotion(true);
    view_.setPlaybackInterval(100);
    for (uint32_t frame = 1; frame <= 8; ++frame) {
        document_.setFrame(frame);
        EXPECT_FALSE(view_.isAnimating());
        EXPECT_EQ(view_.motion().snap, 0.0F);
        for (const GlyphInstance& glyph : view_.scene().glyphs) {
            ASSERT_EQ(glyph.fade, 0.0F) << "frame " << frame;
        }
    }
}

TEST_F(CanvasTruth, HighContrastSaysByShapeWhatItSaysByLight) {
    show(syntheticTrace({.length = 32, .steps = 16, .blockLength = 16, .finishedSteps = 16, .remasks = true}));
    view_.setTheme(Theme::highContrastDark());
    for (uint32_t frame = 0; frame <= 16; ++frame) {
        const CanvasScene& scene = sceneAt(frame);
        for (const CellInstance& cell : scene.cells) {
            const bool isRule = cell.outlineOpacity == 0.0F;
            EXPECT_TRUE(isRule || cell.fillOpacity == 0.0F || cell.fill == view_.theme().window) << "frame " << frame;
            EXPECT_TRUE(isRule || (cell.outlineOpacity == 1.0F && cell.outlineWidth >= 1.5F)) << "frame " << frame;
        }
        for (const GlyphInstance& glyph : scene.glyphs) {
            ASSERT_EQ(glyph.opacity, 1.0F) << "fainter text would have less contrast";
        }
    }
}

}  // namespace
}  // namespace crystallite::testing
