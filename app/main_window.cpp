#include "app/main_window.h"

#include "app/canvas/canvas_legend.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/chat_keeper.h"
#include "app/core_actions.h"
#include "app/dialogs.h"
#include "app/engine_worker.h"
#include "app/header_bar.h"
#include "app/inspector_docks.h"
#include "app/measure_panel.h"
#include "app/message_bar.h"
#include "app/open_model_dialog.h"
#include "app/open_paths.h"
#include "app/prompt_panel.h"
#include "app/reading_view.h"
#include "app/shell_style.h"
#include "app/time_controls.h"
#include "app/timeline_panel.h"
#include "app/token_text.h"
#include "app/transport.h"
#include "app/window_layout.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QMenu>
#include <QScreen>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

std::function<int64_t()> monotonicMilliseconds() {
    QElapsedTimer timer;
    timer.start();
    return [timer] { return timer.elapsed(); };
}

}  // namespace

MainWindow::MainWindow(EngineWorker& worker, RunLibrary& library, FileQuestions questions, ModelInspector::Inspect inspect, QWidget* parent)
    : QMainWindow(parent),
      worker_(worker),
      library_(library),
      playback_(document_, monotonicMilliseconds()),
      livePace_(document_, showingClocks()),
      files_(document_, questions),
      actions_(makeWindowActions(*this)) {
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowTabbedDocks);
    setupViews();
    setupModelLibrary(inspect, questions);
    setupHistory(questions);
    openModel_ = new OpenModelDialog(std::move(inspect), questions, this);
    connectWorker();
    connectLivePace();
    connectModels();
    connectModelLibrary();
    connectPresets(questions);
    connectFiles();
    connectRunActions();
    connectStepActions();
    connectViewActions();
    connectCanvasActions();
    connectHelpActions();
    connectInspection();
    connectSearch();
    connectMeasure();
    connectHistory();
    connectHands();
    chat_ = std::make_unique<ChatKeeper>(actions_, *prompt_, worker_, document_, library_);
    connectBatch();
    connectLook();
    defaultLayout_ = saveState(kLayoutVersion);
    restoreLayout();
    refreshActions();
    refreshTitle();
    refreshRecent();
    refreshRecentModels();
    worker_.listDevices();  // now that everybody who wants to know them listens
}

MainWindow::~MainWindow() = default;

void MainWindow::connectWorker() {
    connect(&worker_, &EngineWorker::runStarted, this, [this](const Trace& trace, const QString& journal) {
        document_.reset(trace, true);
        files_.startRun(journal);
        refreshActions();
    });
    connect(&worker_, &EngineWorker::stepFinished, this, [this](const StepUpdate& update) {
        // Something else may be shown by now, and the steps of a run that was given up still arrive.
        if (document_.isLive()) {
            document_.take(update.record, update.newPieces, update.newControlIds);
            livePace_.arrived();
        }
    });
    connect(&worker_, &EngineWorker::runEnded, this, &MainWindow::endRun);
    connect(&worker_, &EngineWorker::failed, this,
            [this](const QString& sentence) { messages_->showMessage(MessageBar::Kind::Problem, sentence); });
}

void MainWindow::connectFiles() {
    connect(actions_.newRun, &QAction::triggered, this, &MainWindow::newRun);
    connect(actions_.open, &QAction::triggered, &files_, &TraceFiles::openByDialog);
    connect(actions_.save, &QAction::triggered, &files_, &TraceFiles::save);
    connect(actions_.saveAs, &QAction::triggered, &files_, &TraceFiles::saveAs);
    connect(actions_.exportRun, &QAction::triggered, this, &MainWindow::askForExport);
    connect(actions_.close, &QAction::triggered, this, &QWidget::close);
    connect(actions_.quit, &QAction::triggered, qApp, &QApplication::closeAllWindows);
    connect(&files_, &TraceFiles::changed, this, [this] {
        refreshTitle();
        refreshRecent();
        refreshActions();
    });
    connect(&files_, &TraceFiles::journalAnnotated, this,
            [this](const QString& path, const std::vector<Bookmark>& bookmarks) { worker_.annotateJournal(path, bookmarks); });
    connect(&files_, &TraceFiles::failed, this,
            [this](const QString& sentence) { messages_->showMessage(MessageBar::Kind::Problem, sentence); });
    connect(&document_, &RunDocument::liveChanged, this, &MainWindow::refreshActions);
    connect(&document_, &RunDocument::traceReset, this, [this] {
        if (!document_.isLive()) {
            worker_.stopRun();  // a run that nobody sees
        }
        refreshActions();
    });
    connect(&document_, &RunDocument::selectionChanged, this, &MainWindow::refreshActions);
}

void MainWindow::connectRunActions() {
    connect(actions_.run, &QAction::triggered, this, qOverload<>(&MainWindow::startRun));
    connect(actions_.stop, &QAction::triggered, this, [this] {
        worker_.stopRun();
        worker_.stopLoading();
    });
    connect(actions_.newSeed, &QAction::triggered, prompt_, &PromptPanel::takeNewSeed);
    connect(actions_.editPrompt, &QAction::triggered, this, [this] {
        promptDock_->show();
        prompt_->focusPrompt();
    });
    connect(actions_.copyText, &QAction::triggered, this, [this] { copyToClipboard(reading_->text()); });
    connect(actions_.followLive, &QAction::triggered, &document_, &RunDocument::setFollowsLive);
    connect(&document_, &RunDocument::followsLiveChanged, actions_.followLive, &QAction::setChecked);
    connect(prompt_, &PromptPanel::validityChanged, this, &MainWindow::refreshActions);
}

