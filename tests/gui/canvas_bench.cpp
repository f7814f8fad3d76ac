// What one step costs the window's own thread: display list and vertices of a 1,024-slot run. Budget: 8 ms.

#include "app/canvas/canvas_view.h"
#include "app/canvas/cell_material.h"
#include "app/canvas/glyph_material.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <benchmark/benchmark.h>

#include <QApplication>

#include <memory>

namespace crystallite {
namespace {

void stepThroughRun(benchmark::State& state) {
    const auto length = static_cast<uint32_t>(state.range(0));
    RunDocument document;
    document.reset(testing::syntheticTrace({.length = length, .steps = 64, .finishedSteps = 64}), false);
    CanvasView view(QGuiApplication::font());
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
BENCHMARK(stepThroughRun)->ArgNames({"slots", "crossfade"})->ArgsProduct({{256, 1024}, {0, 1}})->Unit(benchmark::kMillisecond);

void followLiveRun(benchmark::State& state) {
    const Trace whole = testing::syntheticTrace({.length = static_cast<uint32_t>(state.range(0)), .steps = 64, .finishedSteps = 64});
    RunDocument document;
    CanvasView view(QGuiApplication::font());
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

}  // namespace
}  // namespace crystallite

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
