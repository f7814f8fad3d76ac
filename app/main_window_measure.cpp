#include "app/main_window.h"

#include "app/canvas/canvas_widget.h"
#include "app/engine_worker.h"
#include "app/measure_panel.h"

#include <QAction>
#include <QDockWidget>

// The part of MainWindow that is about extra measurements: who asks, who answers, and where the answer is seen.

namespace crystallite {

void MainWindow::connectMeasure() {
    const auto measures = [this](QAction* action, ProbeKind kind) {
        connect(action, &QAction::triggered, this, [this, kind] {
            measureDock_->show();
            measureDock_->raise();
            measure_->measure(kind);
        });
    };
    measures(actions_.measureAttention, ProbeKind::Attention);
    measures(actions_.measureLeaveOneOut, ProbeKind::LeaveOneOut);
    measures(actions_.measureCandidates, ProbeKind::Candidates);
    connect(actions_.copyMeasurement, &QAction::triggered, measure_, &MeasurePanel::copyAsTsv);
    connect(actions_.clearMeasurement, &QAction::triggered, measure_, &MeasurePanel::clear);
    connect(actions_.stop, &QAction::triggered, &worker_, &EngineWorker::stopProbe, Qt::DirectConnection);
    connect(measure_, &MeasurePanel::probeWanted, &worker_, &EngineWorker::probe, Qt::DirectConnection);
    connect(measure_, &MeasurePanel::stopWanted, &worker_, &EngineWorker::stopProbe, Qt::DirectConnection);
    connect(&worker_, &EngineWorker::probed, measure_, &MeasurePanel::showResult);
    connect(&worker_, &EngineWorker::probeFailed, measure_, &MeasurePanel::showFailure);
    connect(&worker_, &EngineWorker::modelReady, this, [this](const ModelSummary& model) { measure_->setModel(&model); });
    connect(&worker_, &EngineWorker::modelLoading, this, [this] { measure_->setModel(nullptr); });
    connect(measure_, &MeasurePanel::lightChanged, canvas_, &CanvasWidget::setLight);
    connect(measure_, &MeasurePanel::availabilityChanged, this, &MainWindow::refreshMeasureActions);
    refreshMeasureActions();
}

void MainWindow::refreshMeasureActions() {
    const auto refresh = [this](QAction* action, ProbeKind kind) {
        const QString reason = measure_->reasonAgainst(kind);
        action->setEnabled(reason.isEmpty());
        action->setStatusTip(reason);
    };
    refresh(actions_.measureAttention, ProbeKind::Attention);
    refresh(actions_.measureLeaveOneOut, ProbeKind::LeaveOneOut);
    refresh(actions_.measureCandidates, ProbeKind::Candidates);
    actions_.copyMeasurement->setEnabled(measure_->hasResult());
    actions_.clearMeasurement->setEnabled(measure_->hasResult());
    refreshStop();
}

void MainWindow::refreshStop() {
    actions_.stop->setEnabled(document_.isLive() || isLoading_ || measure_->isMeasuring());
}

}  // namespace crystallite
