#include "app/main_window.h"

#include "app/canvas/canvas_widget.h"
#include "app/engine_worker.h"

#include <QScreen>

#include <thread>

// The part of MainWindow about how much of a live run is shown.

namespace crystallite {

void MainWindow::connectLivePace() {
    connect(&livePace_, &LivePace::paceChanged, this,
            [this](int milliseconds, bool isDear) { canvas_->setLivePace(milliseconds, !isDear); });
    connect(&worker_, &EngineWorker::modelReady, this, [this](const ModelSummary& model) {
        const DeviceKind kind = model.device.kind;
        livePace_.setLimits(showLimits(kind == DeviceKind::Cpu || kind == DeviceKind::SoftwareVulkan, std::thread::hardware_concurrency(),
                                       screen()->refreshRate()));
    });
}

}  // namespace crystallite
