#include "app/main_window.h"

#include "app/conversions.h"
#include "app/engine_worker.h"
#include "app/message_bar.h"
#include "app/model_cache.h"
#include "app/model_index.h"
#include "app/model_library_dialog.h"
#include "app/prompt_panel.h"
#include "app/run_verdict.h"

#include <QAction>

#include <utility>

// The part of MainWindow that is about the models on this machine, and how fast they were.

namespace crystallite {

void MainWindow::setupModelLibrary(const ModelInspector::Inspect& inspect, const FileQuestions& questions) {
    auto* index = new ModelIndex(inspect, ModelCache::usualPath(), this);
    const auto findSpeed = [this](const ModelEntry& entry, const DeviceInfo& device) {
        return speeds_.newest(entry.name, entry.format, toQString(device.name));
    };
    modelLibrary_ = new ModelLibraryDialog(*index, findSpeed, questions.modelFolder, this);
    prompt_->verdict()->setFindSpeed([this](const PlannedRun& run) {
        SpeedKey key = loaded_;
        key.cache = toQString(nameOf(run.settings.cache));
        key.guided = run.settings.cfgScale > 0.0;
        return speeds_.find(key, run.givenSlots + run.openSlots + run.settings.room());
    });
}

void MainWindow::connectModelLibrary() {
    connect(&worker_, &EngineWorker::devicesListed, modelLibrary_, &ModelLibraryDialog::setDevices);
    connect(&worker_, &EngineWorker::modelReady, this, [this](const ModelSummary& model) {
        const QString before = std::exchange(loaded_, {.model = toQString(model.name),
                                                       .fingerprint = toQString(model.fingerprint),
                                                       .format = toQString(model.format),
                                                       .device = toQString(model.device.name)})
                                   .model;
        if (before != loaded_.model) {
            startWithDefaults(loaded_.model);
        }
        prompt_->refresh();
    });
    connect(actions_.models, &QAction::triggered, modelLibrary_, &ModelLibraryDialog::open);
    connect(modelLibrary_, &ModelLibraryDialog::modelChosen, this, &MainWindow::openModel);
}

/// What the run that has ended measured counts from now on, for this model on this device.
void MainWindow::keepSpeed() {
    if (const auto speed = speedOf(document_.trace())) {
        if (!speeds_.remember(*speed)) {
            messages_->showMessage(MessageBar::Kind::Note, tr("How fast this run was could not be kept for the next start."));
        }
    }
    prompt_->refresh();
}

}  // namespace crystallite