void MainWindow::connectStepActions() {
    connectTransport(actions_, playback_, document_);
    new TimeControls(*this, actions_, document_, playback_, *messages_);
    connect(&playback_, &Playback::playingChanged, this,
            [this](bool playing) { canvas_->setPlaybackInterval(playing ? static_cast<int>(1000.0 / playback_.stepsPerSecond()) : 0); });
}

void MainWindow::connectViewActions() {
    connect(actions_.fullScreen, &QAction::triggered, this, [this](bool full) { full ? showFullScreen() : showNormal(); });
    connectCoreActions(actions_, *canvas_);
    connect(timeline_, &TimelinePanel::heightWanted, this, [this](int height) { resizeDocks({timelineDock_}, {height}, Qt::Vertical); });
}

void MainWindow::connectCanvasActions() {
    connect(actions_.zoomIn, &QAction::triggered, this, [this] { canvas_->setTextZoom(canvas_->textZoom() * 1.1); });
    connect(actions_.zoomOut, &QAction::triggered, this, [this] { canvas_->setTextZoom(canvas_->textZoom() / 1.1); });
    connect(actions_.zoomReset, &QAction::triggered, this, [this] { canvas_->setTextZoom(1.0); });
    connect(actions_.fitRun, &QAction::triggered, canvas_, &CanvasWidget::fitRun);
    connect(actions_.zoomToSlot, &QAction::triggered, canvas_, &CanvasWidget::zoomToSelection);
    connect(actions_.detailScale, &QAction::toggled, canvas_, &CanvasWidget::setDetailScale);
    connect(actions_.beliefShifts, &QAction::toggled, canvas_, &CanvasWidget::setShowsShifts);
    connect(actions_.foldEnds, &QAction::toggled, canvas_, &CanvasWidget::setFoldsEnds);
    connect(actions_.legend, &QAction::triggered, this, [this] { (new CanvasLegend(canvas_->view().theme(), this))->show(); });
    connect(canvas_, &CanvasWidget::foldsEndsChanged, actions_.foldEnds, &QAction::setChecked);
}

void MainWindow::connectHelpActions() {
    connect(actions_.keyMap, &QAction::triggered, this, [this] { showKeyMap(*this); });
    connect(actions_.log, &QAction::triggered, this, [this] { showLog(*this); });
    connect(actions_.about, &QAction::triggered, this, [this] { showAboutBox(*this); });
}

void MainWindow::startRun() {
    if (files_.isOnlyInMemory() && !files_.mayLeave()) {
        return;
    }
    startRun(prompt_->request());
    chat_->ask();
}

void MainWindow::startRun(const RunRequest& request) {
    wantedRun_.clear();  // what was asked for before shall not take the place of this one
    messages_->hide();
    playback_.pause();
    chat_->leave();
    worker_.startRun(request);
    canvas_->setFocus();
}

void MainWindow::endRun(RunStatus status) {
    if (!document_.isLive()) {
        return;
    }
    document_.finish(status);
    keepSpeed();
    keepEndedRun();
    refreshActions();
}

void MainWindow::newRun() {
    if (files_.mayLeave()) {
        files_.clear();
        actions_.editPrompt->trigger();
    }
}

void MainWindow::refreshTitle() {
    const QString name = files_.displayName();
    const QString branch = branchTitle();
    setWindowTitle(name.isEmpty() ? QStringLiteral("Crystallite") : name + branch + QStringLiteral("[*] – Crystallite"));
    setWindowModified(files_.isUnsaved());
}

void MainWindow::refreshRecent() {
    actions_.recent->clear();
    const QStringList paths = files_.recent();
    for (const QString& path : paths) {
        QAction* entry = actions_.recent->addAction(QFileInfo(path).fileName(), this, [this, path] { files_.open(path); });
        entry->setToolTip(path);
    }
    actions_.recent->setEnabled(!paths.isEmpty());
    if (!paths.isEmpty()) {
        actions_.recent->addSeparator();
        actions_.recent->addAction(tr("&Clear this list"), &files_, &TraceFiles::clearRecent);
    }
}

void MainWindow::refreshActions() {
    const bool shown = !document_.isEmpty();
    actions_.run->setEnabled(modelReady_ && prompt_->isValid());
    actions_.timeStep->setEnabled(actions_.run->isEnabled());
    refreshStop();
    actions_.save->setEnabled(shown);
    actions_.saveAs->setEnabled(shown);
    actions_.exportRun->setEnabled(shown);
    actions_.copyText->setEnabled(shown);
    refreshInspectionActions();
    actions_.followLive->setEnabled(document_.isLive());
    actions_.zoomToSlot->setEnabled(document_.selectedSlot().has_value());
    actions_.followLive->setChecked(document_.followsLive());
    setStepActionsEnabled(actions_, shown);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!files_.mayLeave()) {
        event->ignore();
        return;
    }
    worker_.stopRun();
    worker_.stopLoading();
    saveLayout();
    event->accept();
}

}  // namespace crystallite
