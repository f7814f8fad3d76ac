#include "app/main_window.h"

#include "app/canvas/canvas_legend.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/core_actions.h"
#include "app/dialogs.h"
#include "app/engine_worker.h"
#include "app/header_bar.h"
#include "app/inspector_docks.h"
#include "app/measure_panel.h"
#include "app/message_bar.h"
#include "app/model_path.h"
#include "app/open_model_dialog.h"
#include "app/prompt_panel.h"
#include "app/reading_view.h"
#include "app/run_name.h"
#include "app/shell_style.h"
#include "app/time_controls.h"
#include "app/timeline_panel.h"
#include "app/token_text.h"
#include "app/transport.h"
#include "app/window_layout.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QUrl>

#include <algorithm>
#include <iterator>
#include <utility>

namespace crystallite {
namespace {

std::function<int64_t()> monotonicMilliseconds() {
    QElapsedTimer timer;
    timer.start();
    return [timer] { return timer.elapsed(); };
}

}  // namespace

MainWindow::MainWindow(EngineWorker& worker, FileQuestions questions, ModelInspector::Inspect inspect, QWidget* parent)
    : QMainWindow(parent),
      worker_(worker),
      playback_(document_, monotonicMilliseconds()),
      files_(document_, questions),
      actions_(makeWindowActions(*this)) {
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowTabbedDocks);
    setupViews();
    openModel_ = new OpenModelDialog(std::move(inspect), questions, this);
    connectWorker();
    connectModels();
    connectFiles();
    connectRunActions();
    connectStepActions();
    connectViewActions();
    connectCanvasActions();
    connectHelpActions();
    connectInspection();
    connectSearch();
    connectMeasure();
    connectHands();
    connectLook();
    defaultLayout_ = saveState(kLayoutVersion);
    restoreLayout();
    refreshActions();
    refreshTitle();
    refreshRecent();
    refreshRecentModels();
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
            document_.append(update.record, update.newPieces, update.newControlIds);
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
    connect(actions_.close, &QAction::triggered, this, &QWidget::close);
    connect(actions_.quit, &QAction::triggered, qApp, &QApplication::closeAllWindows);
    connect(&files_, &TraceFiles::changed, this, [this] {
        refreshTitle();
        refreshRecent();
        refreshActions();
    });
    connect(&files_, &TraceFiles::journalObsolete, this, [this](const QString& path) { worker_.dropJournal(path); });
    connect(&files_, &TraceFiles::journalReplaced, this, [this](const QString& path) { worker_.keepJournal(path); });
    connect(&files_, &TraceFiles::journalAnnotated, this,
            [this](const QString& path, const std::vector<Bookmark>& bookmarks) { worker_.annotateJournal(path, bookmarks); });
    connect(actions_.keptRuns, &QMenu::aboutToShow, this, &MainWindow::refreshKeptRuns);
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
    connect(actions_.run, &QAction::triggered, this, &MainWindow::startRun);
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
    connect(actions_.about, &QAction::triggered, this, [this] { showAboutBox(*this); });
}

void MainWindow::startRun() {
    if (files_.isOnlyInMemory() && !files_.mayLeave()) {
        return;
    }
    messages_->hide();
    playback_.pause();
    worker_.startRun(prompt_->request());
    canvas_->setFocus();
}

void MainWindow::endRun(RunStatus status) {
    if (!document_.isLive()) {
        return;
    }
    document_.finish(status);
    prompt_->setMillisecondsPerStep(meanMilliseconds(document_.trace()));
    refreshActions();
}

void MainWindow::newRun() {
    if (files_.mayLeave()) {
        files_.clear();
        actions_.editPrompt->trigger();
    }
}

void MainWindow::offerRestore(const QStringList& journals) {
    const auto newest = std::find_if(journals.begin(), journals.end(), [this](const QString& journal) { return files_.restore(journal); });
    if (newest == journals.end()) {
        return;
    }
    std::for_each(std::next(newest), journals.end(), [this](const QString& older) { worker_.keepJournal(older); });
    messages_->showMessage(MessageBar::Kind::Note,
                           tr("This run was not saved when Crystallite last ended; its %1 finished steps are back. Save it to keep it.")
                               .arg(document_.trace().steps()),
                           tr("Save…"), [this] { files_.save(); });
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

void MainWindow::refreshKeptRuns() {
    actions_.keptRuns->clear();
    for (const QString& path : keptRuns(worker_.keptFolder())) {
        actions_.keptRuns->addAction(journalLabel(path), this, [this, path] { files_.restore(path); });
    }
    if (actions_.keptRuns->isEmpty()) {
        actions_.keptRuns->addAction(tr("No run was replaced before it was saved"))->setEnabled(false);
    }
}

void MainWindow::refreshActions() {
    const bool shown = !document_.isEmpty();
    actions_.run->setEnabled(modelReady_ && prompt_->isValid());
    refreshStop();
    actions_.save->setEnabled(shown);
    actions_.saveAs->setEnabled(shown);
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

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.front().isLocalFile()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    const QString path = event->mimeData()->urls().front().toLocalFile();
    if (const QString model = modelPathOf(path); !model.isEmpty()) {
        openModel(model);
    } else {
        files_.open(path);
    }
}

}  // namespace crystallite
