// Playback does not flash: adversarial runs at every speed, in both themes, and the measure itself.

#include "app/canvas/flash_check.h"

#include "tests/gui/canvas_pixels_fixture.h"
#include "tests/support/synthetic_trace.h"

#include <QTest>

#include <cmath>
#include <string>
#include <vector>

namespace crystallite {
namespace {

using testing::handWorkedBelief;
using testing::kFirstScriptedPiece;
using testing::ScriptedRun;
using testing::ScriptedStep;
using testing::scriptedTrace;

uint32_t flashesOfSquareWave(double hertz, float low, float high) {
    FlashCounter counter;
    for (int sample = 0; sample < 480; ++sample) {
        const double seconds = sample / 240.0;
        counter.add(seconds, std::fmod(seconds * hertz, 1.0) < 0.5 ? high : low);
    }
    return counter.most();
}

TEST(FlashCounter, CountsPairsOfOpposingChangesWithinASecond) {
    EXPECT_EQ(flashesOfSquareWave(0.6, 0.0F, 1.0F), 1U);
    EXPECT_EQ(flashesOfSquareWave(3.0, 0.0F, 1.0F), 3U);
    EXPECT_EQ(flashesOfSquareWave(4.0, 0.0F, 1.0F), 4U);
    EXPECT_EQ(flashesOfSquareWave(24.0, 0.0F, 1.0F), 24U);
}

TEST(FlashCounter, LeavesOutWhatTheGuidelineLeavesOut) {
    EXPECT_EQ(flashesOfSquareWave(10.0, 0.30F, 0.39F), 0U) << "less than 10 % of the maximum";
    EXPECT_GE(flashesOfSquareWave(10.0, 0.30F, 0.41F), 10U);
    EXPECT_EQ(flashesOfSquareWave(10.0, 0.81F, 1.00F), 0U) << "the darker one is not below 0.80";
    EXPECT_GE(flashesOfSquareWave(10.0, 0.79F, 1.00F), 10U);
}

TEST(FlashCounter, CountsASlowRampAsOneChange) {
    FlashCounter counter;
    for (int sample = 0; sample <= 1000; ++sample) {
        counter.add(sample / 1000.0, static_cast<float>(sample) / 1000.0F);
    }
    EXPECT_EQ(counter.most(), 0U) << "there is no opposing change";
}

/// The guess and its certainty flip with every step: black against nearly white, seen as fast as the run plays.
Trace flippingGuesses(uint32_t steps) {
    ScriptedRun run{.length = 3, .pieces = {" WWWWWW", " MMMMMM", " iiiiii"}};
    for (uint32_t step = 0; step < steps; ++step) {
        ScriptedStep script;
        for (uint32_t position = 1; position <= run.length; ++position) {
            const bool sure = (step + position) % 2 == 0;
            const auto token = static_cast<TokenId>(kFirstScriptedPiece + (step + position) % 3);
            script.beliefs.push_back(handWorkedBelief(position, {{.id = token, .probability = sure ? 0.99F : 0.01F}}));
        }
        run.steps.push_back(std::move(script));
    }
    return scriptedTrace(run);
}

/// Every slot is committed and remasked in turn, `hold` steps each.
Trace alternatingCommits(uint32_t steps, uint32_t hold) {
    ScriptedRun run{.length = 3, .pieces = {" WWWWWW"}};
    for (uint32_t step = 0; step < steps; ++step) {
        ScriptedStep script;
        const bool commits = step / hold % 2 == 0;
        for (uint32_t position = 1; position <= run.length; ++position) {
            if (step % hold == 0) {
                script.events.push_back({.kind = commits ? EventKind::Commit : EventKind::Remask,
                                         .position = position,
                                         .after = commits ? kFirstScriptedPiece : 0,
                                         .probability = 0.9F});
            }
            if (step / hold % 2 == 0 ? step % hold == 0 : step % hold != 0) {
                script.beliefs.push_back(handWorkedBelief(position, {{.id = kFirstScriptedPiece, .probability = 0.05F}}));
            }
        }
        run.steps.push_back(std::move(script));
    }
    return scriptedTrace(run);
}

FlashReport check(const Trace& trace, const Theme& theme, int intervalMs, bool reducedMotion = false) {
    return checkFlashes(trace, theme, canvasFont(), {.pace = {.intervalMs = intervalMs}, .reducedMotion = reducedMotion});
}

/// Slower and faster than three steps a second up to eight times the usual six, and what a fast model reaches live.
const std::vector<int> kIntervals = {667, 340, 330, 250, 167, 111, 83, 42, 21, 10};

TEST(FlashCheck, FlippingGuessesAreSafeAtEverySpeed) {
    const Trace trace = flippingGuesses(120);
    for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme()}) {
        for (const int interval : kIntervals) {
            for (const bool reduced : {false, true}) {
                const FlashReport report = check(trace, theme, interval, reduced);
                EXPECT_TRUE(report.isSafe()) << report.flashes << " flashes at position " << report.position << ", a step every "
                                             << interval << " ms, dark " << theme.dark << ", reduced " << reduced;
            }
        }
    }
}

