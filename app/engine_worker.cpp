#include "app/engine_worker.h"

#include "app/conversions.h"

#include <QFileInfo>

#include <utility>

namespace crystallite {

EngineWorker::EngineWorker(MakeDoor makeDoor, QString journalFolder)
    : makeDoor_(std::move(makeDoor)), journalFolder_(std::move(journalFolder)) {
    qRegisterMetaType<std::vector<DeviceInfo>>();
    qRegisterMetaType<ModelSummary>();
    qRegisterMetaType<Trace>();
    qRegisterMetaType<StepUpdate>();
    qRegisterMetaType<RunStatus>();
    qRegisterMetaType<ProbeResult>();
}

EngineWorker::~EngineWorker() = default;

void EngineWorker::listDevices() {
    {
        const std::lock_guard lock(mailbox_.guard);
        mailbox_.listDevices = true;
    }
    wake();
}

void EngineWorker::loadModel(ModelRequest request) {
    {
        const std::lock_guard lock(mailbox_.guard);
        mailbox_.loading.request_stop();
        mailbox_.running.request_stop();
        mailbox_.probing.request_stop();
        mailbox_.loading = std::stop_source();
        mailbox_.run.reset();
        mailbox_.continuation.reset();
        mailbox_.model = std::move(request);
    }
    wake();
}

void EngineWorker::startRun(RunRequest request) {
    {
        const std::lock_guard lock(mailbox_.guard);
        mailbox_.running.request_stop();
        mailbox_.probing.request_stop();
        mailbox_.running = std::stop_source();
        mailbox_.run = std::move(request);
        mailbox_.continuation.reset();
    }
    wake();
}

void EngineWorker::continueRun(ContinueRequest request) {
    {
        const std::lock_guard lock(mailbox_.guard);
        mailbox_.running.request_stop();
        mailbox_.probing.request_stop();
        mailbox_.running = std::stop_source();
        mailbox_.run.reset();
        mailbox_.continuation = std::move(request);
    }
    wake();
}

void EngineWorker::probe(ProbeRequest request) {
    {
        const std::lock_guard lock(mailbox_.guard);
        mailbox_.probing.request_stop();
        mailbox_.probing = std::stop_source();
        mailbox_.probe = std::move(request);
    }
    wake();
}

void EngineWorker::stopProbe() {
    const std::lock_guard lock(mailbox_.guard);
    mailbox_.probing.request_stop();
}

void EngineWorker::stopRun() {
    const std::lock_guard lock(mailbox_.guard);
    mailbox_.running.request_stop();
}

void EngineWorker::stopLoading() {
    const std::lock_guard lock(mailbox_.guard);
    mailbox_.loading.request_stop();
}

void EngineWorker::annotateJournal(const QString& path, const std::vector<Bookmark>& bookmarks) {
    QMetaObject::invokeMethod(
        this,
        [this, path, bookmarks] {
            if (!QFileInfo::exists(path)) {
                return;  // the run has ended, and the history has it
            }
            if (const auto written = rewriteBookmarks(toPath(path), bookmarks); !written) {
                Q_EMIT failed(QString::fromStdString(written.error().message));
            }
        },
        Qt::QueuedConnection);
}

void EngineWorker::wake() {
    if (!awake_.exchange(true)) {
        QMetaObject::invokeMethod(this, &EngineWorker::serve, Qt::QueuedConnection);
    }
}

/// Does the most urgent thing that is asked for; while a run lasts it calls itself, so that a request is seen after every step.
void EngineWorker::serve() {
    awake_ = false;
    if (!door_) {
        door_ = makeDoor_();
    }
    bool list = false;
    std::optional<ModelRequest> model;
    std::optional<RunRequest> run;
    std::optional<ContinueRequest> continuation;
    std::optional<ProbeRequest> probe;
    std::stop_token loading;
    std::stop_token running;
    std::stop_token probing;
    {
        const std::lock_guard lock(mailbox_.guard);
        list = std::exchange(mailbox_.listDevices, false);
        model = std::exchange(mailbox_.model, std::nullopt);
        if (!model && !door_->awaitsReload()) {
            run = std::exchange(mailbox_.run, std::nullopt);
            continuation = std::exchange(mailbox_.continuation, std::nullopt);
            if (!run && !continuation) {
                probe = std::exchange(mailbox_.probe, std::nullopt);
            }
        }
        loading = mailbox_.loading.get_token();
        running = mailbox_.running.get_token();
        probing = mailbox_.probing.get_token();
    }
    if (list) {
        Q_EMIT devicesListed(door_->devices());
    }
    if (model) {
        serveLoad(*model, loading);
        wake();
    } else if (door_->awaitsReload()) {
        serveReload();
        wake();
    } else if (run) {
        serveStart(*run, running);
    } else if (continuation) {
        serveContinue(*continuation, running);
    } else if (probe) {
        serveProbe(*probe, probing);
        wake();
    } else if (running_) {
        advance();
    }
}

void EngineWorker::serveLoad(const ModelRequest& request, std::stop_token stop) {
    if (running_) {
        endRun(RunStatus::Stopped);
    }
    const auto model = door_->load(
        request, [this](double share) { Q_EMIT modelLoading(share); }, stop);
    if (!model && !tellFailure(model.error())) {
        return;
    }
    if (const ModelSummary* held = door_->model()) {
        Q_EMIT modelReady(*held);
    }
}

/// What made room for a model that then did not load comes back, unless somebody asks for yet another one or stops this too.
void EngineWorker::serveReload() {
    std::stop_token stop;
    {
        const std::lock_guard lock(mailbox_.guard);
        if (mailbox_.model) {
            return;
        }
        mailbox_.loading = std::stop_source();
        stop = mailbox_.loading.get_token();
    }
    const auto model = door_->reload([this](double share) { Q_EMIT modelLoading(share); }, stop);
    if (model) {
        Q_EMIT modelReady(*model);
    } else {
        tellFailure(model.error());
    }
}

/// False when a newer request has taken the place of the one that failed, so that nobody waits for it.
bool EngineWorker::tellFailure(const Error& error) {
    {
        const std::lock_guard lock(mailbox_.guard);
        if (mailbox_.model) {
            return false;
        }
    }
    Q_EMIT modelFailed(QString::fromStdString(error.message), error.kind == ErrorKind::Cancelled);
    return true;
}

void EngineWorker::serveStart(const RunRequest& request, std::stop_token stop) {
    if (running_) {
        endRun(RunStatus::Stopped);
    }
    const auto started =
        request.tokens.empty() ? door_->startRun(request.prompt, request.wanted) : door_->startRun(request.tokens, request.wanted);
    if (!started) {
        Q_EMIT failed(QString::fromStdString(started.error().message));
        return;
    }
    const QString journal = beginTelling(std::move(stop), request.steps);
    Q_EMIT runStarted(door_->trace(), journal);
    wake();
}

void EngineWorker::serveContinue(const ContinueRequest& request, std::stop_token stop) {
    if (running_) {
        endRun(RunStatus::Stopped);
    }
    const auto continued = door_->continueRun(request.trace);
    if (!continued) {
        Q_EMIT failed(QString::fromStdString(continued.error().message));
        return;
    }
    const QString journal = beginTelling(std::move(stop), request.steps);
    Q_EMIT runContinued(journal);
    wake();
}

/// The run of the door is told step by step from here on. Returns the path of its journal, where it has one.
QString EngineWorker::beginTelling(std::stop_token stop, uint32_t steps) {
    const Trace& trace = door_->trace();
    knownPieces_.clear();
    for (const auto& [id, bytes] : trace.pieces()) {
        knownPieces_.insert(id);
    }
    journal_.reset();
    if (!journalFolder_.isEmpty()) {
        auto journal = RunJournal::begin(journalFolder_, trace);
        if (journal) {
            journal_ = std::move(*journal);
        } else {
            keepInMemory(journal.error());
        }
    }
    running_ = true;
    stepsLeft_ = steps;
    runStop_ = std::move(stop);
    return journal_ ? journal_->path() : QString();
}

void EngineWorker::serveProbe(const ProbeRequest& request, std::stop_token stop) {
    const auto result = door_->probe(request, std::move(stop));
    {
        const std::lock_guard lock(mailbox_.guard);
        if (mailbox_.probe) {
            return;  // nobody waits for this one any more
        }
    }
    if (result) {
        Q_EMIT probed(*result);
    } else {
        Q_EMIT probeFailed(QString::fromStdString(result.error().message), result.error().kind == ErrorKind::Cancelled);
    }
}

void EngineWorker::advance() {
    if (door_->finished()) {
        endRun(RunStatus::Complete);
        return;
    }
    const auto stepped = door_->step(runStop_);
    if (!stepped) {
        const bool cancelled = stepped.error().kind == ErrorKind::Cancelled;
        endRun(cancelled ? RunStatus::Stopped : RunStatus::Failed);
        if (!cancelled) {
            Q_EMIT failed(QString::fromStdString(stepped.error().message));
        }
        return;
    }
    if (journal_) {
        if (const auto written = journal_->appendLast(door_->trace()); !written) {
            keepInMemory(written.error());
        }
    }
    Q_EMIT stepFinished(lastStep());
    if (stepsLeft_ > 0 && --stepsLeft_ == 0) {
        endRun(door_->finished() ? RunStatus::Complete : RunStatus::Stopped);
        return;
    }
    wake();
}

void EngineWorker::endRun(RunStatus status) {
    running_ = false;
    if (journal_) {
        if (const auto finished = journal_->finish(status); !finished) {
            keepInMemory(finished.error());
        }
    }
    if (journal_) {
        const QString path = journal_->path();
        journal_.reset();
        Q_EMIT journalFinished(path);
    }
    Q_EMIT runEnded(status);
}

void EngineWorker::keepInMemory(const Error& error) {
    journal_.reset();
    Q_EMIT journalLost();
    Q_EMIT failed(tr("The run goes on in memory, but is not kept against a crash: %1. Free some space; the history takes it when it ends.")
                      .arg(QString::fromStdString(error.message)));
}

StepUpdate EngineWorker::lastStep() {
    const Trace& trace = door_->trace();
    StepUpdate update{.record = trace.record(trace.steps())};
    for (const auto& [id, bytes] : trace.pieces()) {
        if (knownPieces_.insert(id).second) {
            update.newPieces.emplace(id, bytes);
            if (trace.isControl(id)) {
                update.newControlIds.push_back(id);
            }
        }
    }
    return update;
}

}  // namespace crystallite
