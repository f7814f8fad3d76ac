#include "app/screenshot_run.h"

#include "app/engine_worker.h"
#include "app/main_window.h"
#include "app/message_bar.h"
#include "app/prompt_panel.h"

#include <QAction>
#include <QDir>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

// Long enough for a slow machine without a GPU, short enough that a hang is noticed.
constexpr int kPatienceMs = 180'000;
// The canvas highlights a commit for 120 ms and then rests.
constexpr int kSettleMs = 400;

Error failure(const QString& sentence) {
    return {ErrorKind::Io, sentence.toStdString()};
}

void letSettle() {
    QEventLoop loop;
    QTimer::singleShot(kSettleMs, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Runs the event loop until `signal` is emitted; false when it was not in time.
template <typename Sender, typename Signal>
bool waitFor(Sender& sender, Signal signal) {
    QEventLoop loop;
    bool arrived = false;
    QObject::connect(&sender, signal, &loop, [&] {
        arrived = true;
        loop.quit();
    });
    QTimer::singleShot(kPatienceMs, &loop, &QEventLoop::quit);
    loop.exec();
    return arrived;
}

}  // namespace

ScreenshotRun::ScreenshotRun(MainWindow& window, QString folder, QObject* parent)
    : QObject(parent), window_(window), folder_(std::move(folder)) {}

Result<void> ScreenshotRun::runToTheEnd() {
    if (!window_.hasModel() && (!waitFor(window_, &MainWindow::modelSettled) || !window_.hasModel())) {
        const QString reason = window_.messages().sentence();
        return failure(reason.isEmpty() ? tr("The model did not load in time; try a smaller one, or --device cpu.") : reason);
    }
    if (!window_.actions().run->isEnabled()) {
        return failure(window_.promptPanel().problem());
    }
    window_.actions().run->trigger();
    RunDocument& document = window_.document();
    while (document.isEmpty() || document.isLive()) {
        if (!waitFor(document, &RunDocument::liveChanged)) {
            return failure(tr("The run did not end in time; try fewer steps, or another device."));
        }
    }
    if (document.trace().status() != RunStatus::Complete) {
        return failure(window_.messages().sentence());
    }
    return {};
}

uint32_t ScreenshotRun::slotToInspect(uint32_t frame) const {
    // The open slot that is least decided shows most.
    const Trace& trace = window_.document().trace();
    uint32_t position = trace.promptLength();
    float largest = -1.0F;
    for (const SlotBelief& belief : trace.record(frame).beliefs) {
        if (belief.entropy > largest && trace.canvas(frame).isMasked(belief.position)) {
            largest = belief.entropy;
            position = belief.position;
        }
    }
    return position;
}

Result<QString> ScreenshotRun::take(const QString& name, uint32_t frame) {
    window_.playback().seek(frame);
    letSettle();
    const QString path = QDir(folder_).filePath(name + QStringLiteral(".png"));
    if (!window_.grab().save(path)) {
        return failure(tr("%1 cannot be written; check the folder and the space left.").arg(path));
    }
    return path;
}

Result<QStringList> ScreenshotRun::perform() {
    if (!QDir().mkpath(folder_)) {
        return failure(tr("The folder %1 cannot be made; name another one.").arg(folder_));
    }
    if (const auto ran = runToTheEnd(); !ran) {
        return ran.error();
    }
    const uint32_t last = window_.document().trace().steps();
    QStringList files;
    const std::pair<const char*, uint32_t> pictures[] = {{"1-start", 0},
                                                         {"2-early", std::max(1U, last / 5)},
                                                         {"3-middle", std::max(1U, last / 2)},
                                                         {"4-late", last * 9 / 10},
                                                         {"5-end", last}};
    for (const auto& [name, frame] : pictures) {
        const auto picture = take(QLatin1String(name), frame);
        if (!picture) {
            return picture.error();
        }
        files << *picture;
    }
    const uint32_t inspected = std::max(1U, last * 2 / 5);
    window_.document().selectSlot(slotToInspect(inspected));
    const auto picture = take(QStringLiteral("6-inspector"), inspected);
    if (!picture) {
        return picture.error();
    }
    files << *picture;
    window_.actions().layoutCore->setChecked(true);
    window_.document().selectSlot(std::nullopt);
    const auto core = take(QStringLiteral("7-core-sample"), last * 3 / 4);
    window_.actions().layoutPage->setChecked(true);
    if (!core) {
        return core.error();
    }
    files << *core;
    const QString trace = QDir(folder_).filePath(QStringLiteral("run.crystal"));
    if (!window_.files().saveTo(trace)) {
        return failure(window_.messages().sentence());
    }
    return files << trace;
}

}  // namespace crystallite
