#pragma once

#include "app/engine_door.h"
#include "app/run_journal.h"

#include <QMetaType>
#include <QObject>
#include <QString>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace crystallite {

struct RunRequest {
    std::string prompt;
    DecodeRequest wanted;
    std::vector<TokenId> tokens = {};  ///< in place of the prompt, masks among them; empty: the prompt
    uint32_t steps = 0;                ///< as many, then it rests; 0: to the end
};

/// A run that is to go on behind its last step.
struct ContinueRequest {
    Trace trace;
    uint32_t steps = 0;  ///< as many, then it rests; 0: to the end
};

/// What a step brought besides its record: the bytes of tokens that were not mentioned before.
struct StepUpdate {
    StepRecord record;
    std::map<TokenId, std::string> newPieces;
    std::vector<TokenId> newControlIds;
};

/// Owns the engine on its own thread: requests go in from any thread, values come out as queued signals. A request does not wait for
/// the work before it: the newest one of its kind wins, and what runs is stopped within the step.
class EngineWorker : public QObject {
    Q_OBJECT
public:
    using MakeDoor = std::function<std::unique_ptr<EngineDoor>()>;

    /// `makeDoor` is called once, on the worker's thread. Runs are written to `journalFolder` while they happen; empty: nowhere.
    EngineWorker(MakeDoor makeDoor, QString journalFolder);
    ~EngineWorker() override;

    // Any thread.
    void listDevices();
    /// Also ends the run in progress. A load that fails or is stopped leaves the model that was there, loading it again where it had to
    /// make room: modelFailed(), then modelReady() with it.
    void loadModel(ModelRequest request);
    void startRun(RunRequest request);  ///< ends the run in progress
    /// Takes the place of the run in progress, as startRun() does.
    void continueRun(ContinueRequest request);
    void stopRun();
    void stopLoading();
    /// Between two steps while a run lasts. The newest wins: nothing is said about one that a newer one replaced.
    void probe(ProbeRequest request);
    void stopProbe();
    /// Writes the bookmarks of a run into its journal while that is there.
    void annotateJournal(const QString& path, const std::vector<Bookmark>& bookmarks);

Q_SIGNALS:
    void devicesListed(const std::vector<crystallite::DeviceInfo>& devices);
    void modelLoading(double share);
    void modelReady(const crystallite::ModelSummary& model);
    /// Not for a request that a newer one replaced.
    void modelFailed(const QString& sentence, bool cancelled);
    void runStarted(const crystallite::Trace& trace, const QString& journal);
    /// Steps that are appended to the trace of the request follow.
    void runContinued(const QString& journal);
    void stepFinished(const crystallite::StepUpdate& update);
    /// The run of this journal has ended and nothing writes to it any more. Comes before runEnded().
    void journalFinished(const QString& journal);
    /// The run in progress is written nowhere any more.
    void journalLost();
    void runEnded(crystallite::RunStatus status);
    void failed(const QString& sentence);
    void probed(const crystallite::ProbeResult& result);
    void probeFailed(const QString& sentence, bool cancelled);

private:
    void wake();
    void serve();
    void serveLoad(const ModelRequest& request, std::stop_token stop);
    void serveReload();
    bool tellFailure(const Error& error);
    void serveStart(const RunRequest& request, std::stop_token stop);
    void serveContinue(const ContinueRequest& request, std::stop_token stop);
    [[nodiscard]] QString beginTelling(std::stop_token stop, uint32_t steps);
    void serveProbe(const ProbeRequest& request, std::stop_token stop);
    void advance();
    void endRun(RunStatus status);
    void keepInMemory(const Error& error);
    [[nodiscard]] StepUpdate lastStep();

    MakeDoor makeDoor_;
    QString journalFolder_;

    struct Mailbox {
        std::mutex guard;
        bool listDevices = false;
        std::optional<ModelRequest> model;
        std::optional<RunRequest> run;
        std::optional<ContinueRequest> continuation;  // or run, the newest of the two
        std::optional<ProbeRequest> probe;
        std::stop_source loading;  // of the newest request, replaced when one arrives
        std::stop_source running;
        std::stop_source probing;
    };
    Mailbox mailbox_;
    std::atomic<bool> awake_ = false;  // a call of serve() is on its way

    // Worker thread only.
    std::unique_ptr<EngineDoor> door_;
    std::unique_ptr<RunJournal> journal_;
    std::set<TokenId> knownPieces_;
    std::stop_token runStop_;
    bool running_ = false;
    uint32_t stepsLeft_ = 0;  // until the run rests; 0: to its end
};

}  // namespace crystallite

Q_DECLARE_METATYPE(crystallite::DeviceInfo)
Q_DECLARE_METATYPE(crystallite::ModelSummary)
Q_DECLARE_METATYPE(crystallite::Trace)
Q_DECLARE_METATYPE(crystallite::StepUpdate)
Q_DECLARE_METATYPE(crystallite::RunStatus)
Q_DECLARE_METATYPE(crystallite::ProbeResult)
