#include "app/main_window.h"

#include "app/batch_dialog.h"
#include "app/engine_worker.h"
#include "app/prompt_panel.h"
#include "app/run_verdict.h"

#include <QAction>

// The part of MainWindow that is about runs that are made to measure: a batch over seeds, and a few steps that are timed.

namespace crystallite {

void MainWindow::connectBatch() {
    batch_ = new BatchDialog(worker_, document_,
                             {.request = [this]() -> std::optional<RunRequest> {
                                  return modelReady_ && prompt_->isValid() ? std::optional(prompt_->request()) : std::nullopt;
                              },
                              .start = [this](const RunRequest& request) { startRun(request); },
                              .stop = [this] { worker_.stopRun(); },
                              .show = [this](const QString& run) { openKept(run); }},
                             this);
    connect(actions_.batch, &QAction::triggered, batch_, &BatchDialog::open);
    connect(actions_.timeStep, &QAction::triggered, this, &MainWindow::timeStep);
    connect(prompt_->verdict(), &RunVerdict::timeWanted, actions_.timeStep, &QAction::trigger);
}

/// A run of the settings that are chosen, which rests behind the step that counts: the first one warms up.
void MainWindow::timeStep() {
    if (files_.isOnlyInMemory() && !files_.mayLeave()) {
        return;
    }
    constexpr uint32_t kStepsToTime = 2;
    RunRequest request = prompt_->request();
    request.steps = kStepsToTime;
    startRun(request);
}

}  // namespace crystallite
