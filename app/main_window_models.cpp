#include "app/main_window.h"

#include "app/conversions.h"
#include "app/engine_worker.h"
#include "app/header_bar.h"
#include "app/measure_panel.h"
#include "app/message_bar.h"
#include "app/open_model_dialog.h"
#include "app/prompt_panel.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QStringList>

#include <algorithm>
#include <utility>

// The part of MainWindow that is about models: where they come from, and what becomes of loading one.

namespace crystallite {
namespace {

bool isFile(const std::string& model) {
    const std::vector<std::string> embedded = embeddedModelNames();
    return !model.empty() && std::find(embedded.begin(), embedded.end(), model) == embedded.end() && QFileInfo::exists(toQString(model));
}

}  // namespace

void MainWindow::connectModels() {
    connect(&worker_, &EngineWorker::devicesListed, header_, &HeaderBar::setDevices);
    connect(&worker_, &EngineWorker::devicesListed, openModel_, &OpenModelDialog::setDevices);
    connect(&worker_, &EngineWorker::modelLoading, header_, &HeaderBar::setLoading);
    connect(&worker_, &EngineWorker::modelLoading, openModel_, &OpenModelDialog::setLoading);
    connect(&worker_, &EngineWorker::modelLoading, this, [this] {
        if (!std::exchange(isLoading_, true)) {
            refreshActions();  // the model from before comes back, which can be stopped too
        }
    });
    connect(&worker_, &EngineWorker::modelReady, this, &MainWindow::acceptModel);
    connect(&worker_, &EngineWorker::modelFailed, this, &MainWindow::tellModelFailed);
    connect(header_, &HeaderBar::modelRequested, this, &MainWindow::loadModel);
    connect(header_, &HeaderBar::openWanted, actions_.openModel, &QAction::trigger);
    connect(actions_.openModel, &QAction::triggered, this,
            [this] { openModel_->chooseFrom(recentModels_.paths(), header_->request().device); });
    connect(openModel_, &OpenModelDialog::loadRequested, this, &MainWindow::loadModel);
    connect(openModel_, &OpenModelDialog::cancelRequested, &worker_, &EngineWorker::stopLoading, Qt::DirectConnection);
}

void MainWindow::openModel(const QString& path) {
    openModel_->showModel({.model = path.toStdString(), .device = header_->request().device});
}

void MainWindow::loadModel(const ModelRequest& request) {
    modelReady_ = false;
    isLoading_ = true;
    measure_->setModel(nullptr);
    prompt_->setModel(nullptr);
    header_->setRequest(request);
    header_->setLoading(0.0);
    refreshActions();
    worker_.loadModel(request);
}

/// What was asked for, or after a failure the model that was there before.
void MainWindow::acceptModel(const ModelSummary& model) {
    modelReady_ = true;
    isLoading_ = false;
    header_->setRequest(model.request);
    header_->setModel(model);
    prompt_->setModel(&model);
    openModel_->finish();
    if (isFile(model.request.model)) {
        rememberModel(model);
        recentModels_.remember(QFileInfo(toQString(model.request.model)).absoluteFilePath());
        refreshRecentModels();
    }
    QStringList notes;
    for (const std::string& note : model.notes) {
        notes << toQString(note);
    }
    if (!notes.isEmpty()) {
        messages_->showMessage(MessageBar::Kind::Note, notes.join(QLatin1Char(' ')));
    }
    refreshActions();
    Q_EMIT modelSettled(true);
}

void MainWindow::tellModelFailed(const QString& sentence, bool cancelled) {
    isLoading_ = false;
    header_->setModelFailed();
    if (openModel_->isLoading()) {
        openModel_->fail(sentence, cancelled);
    } else if (cancelled) {
        messages_->showMessage(MessageBar::Kind::Note, tr("Loading was cancelled."));
    } else {
        const ModelRequest request = header_->request();
        if (isFile(request.model)) {
            messages_->showMessage(MessageBar::Kind::Problem, sentence, tr("Look into it…"),
                                   [this, request] { openModel_->showModel(request); });
        } else {
            messages_->showMessage(MessageBar::Kind::Problem, sentence);
        }
    }
    refreshActions();
    Q_EMIT modelSettled(false);
}

void MainWindow::refreshRecentModels() {
    actions_.recentModels->clear();
    const QStringList paths = recentModels_.paths();
    for (const QString& path : paths) {
        QAction* entry = actions_.recentModels->addAction(QFileInfo(path).fileName(), this, [this, path] { openModel(path); });
        entry->setToolTip(path);
    }
    actions_.recentModels->setEnabled(!paths.isEmpty());
    if (!paths.isEmpty()) {
        actions_.recentModels->addSeparator();
        actions_.recentModels->addAction(tr("&Clear this list"), this, [this] {
            recentModels_.clear();
            refreshRecentModels();
        });
    }
}

}  // namespace crystallite