TEST(FlashCheck, AlternatingCommitsAndRemasksAreSafeAtEverySpeed) {
    for (const uint32_t hold : {1U, 2U, 3U, 6U}) {
        const Trace trace = alternatingCommits(120, hold);
        for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme()}) {
            for (const int interval : kIntervals) {
                const FlashReport report = check(trace, theme, interval);
                EXPECT_TRUE(report.isSafe()) << report.flashes << " flashes at position " << report.position << ", " << report.seconds
                                             << " s, a step every " << interval << " ms, held for " << hold << ", dark " << theme.dark;
            }
        }
    }
}

TEST(FlashCheck, AnOrdinaryRunIsSafeAtEightTimesTheUsualSpeed) {
    const Trace trace = testing::syntheticTrace({.length = 72, .steps = 36, .finishedSteps = 36, .remasks = true});
    for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme()}) {
        EXPECT_TRUE(check(trace, theme, 21).isSafe());
        EXPECT_TRUE(check(trace, theme, 167).isSafe());
    }
}

TEST(FlashCheck, SeesTheFlashesThatCalmDrawingAvoids) {
    // The same run drawn without means and damping: what a frame shows that stands, in quick succession.
    const Trace trace = alternatingCommits(120, 1);
    const Theme theme = Theme::lightTheme();
    const CellPalette palette(theme);
    TextShaper shaper(canvasFont());
    GlyphAtlas atlas(shaper);
    const CanvasLayout layout(replayWidths(trace, [&](TokenId id) { return shaper.shape(trace, id).advance; }),
                              {.viewport = {880, 560}, .promptLength = 1});
    FlashCounter counter;
    for (uint32_t frame = 0; frame <= trace.steps(); ++frame) {
        SceneBuilder builder(trace, layout, palette, shaper, atlas);
        const CanvasScene scene = builder.build({.frame = frame, .extent = {.top = 0.0, .bottom = 560.0}});
        counter.add(frame / 24.0, slotLuminance(scene, scene.parts.at(1), atlas.image(), {.snap = 1.0F}, theme));
    }
    EXPECT_GT(counter.most(), kMostFlashes);
}

TEST(Pace, AveragesTheLastThirdOfASecondAboveThreeStepsASecond) {
    EXPECT_EQ(Pace{}.smoothedFrames(), 1U);
    EXPECT_EQ(Pace{.intervalMs = 334}.smoothedFrames(), 1U);
    EXPECT_EQ(Pace{.intervalMs = 333}.smoothedFrames(), 2U);
    EXPECT_EQ(Pace{.intervalMs = 167}.smoothedFrames(), 2U);
    EXPECT_EQ(Pace{.intervalMs = 21}.smoothedFrames(), 16U);
    EXPECT_EQ(Pace{.intervalMs = 21}.lightMs(), 21);
    EXPECT_EQ(Pace{.intervalMs = 500}.lightMs(), 120);
}

TEST(Motion, SnapsAtTheEventAndIsOverWithIt) {
    EXPECT_FLOAT_EQ(motionAt(0.0, {}, false).snap, 1.0F);
    EXPECT_FLOAT_EQ(motionAt(120.0, {}, false).snap, 0.0F);
    EXPECT_FLOAT_EQ(motionAt(0.0, {}, false).fade, 1.0F);
    EXPECT_FLOAT_EQ(motionAt(0.0, {.intervalMs = 100}, true).fade, 0.0F);
    EXPECT_FLOAT_EQ(motionAt(50.0, {.intervalMs = 100}, true).fade, 0.5F);
    EXPECT_FLOAT_EQ(motionAt(100.0, {.intervalMs = 100}, true).fade, 1.0F);
}

class FlashMeasure : public testing::CanvasPixels {};

TEST_P(FlashMeasure, AgreesWithThePixels) {
    for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme()}) {
        theme_ = theme;
        show(testing::syntheticTrace({.length = 24, .steps = 12, .finishedSteps = 12}), 6);
        CanvasView view(canvasFont());
        view.setTheme(theme);
        view.setViewport(canvas_.size(), 1.0);
        view.setDocument(&document_);
        const CanvasScene& scene = view.scene();
        for (const CanvasScene::SlotPart& part : scene.parts) {
            const double measured = testing::meanLuminance(image_, canvas_.slotRect(part.position));
            const auto computed = static_cast<double>(slotLuminance(scene, part, view.atlas().image(), {}, theme));
            // Soft edges of letters are counted as full ink of less area, and sRGB is not linear: a part of the ink's share. Lines and
            // edges of light are left out. Half of the change that counts as a flash.
            EXPECT_NEAR(computed, measured, 0.6 * static_cast<double>(kFlashChange)) << "slot " << part.position;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Renderers, FlashMeasure, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter),
                         testing::rendererName);

}  // namespace
}  // namespace crystallite
