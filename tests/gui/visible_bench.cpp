// Milliseconds per step with the window shown against hidden: what watching costs the model. Runs the same prompt, settings and seed in
// pairs, one run each way, the order changing from pair to pair, so that a machine that drifts drifts for both.
//   xvfb-run -a -s "-screen 0 1600x1000x24" visible_bench [--pairs 7] [--model stories] [--device cpu] [--length 128] [--steps 128]
//   [--watch]
// Prints one line per pair, then the medians and their ratio. The bar is a ratio of 1.03 on the CPU of an idle machine, for the median of
// the engine's own times of a step and for their mean, which a few slow steps do not escape. Processor time per step (of the whole program)
// says what watching cost besides; the wall time per step has the start and the end of the run in it.

#include "app/canvas/graphics_api.h"
#include "app/engine_worker.h"
#include "app/main_window.h"
#include "app/prompt_panel.h"
#include "app/run_library.h"
#include "app/shell_style.h"

#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <numeric>
#include <span>
#include <vector>

namespace crystallite {
namespace {

struct BenchOptions {
    int pairs = 7;
    QString model;
    QString device;
    uint32_t length = 128;
    uint32_t steps = 128;
    bool watch = false;
};

BenchOptions readOptions(const QApplication& application) {
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption pairs(QStringLiteral("pairs"), QStringLiteral("Runs each way."), QStringLiteral("N"), QStringLiteral("7"));
    const QCommandLineOption model(QStringLiteral("model"), QStringLiteral("Model."), QStringLiteral("M"), QStringLiteral("stories"));
    const QCommandLineOption device(QStringLiteral("device"), QStringLiteral("Device."), QStringLiteral("D"), QStringLiteral("cpu"));
    const QCommandLineOption length(QStringLiteral("length"), QStringLiteral("Slots."), QStringLiteral("N"), QStringLiteral("128"));
    const QCommandLineOption steps(QStringLiteral("steps"), QStringLiteral("Steps."), QStringLiteral("N"), QStringLiteral("128"));
    const QCommandLineOption watch(QStringLiteral("watch"), QStringLiteral("The window in Watch mode."));
    parser.addOptions({pairs, model, device, length, steps, watch});
    parser.process(application);
    return {.pairs = std::max(1, parser.value(pairs).toInt()),
            .model = parser.value(model),
            .device = parser.value(device),
            .length = parser.value(length).toUInt(),
            .steps = parser.value(steps).toUInt(),
            .watch = parser.isSet(watch)};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
}

/// What one run measured of itself.
struct RunTimes {
    double step = 0.0;       ///< ms, median of the engine's own clock over the steps
    double mean = 0.0;       ///< ms, their mean
    double wall = 0.0;       ///< ms from the command to the last step shown, by the number of steps
    double processor = 0.0;  ///< ms of the program's processor time meanwhile, by the number of steps
    int frames = 0;          ///< steps that were shown
};

double processorMilliseconds() {
    return static_cast<double>(std::clock()) * 1e3 / CLOCKS_PER_SEC;
}

/// The window as a person has it, with the real engine on its own thread.
class Bench {
public:
    explicit Bench(const BenchOptions& options) : options_(options), worker_(new EngineWorker(makeEngineDoor, journal_.path())) {
        worker_->moveToThread(&inference_);
        QObject::connect(&inference_, &QThread::finished, worker_, &QObject::deleteLater);
        inference_.start();
        window_ =
            std::make_unique<MainWindow>(*worker_, library_, FileQuestions{.unsavedRun = [] { return FileQuestions::Unsaved::Discard; }});
    }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    ~Bench() {
        window_.reset();
        QMetaObject::invokeMethod(
            worker_, [this] { inference_.quit(); }, Qt::QueuedConnection);
        inference_.wait();
    }

    bool load() {
        (options_.watch ? window_->actions().watch : window_->actions().study)->setChecked(true);
        QEventLoop loop;
        QObject::connect(window_.get(), &MainWindow::modelSettled, &loop, &QEventLoop::quit);
        window_->loadModel({.model = options_.model.toStdString(), .device = options_.device.toStdString()});
        loop.exec();
        window_->promptPanel().setSettings({.length = options_.length, .steps = options_.steps, .seed = 1});
        if (!window_->actions().run->isEnabled()) {
            std::fprintf(stderr, "visible_bench: %s\n", window_->promptPanel().problem().toLocal8Bit().constData());
        }
        return window_->hasModel() && window_->actions().run->isEnabled();
    }

