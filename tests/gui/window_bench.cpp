// What one change of the frame costs the thread of the window: every view of a 1,024-slot run, from the signal to the painted pixels.
// Budget: 8 ms of processor time. Needs a display: xvfb-run -s "-screen 0 1600x1000x24" window_bench.

#include "app/canvas/graphics_api.h"
#include "app/engine_worker.h"
#include "app/main_window.h"
#include "app/shell_style.h"
#include "tests/gui/fake_engine.h"
#include "tests/support/synthetic_trace.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

namespace crystallite {
namespace {

constexpr uint32_t kSlots = 1024;
constexpr uint32_t kSteps = 256;

/// The window as a person has it, over a recorded run; its worker is never asked for anything.
class WindowOverATrace {
public:
    WindowOverATrace()
        : worker_([] { return std::make_unique<testing::FakeEngine>(testing::FakeScript{}); }, journal_.path()), window_(worker_, {}) {
        window_.show();
        window_.document().reset(testing::syntheticTrace({.length = kSlots, .steps = kSteps, .finishedSteps = kSteps}), false);
        window_.document().selectSlot(window_.document().trace().promptLength());
        benchmark::DoNotOptimize(QTest::qWaitForWindowExposed(&window_));
    }

    void show(uint32_t frame) {
        window_.document().setFrame(frame);
        QCoreApplication::processEvents();
    }

private:
    QTemporaryDir journal_;
    EngineWorker worker_;
    MainWindow window_;
};

void stepForward(benchmark::State& state) {
    WindowOverATrace window;
    uint32_t frame = 0;
    for (auto _ : state) {
        frame = frame % kSteps + 1;
        window.show(frame);
    }
}
BENCHMARK(stepForward)->Unit(benchmark::kMillisecond);

void stepBack(benchmark::State& state) {
    WindowOverATrace window;
    uint32_t frame = kSteps;
    for (auto _ : state) {
        frame = frame == 0 ? kSteps : frame - 1;
        window.show(frame);
    }
}
BENCHMARK(stepBack)->Unit(benchmark::kMillisecond);

/// Far jumps in both directions, as a drag over the timeline makes them.
void scrub(benchmark::State& state) {
    WindowOverATrace window;
    uint32_t frame = 0;
    for (auto _ : state) {
        frame = (frame + 97) % (kSteps + 1);
        window.show(frame);
    }
}
BENCHMARK(scrub)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace crystallite

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    crystallite::setupApplicationStyle(application);
    crystallite::chooseGraphicsApi();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
