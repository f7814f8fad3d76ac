// What one change of the frame costs the thread of the window: every view of a 1,024-slot run, from the signal to the painted pixels; the
// argument is the number of its steps. Then the timeline alone: a seek, an arriving step, a zoom. Budget: 8 ms of processor time. Needs a
// display: xvfb-run -s "-screen 0 1600x1000x24" window_bench.

#include "app/canvas/graphics_api.h"
#include "app/engine_worker.h"
#include "app/main_window.h"
#include "app/playback.h"
#include "app/reading_view.h"
#include "app/run_library.h"
#include "app/shell_style.h"
#include "app/timeline_tracks.h"
#include "tests/gui/fake_engine.h"
#include "tests/support/synthetic_trace.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QLabel>
#include <QQuickItem>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>

#include <map>

namespace crystallite {
namespace {

constexpr uint32_t kSlots = 1024;

Trace traceOf(uint32_t steps, uint32_t finishedSteps) {
    return testing::syntheticTrace({.length = kSlots, .steps = steps, .finishedSteps = finishedSteps});
}

/// A whole run of so many steps; made once, because that takes longer than what is measured.
const Trace& wholeRun(uint32_t steps) {
    static std::map<uint32_t, Trace> runs;
    const auto found = runs.find(steps);
    return found != runs.end() ? found->second : runs.emplace(steps, traceOf(steps, steps)).first->second;
}

/// The window as a person has it, over a recorded run; its worker is never asked for anything.
class WindowOverATrace {
public:
    explicit WindowOverATrace(uint32_t steps)
        : worker_([] { return std::make_unique<testing::FakeEngine>(testing::FakeScript{}); }, journal_.path()),
          window_(worker_, library_, {}) {
        window_.show();
        window_.document().reset(wholeRun(steps), false);
        window_.document().selectSlot(window_.document().trace().promptLength());
        benchmark::DoNotOptimize(QTest::qWaitForWindowExposed(&window_));
        const auto* quick = window_.findChild<QQuickWidget*>();
        QObject::connect(quick->quickWindow(), &QQuickWindow::afterRendering, &window_, [this] { drawn_ = true; });
        show(0);
    }

    /// Until the pixels of every view are those of this frame. The canvas draws a moment after the others.
    void show(uint32_t frame) {
        window_.document().setFrame(frame);
        settle();
    }

    /// Paints so much of one widget again, and changes nothing: what is left is what the toolkit and the screen cost.
    void repaint(QWidget& widget) {
        widget.update();
        QCoreApplication::processEvents();
    }

    void settle() {
        drawn_ = false;
        while (!drawn_) {
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        }
        QCoreApplication::processEvents();
    }

    [[nodiscard]] MainWindow& window() { return window_; }

private:
    QTemporaryDir journal_;
    RunLibrary library_{journal_.filePath(QStringLiteral("history.crystal"))};
    EngineWorker worker_;
    MainWindow window_;
    bool drawn_ = false;
};

void stepForward(benchmark::State& state) {
    const auto steps = static_cast<uint32_t>(state.range(0));
    WindowOverATrace window(steps);
    uint32_t frame = 0;
    for (auto _ : state) {
        frame = frame % steps + 1;
        window.show(frame);
    }
}
BENCHMARK(stepForward)->Arg(256)->Arg(1024)->Unit(benchmark::kMillisecond);

void stepBack(benchmark::State& state) {
    const auto steps = static_cast<uint32_t>(state.range(0));
    WindowOverATrace window(steps);
    uint32_t frame = steps;
    for (auto _ : state) {
        frame = frame == 0 ? steps : frame - 1;
        window.show(frame);
    }
}
BENCHMARK(stepBack)->Arg(256)->Arg(1024)->Unit(benchmark::kMillisecond);

/// Far jumps in both directions, as a drag over the timeline makes them.
void scrub(benchmark::State& state) {
    const auto steps = static_cast<uint32_t>(state.range(0));
    WindowOverATrace window(steps);
    uint32_t frame = 0;
    for (auto _ : state) {
        frame = (frame + 97) % (steps + 1);
        window.show(frame);
    }
}
BENCHMARK(scrub)->Arg(256)->Arg(1024)->Unit(benchmark::kMillisecond);

/// One small widget is painted again, and the window brought to the screen: the least that any change costs.
void flushAlone(benchmark::State& state) {
    WindowOverATrace window(256);
    window.show(128);
    auto* small = window.window().findChild<ReadingView*>()->findChild<QLabel*>();
    for (auto _ : state) {
        window.repaint(*small);
    }
}
BENCHMARK(flushAlone)->Unit(benchmark::kMillisecond);

/// The canvas is drawn again from the display list that it has, and the window brought to the screen.
void canvasAlone(benchmark::State& state) {
    WindowOverATrace window(256);
    window.show(128);
    auto* item = window.window().findChild<QQuickWidget*>()->quickWindow()->contentItem()->childItems().first();
    for (auto _ : state) {
        item->update();
        window.settle();
    }
}
BENCHMARK(canvasAlone)->Unit(benchmark::kMillisecond);

/// The tracks of the timeline and nothing else, over 1,024 steps.
struct TracksAlone {
    explicit TracksAlone(Trace trace, bool live) {
        tracks.resize(1440, 214);
        tracks.show();
        document.reset(std::move(trace), live);
        benchmark::DoNotOptimize(QTest::qWaitForWindowExposed(&tracks));
    }

    RunDocument document;
    Playback playback{document, [] { return int64_t{0}; }};
    TimelineTracks tracks{document, playback};
};

void timelineSeek(benchmark::State& state) {
    TracksAlone alone(wholeRun(1024), false);
    uint32_t frame = 0;
    for (auto _ : state) {
        frame = (frame + 97) % 1025;
        alone.document.setFrame(frame);
        QCoreApplication::processEvents();
    }
}
BENCHMARK(timelineSeek)->Unit(benchmark::kMillisecond);

void timelineZoom(benchmark::State& state) {
    TracksAlone alone(wholeRun(1024), false);
    bool in = false;
    for (auto _ : state) {
        in = !in;
        in ? alone.tracks.zoomIn() : alone.tracks.zoomOut();
        QCoreApplication::processEvents();
    }
}
BENCHMARK(timelineZoom)->Unit(benchmark::kMillisecond);

/// The last 512 steps of the run arrive one by one.
void timelineAppend(benchmark::State& state) {
    TracksAlone alone(traceOf(1024, 512), true);
    alone.document.setFollowsLive(false);
    uint32_t step = 512;
    for (auto _ : state) {
        alone.document.append(wholeRun(1024).record(++step), {}, {});
        QCoreApplication::processEvents();
    }
}
BENCHMARK(timelineAppend)->Iterations(512)->Unit(benchmark::kMillisecond);

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