    RunTimes run(bool visible) {
        window_->setVisible(visible);
        rest(300);
        RunDocument& document = window_->document();
        RunTimes times;
        const auto counter = QObject::connect(&document, &RunDocument::frameChanged, window_.get(), [&times] { ++times.frames; });
        QElapsedTimer clock;
        clock.start();
        times.processor = -processorMilliseconds();
        window_->actions().run->trigger();
        QEventLoop loop;
        const auto ended = QObject::connect(&document, &RunDocument::liveChanged, &loop, [&](bool live) {
            if (!live) {
                loop.quit();
            }
        });
        loop.exec();
        const double wall = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        times.processor += processorMilliseconds();
        QObject::disconnect(ended);
        QObject::disconnect(counter);
        const uint32_t count = document.trace().steps();
        std::vector<double> steps;
        for (uint32_t step = 2; step <= count; ++step) {  // the first one warms caches
            steps.push_back(document.trace().record(step).milliseconds);
        }
        times.step = median(steps);
        times.mean = std::accumulate(steps.begin(), steps.end(), 0.0) / static_cast<double>(steps.size());
        times.wall = wall / count;
        times.processor /= count;
        return times;
    }

    void rest(int milliseconds) {
        QEventLoop loop;
        QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
        loop.exec();
    }

private:
    BenchOptions options_;
    QTemporaryDir journal_;
    RunLibrary library_{journal_.filePath(QStringLiteral("history.crystal"))};
    QThread inference_;
    EngineWorker* worker_ = nullptr;
    std::unique_ptr<MainWindow> window_;
};

void print(const char* name, std::span<const RunTimes> shown, std::span<const RunTimes> hidden, double RunTimes::*value) {
    std::vector<double> visible;
    std::vector<double> invisible;
    std::vector<double> ratios;
    for (size_t pair = 0; pair < shown.size(); ++pair) {
        visible.push_back(shown[pair].*value);
        invisible.push_back(hidden[pair].*value);
        ratios.push_back(visible.back() / invisible.back());
    }
    std::printf("  %-16s shown %.3f  hidden %.3f ms/step  ratio of medians %.4f  median of ratios %.4f\n", name, median(visible),
                median(invisible), median(visible) / median(invisible), median(ratios));
    std::fflush(stdout);
}

int measure(const BenchOptions& options) {
    Bench bench(options);
    if (!bench.load()) {
        return EXIT_FAILURE;
    }
    static_cast<void>(bench.run(true));  // once for what is made only once
    std::vector<RunTimes> shown;
    std::vector<RunTimes> hidden;
    for (int pair = 0; pair < options.pairs; ++pair) {
        const bool shownFirst = pair % 2 == 0;
        const RunTimes first = bench.run(shownFirst);
        const RunTimes second = bench.run(!shownFirst);
        shown.push_back(shownFirst ? first : second);
        hidden.push_back(shownFirst ? second : first);
        std::printf("pair %d  %d frames shown\n", pair + 1, shown.back().frames);
        print("median of steps", {&shown.back(), 1}, {&hidden.back(), 1}, &RunTimes::step);
        print("mean of steps", {&shown.back(), 1}, {&hidden.back(), 1}, &RunTimes::mean);
    }
    std::printf("medians over the pairs\n");
    print("median of steps", shown, hidden, &RunTimes::step);
    print("mean of steps", shown, hidden, &RunTimes::mean);
    print("wall time", shown, hidden, &RunTimes::wall);
    print("processor time", shown, hidden, &RunTimes::processor);
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace crystallite

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("crystallite-bench"));
    crystallite::setupApplicationStyle(application);
    crystallite::chooseGraphicsApi();
    QApplication::setQuitOnLastWindowClosed(false);
    return crystallite::measure(crystallite::readOptions(application));
}
