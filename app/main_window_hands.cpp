#include "app/main_window.h"

#include "app/announcer.h"
#include "app/branch_bar.h"
#include "app/canvas/canvas_widget.h"
#include "app/conversions.h"
#include "app/engine_worker.h"
#include "app/hand_controls.h"
#include "app/header_bar.h"
#include "app/inspector_docks.h"
#include "app/message_bar.h"
#include "app/prompt_panel.h"

#include <QAction>
#include <QDockWidget>
#include <QFileInfo>
#include <QSettings>
#include <QUndoView>

#include <algorithm>

// The part of MainWindow about what a person changes in a run: the dock of changes, going on, and where a run's model comes from.

namespace crystallite {
namespace {

QString settingsKey(const std::string& modelName, uint64_t parameters) {
    QString name = toQString(modelName);
    name.replace(QLatin1Char('/'), QLatin1Char('_'));
    return QStringLiteral("models/of/%1-%2").arg(name).arg(parameters);
}

/// An embedded model, or the file that a model of this name was last loaded from.
std::optional<ModelRequest> findModel(const TraceHeader& header) {
    const std::vector<std::string> embedded = embeddedModelNames();
    if (std::ranges::find(embedded, header.modelName) != embedded.end()) {
        return ModelRequest{.model = header.modelName};
    }
    const QString path = QSettings().value(settingsKey(header.modelName, header.parameters)).toString();
    return path.isEmpty() || !QFileInfo::exists(path) ? std::nullopt : std::optional(ModelRequest{.model = path.toStdString()});
}

}  // namespace

void MainWindow::rememberModel(const ModelSummary& model) {
    QSettings().setValue(settingsKey(model.name, model.parameters), QFileInfo(toQString(model.request.model)).absoluteFilePath());
}

void MainWindow::connectHands() {
    hands_ = new HandControls({.actions = actions_,
                               .document = document_,
                               .playback = playback_,
                               .files = files_,
                               .canvas = *canvas_,
                               .bar = *branchBar_,
                               .messages = *messages_},
                              this);
    auto* changes = new QUndoView(&hands_->branching().stack());
    changes->setObjectName(QStringLiteral("changes"));
    changes->setAccessibleName(tr("Changes by hand, the newest last; choosing one goes back or forward to it"));
    changes->setEmptyLabel(tr("As it was recorded"));
    changesDock_ = addDock(tr("Changes"), "changesDock", changes, Qt::LeftDockWidgetArea);
    tabifyDockWidget(historyDock_, changesDock_);
    promptDock_->raise();
    changesDock_->hide();
    hands_->setModelFinder(findModel);
    connect(hands_, &HandControls::continueWanted, this, [this](const ContinueRequest& request) {
        wantedRun_.clear();
        messages_->hide();
        playback_.pause();
        worker_.continueRun(request);
    });
    connect(&worker_, &EngineWorker::runContinued, this, [this](const QString& journal) {
        if (!hands_->takeContinued(journal)) {
            worker_.stopRun();
        }
        refreshActions();
    });
    connect(hands_, &HandControls::modelWanted, this, [this](ModelRequest request) {
        request.device = header_->request().device;
        loadModel(request);
    });
    connect(hands_, &HandControls::recoverWanted, this, &MainWindow::recover);
    connect(hands_, &HandControls::inspectionWanted, inspectors_, &InspectorDocks::showFollower);
    connect(hands_, &HandControls::shownChanged, this, &MainWindow::refreshTitle);
    connect(hands_, &HandControls::said, this, [this](const QString& sentence) { announcer_->tell(sentence); });
    connect(&worker_, &EngineWorker::modelReady, this, [this](const ModelSummary& model) { hands_->setModel(&model); });
    connect(&worker_, &EngineWorker::modelLoading, this, [this] { hands_->setModel(nullptr); });
}

/// A run of the settings that are chosen, over a text with gaps: as many steps as it has gaps.
void MainWindow::recover(const std::vector<TokenId>& tokens, uint64_t seed) {
    if (files_.isOnlyInMemory() && !files_.mayLeave()) {
        return;
    }
    RunRequest request = prompt_->request();
    request.tokens = tokens;
    request.wanted.length.reset();
    request.wanted.steps.reset();
    request.wanted.blockLength.reset();
    request.wanted.seed = seed;
    startRun(request);
}

/// " – branch of rabbit.crystal at step 12"; empty where the shown run is no branch.
QString MainWindow::branchTitle() const {
    if (document_.isEmpty() || !document_.trace().header().origin) {
        return {};
    }
    const uint32_t step = document_.trace().header().origin->step;
    const QString parent = hands_ == nullptr ? QString() : hands_->branching().parentName();
    return QStringLiteral(" – ") +
           (parent.isEmpty() ? tr("branch at step %1").arg(step) : tr("branch of %1 at step %2").arg(parent).arg(step));
}

}  // namespace crystallite
