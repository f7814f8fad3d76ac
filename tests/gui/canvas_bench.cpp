// What one step costs the window's own thread: display list and vertices, and what a whole frame costs with them. Budget: 8 ms. What a core
// sample costs: its block once per run, its faces and vertices once per move of the camera, and the whole frame on screen.

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/cell_material.h"
#include "app/canvas/core_sample/core_material.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/canvas/glyph_material.h"
#include "app/canvas/graphics_api.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QTest>

#include <memory>

namespace crystallite {
namespace {

void stepThroughRun(benchmark::State& state) {
    const auto length = static_cast<uint32_t>(state.range(0));
    RunDocument document;
    document.reset(testing::syntheticTrace({.length = length, .steps = 64, .finishedSteps = 64}), false);
    CanvasView view(canvasFont());
    view.setReducedMotion(state.range(1) == 0);
    view.setPlaybackInterval(100);
    view.setDocument(&document);
    view.setViewport({880, 560}, 1.0);
    uint32_t frame = 0;
    size_t glyphs = 0;
    for (auto _ : state) {
        frame = frame % 64 + 1;
        document.setFrame(frame);
        const CanvasScene& scene = view.scene();
        const std::unique_ptr<QSGGeometry> cells(cellGeometry(scene.cells, view.theme()));
        const std::unique_ptr<QSGGeometry> text(glyphGeometry(scene.glyphs));
        benchmark::DoNotOptimize(text->vertexData());
        glyphs = std::max(glyphs, scene.glyphs.size());
    }
    state.counters["most_glyphs"] = static_cast<double>(glyphs);
}
BENCHMARK(stepThroughRun)->ArgNames({"slots", "motion"})->ArgsProduct({{256, 1024, 4096}, {0, 1}})->Unit(benchmark::kMillisecond);

/// At 48 steps a second, where lightness is the mean of 16 frames.
void playFast(benchmark::State& state) {
    RunDocument document;
    document.reset(testing::syntheticTrace({.length = static_cast<uint32_t>(state.range(0)), .steps = 64, .finishedSteps = 64}), false);
    CanvasView view(canvasFont());
    view.setPlaybackInterval(21);
    view.setDocument(&document);
    view.setViewport({880, 560}, 1.0);
    uint32_t frame = 0;
    for (auto _ : state) {
        frame = frame % 64 + 1;
        document.setFrame(frame);
        benchmark::DoNotOptimize(view.scene().glyphs.data());
    }
}
BENCHMARK(playFast)->ArgNames({"slots"})->Arg(256)->Arg(1024)->Arg(4096)->Unit(benchmark::kMillisecond);

/// Every slot in view at once, however small.
void stepThroughOverview(benchmark::State& state) {
    RunDocument document;
    document.reset(testing::syntheticTrace({.length = static_cast<uint32_t>(state.range(0)), .steps = 64, .finishedSteps = 64}), false);
    CanvasView view(canvasFont());
    view.setDocument(&document);
    view.setViewport({880, 560}, 1.0);
    view.setFitsRun();
    uint32_t frame = 0;
    size_t slots = 0;
    for (auto _ : state) {
        frame = frame % 64 + 1;
        document.setFrame(frame);
        const CanvasScene& scene = view.scene();
        const std::unique_ptr<QSGGeometry> cells(cellGeometry(scene.cells, view.theme()));
        benchmark::DoNotOptimize(cells->vertexData());
        slots = scene.parts.size();
    }
    state.counters["slots_drawn"] = static_cast<double>(slots);
}
BENCHMARK(stepThroughOverview)->ArgNames({"slots"})->Arg(1024)->Arg(4096)->Unit(benchmark::kMillisecond);

/// A frame from the step to its pixels, read back. On a software driver the pixels are most of it.
void drawFrame(benchmark::State& state, CanvasRenderer renderer) {
    RunDocument document;
    document.reset(testing::syntheticTrace({.length = static_cast<uint32_t>(state.range(0)), .steps = 64, .finishedSteps = 64}), false);
    CanvasWidget canvas(nullptr, renderer);
    canvas.setReducedMotion(true);
    canvas.setDocument(&document);
    canvas.resize(880, 560);
    canvas.show();
    QCoreApplication::processEvents();
    if (state.range(1) != 0) {
        canvas.fitRun();
    }
    uint32_t frame = 0;
    for (auto _ : state) {
        frame = frame % 64 + 1;
        document.setFrame(frame);
        const QImage image = canvas.grabImage();
        benchmark::DoNotOptimize(image.constBits());
    }
}
BENCHMARK_CAPTURE(drawFrame, sceneGraph, CanvasRenderer::SceneGraph)
    ->ArgNames({"slots", "fit"})
    ->ArgsProduct({{256, 1024, 4096}, {0, 1}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(drawFrame, painter, CanvasRenderer::Painter)
    ->ArgNames({"slots", "fit"})
    ->ArgsProduct({{256, 1024, 4096}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

void followLiveRun(benchmark::State& state) {
    const Trace whole = testing::syntheticTrace({.length = static_cast<uint32_t>(state.range(0)), .steps = 64, .finishedSteps = 64});
    RunDocument document;
    CanvasView view(canvasFont());
    view.setDocument(&document);
    view.setViewport({880, 560}, 1.0);
    uint32_t step = 64;
    for (auto _ : state) {
        if (step == 64) {
            state.PauseTiming();
            document.reset(Trace(whole.header(), whole.canvas(0), whole.pieces(), {}), true);
            step = 0;
            state.ResumeTiming();
        }
        document.append(whole.record(++step), {}, {});
        benchmark::DoNotOptimize(view.scene().glyphs.data());
    }
}
BENCHMARK(followLiveRun)->ArgNames({"slots"})->Arg(1024)->Unit(benchmark::kMillisecond);

Trace coreTrace(const benchmark::State& state) {
    const auto side = static_cast<uint32_t>(state.range(0));
    return testing::syntheticTrace({.length = side, .steps = side, .finishedSteps = side, .remasks = true});
}

void buildCoreBlock(benchmark::State& state) {
    const Trace trace = coreTrace(state);
    CoreBlock block;
    for (auto _ : state) {
        block.clear();
        block.grow(trace, {});
    }
    state.counters["segments"] = static_cast<double>(block.segments());
    state.counters["tolerance"] = static_cast<double>(block.tolerance());
}
BENCHMARK(buildCoreBlock)->ArgName("side")->Arg(128)->Arg(1024)->Unit(benchmark::kMillisecond);

void turnCore(benchmark::State& state) {
    RunDocument document;
    document.reset(coreTrace(state), false);
    CanvasView view(QGuiApplication::font());
    view.setDocument(&document);
    view.setViewport({880, 560}, 1.0);
    view.setShape(CanvasShape::CoreSample);
    document.setFrame(static_cast<uint32_t>(state.range(0)) / 2);
    size_t faces = view.core()->faces().behind.size();
    for (auto _ : state) {
        view.core()->orbit(0.02F, 0.0F);
        const CoreFaces& drawn = view.core()->faces();
        const std::unique_ptr<QSGGeometry> behind(coreGeometry(drawn.behind));
        const std::unique_ptr<QSGGeometry> before(coreGeometry(drawn.before));
        benchmark::DoNotOptimize(behind->vertexData());
        faces = drawn.behind.size() + drawn.before.size();
    }
    state.counters["faces"] = static_cast<double>(faces);
}
BENCHMARK(turnCore)->ArgName("side")->Arg(128)->Arg(1024)->Unit(benchmark::kMillisecond);

/// A frame as the person waits for it, read back from whatever draws here.
void turnCoreOnScreen(benchmark::State& state) {
    RunDocument document;
    document.reset(coreTrace(state), false);
    CanvasWidget canvas;
    canvas.setDocument(&document);
    canvas.resize(880, 560);
    canvas.setShape(CanvasShape::CoreSample);
    canvas.show();
    if (!QTest::qWaitForWindowExposed(&canvas)) {
        state.SkipWithError("no window");
        return;
    }
    document.setFrame(static_cast<uint32_t>(state.range(0)) / 2);
    for (auto _ : state) {
        canvas.core()->orbit(0.02F, 0.0F);
        benchmark::DoNotOptimize(canvas.grabImage());
    }
    state.SetLabel(canvas.usesSceneGraph() ? "scene graph" : "painter");
}
BENCHMARK(turnCoreOnScreen)
    ->ArgName("side")
    ->Arg(128)
    ->Arg(1024)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(20)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace crystallite

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    crystallite::chooseGraphicsApi();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
