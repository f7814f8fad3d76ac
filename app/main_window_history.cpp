#include "app/main_window.h"

#include "app/conversions.h"
#include "app/dropped_file.h"
#include "app/engine_worker.h"
#include "app/library_panel.h"
#include "app/message_bar.h"
#include "app/prompt_panel.h"
#include "app/run_library.h"

#include <QAction>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>

#include <memory>
#include <utility>

// The part of MainWindow that is about the history: what goes into it, what comes back, and what is dropped on the window.

namespace crystallite {

void MainWindow::setupHistory(const FileQuestions& questions) {
    history_ = new LibraryPanel(library_, questions.deleteForGood);
    historyDock_ = addDock(tr("History"), "historyDock", history_, Qt::LeftDockWidgetArea);
    tabifyDockWidget(promptDock_, historyDock_);
    promptDock_->raise();
}

void MainWindow::connectHistory() {
    connectLibrary();
    connectHistoryActions();
    // The history outlives the window: a run that its closing ends gets there, too.
    RunLibrary* library = &library_;
    connect(
        &worker_, &EngineWorker::journalFinished, library,
        [library](const QString& journal) { library->takeJournal(journal, RunSource::Ended); }, Qt::DirectConnection);
    connect(&worker_, &EngineWorker::journalLost, &files_, &TraceFiles::loseJournal);
    connect(&files_, &TraceFiles::keepWanted, this, [this] { library_.add(std::make_shared<Trace>(document_.trace())); });
    connect(&files_, &TraceFiles::bookmarksChanged, this,
            [this] { library_.setBookmarks(toQString(document_.trace().header().id), document_.marks().bookmarks()); });
    connect(&files_, &TraceFiles::opened, this,
            [this](const QString& path) { library_.refer(std::make_shared<Trace>(document_.trace()), path); });
    connect(&document_, &RunDocument::traceReset, this, [this] { history_->setOpenRun(toQString(document_.trace().header().id)); });
}

void MainWindow::connectLibrary() {
    connect(&library_, &RunLibrary::journalTaken, &files_, &TraceFiles::takeKept);
    connect(&library_, &RunLibrary::journalLeft, this, [this](const QString& /*journal*/, const QString& sentence) {
        messages_->showMessage(
            MessageBar::Kind::Problem,
            tr("%1 The history could not take the run; its steps are safe in a journal, which the next start takes.").arg(sentence));
    });
    connect(&library_, &RunLibrary::runAdded, this, [this](const QString& id) {
        if (id == toQString(document_.trace().header().id)) {
            files_.markKept();
        }
    });
    connect(&library_, &RunLibrary::loaded, this,
            [this](const QString& id, const LoadedRun& run, std::optional<uint32_t> frame) { showLoaded(id, std::move(*run), frame); });
    const auto tellProblem = [this](const QString& sentence) { messages_->showMessage(MessageBar::Kind::Problem, sentence); };
    connect(&library_, &RunLibrary::loadFailed, this,
            [tellProblem](const QString& /*id*/, const QString& sentence) { tellProblem(sentence); });
    connect(&library_, &RunLibrary::failed, this, tellProblem);
    connect(&library_, &RunLibrary::noticed, this,
            [this](const QString& sentence) { messages_->showMessage(MessageBar::Kind::Note, sentence); });
    connect(&library_, &RunLibrary::journalsRecovered, this, &MainWindow::tellRecovered);
}

void MainWindow::connectHistoryActions() {
    actions_.undoTrash->setEnabled(false);
    connect(actions_.findRun, &QAction::triggered, this, [this] {
        historyDock_->show();
        historyDock_->raise();
        history_->focusField();
    });
    connect(actions_.undoTrash, &QAction::triggered, history_, &LibraryPanel::undoTrash);
    connect(history_, &LibraryPanel::undoChanged, actions_.undoTrash, &QAction::setEnabled);
    connect(history_, &LibraryPanel::openWanted, this, &MainWindow::openKept);
    connect(history_, &LibraryPanel::fileWanted, this, [this](const QString& path) { files_.open(path); });
    connect(history_, &LibraryPanel::movedToTrash, this, [this](const QString& sentence) {
        messages_->showMessage(MessageBar::Kind::Note, sentence, tr("Undo"), [this] { history_->undoTrash(); });
    });
}

void MainWindow::openKept(const QString& id, std::optional<uint32_t> frame) {
    wantedRun_ = id;
    if (!document_.isLive() && id == toQString(document_.trace().header().id)) {
        showFrame(frame);
        return;
    }
    library_.load(id, frame);
}

/// Unless something else has been asked for since.
void MainWindow::showLoaded(const QString& id, Trace run, std::optional<uint32_t> frame) {
    if (id != wantedRun_ || !files_.showKept(std::move(run))) {
        return;
    }
    showFrame(frame);
}

void MainWindow::showFrame(std::optional<uint32_t> frame) {
    wantedRun_.clear();
    playback_.pause();
    if (frame) {
        playback_.seek(*frame);
    }
}

/// The history takes the journal of the run; one that had none is given to it whole.
void MainWindow::keepEndedRun() {
    if (!files_.isKept()) {
        library_.add(std::make_shared<Trace>(document_.trace()));
    } else if (!document_.marks().bookmarks().empty()) {
        library_.setBookmarks(toQString(document_.trace().header().id), document_.marks().bookmarks());
    }
}

void MainWindow::tellRecovered(const QStringList& ids) {
    const QString runs = ids.size() == 1 ? tr("A run") : tr("%1 runs").arg(ids.size());
    messages_->showMessage(
        MessageBar::Kind::Note,
        tr("%1 that had not ended when Crystallite did: every finished step is in the history, marked as recovered.").arg(runs), tr("Open"),
        [this, newest = ids.front()] { openKept(newest); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const DroppedFile file = droppedFile(*event->mimeData());
    if (file.kind == DroppedFile::Kind::Nothing) {
        messages_->showMessage(MessageBar::Kind::Note, file.problem);
        event->ignore();
    } else {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    const DroppedFile file = droppedFile(*event->mimeData());
    switch (file.kind) {
        case DroppedFile::Kind::Nothing: event->ignore(); return;
        case DroppedFile::Kind::Trace: files_.open(file.path); break;
        case DroppedFile::Kind::Model: openModel(file.path); break;
        case DroppedFile::Kind::Prompt:
            prompt_->setPrompt(file.text);
            actions_.editPrompt->trigger();
            break;
    }
    event->acceptProposedAction();
}

}  // namespace crystallite
