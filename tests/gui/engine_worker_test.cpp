#include "app/engine_worker.h"

#include "tests/gui/worker_fixture.h"

#include <gmock/gmock.h>

#include <QDir>
#include <QFile>

namespace crystallite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kPatienceMs = 20'000;

std::string nameOfStatus(RunStatus status) {
    switch (status) {
        case RunStatus::Running: return "running";
        case RunStatus::Complete: return "complete";
        case RunStatus::Stopped: return "stopped";
        case RunStatus::Failed: return "failed";
    }
    return {};
}

/// Writes down what the worker says, in the order in which it arrives on the test's thread.
class EventLog : public QObject {
public:
    explicit EventLog(EngineWorker& worker) {
        connect(&worker, &EngineWorker::devicesListed, this,
                [this](const std::vector<DeviceInfo>& devices) { add("devices " + std::to_string(devices.size())); });
        connect(&worker, &EngineWorker::modelLoading, this, [this](double share) { add(share < 1.0 ? "loading" : "loaded"); });
        connect(&worker, &EngineWorker::modelReady, this, [this](const ModelSummary& model) { add("model " + model.name); });
        connect(&worker, &EngineWorker::modelFailed, this, [this](const QString& sentence) { add("no model: " + sentence.toStdString()); });
        connect(&worker, &EngineWorker::runStarted, this, [this](const Trace& trace, const QString& journal) {
            journal_ = journal;
            add("run seed " + std::to_string(trace.header().settings.seed));
        });
        connect(&worker, &EngineWorker::stepFinished, this, [this](const StepUpdate& update) {
            updates_.push_back(update);
            add("step " + std::to_string(update.record.number));
        });
        connect(&worker, &EngineWorker::runEnded, this, [this](RunStatus status) { add(nameOfStatus(status)); });
        connect(&worker, &EngineWorker::failed, this, [this](const QString& sentence) { add("failed: " + sentence.toStdString()); });
    }

    bool waitFor(const std::string& event) {
        return QTest::qWaitFor([&] { return std::find(events_.begin(), events_.end(), event) != events_.end(); }, kPatienceMs);
    }
    [[nodiscard]] const std::vector<std::string>& events() const { return events_; }
    [[nodiscard]] const std::vector<StepUpdate>& updates() const { return updates_; }
    [[nodiscard]] const QString& journal() const { return journal_; }

private:
    void add(std::string event) { events_.push_back(std::move(event)); }

    std::vector<std::string> events_;
    std::vector<StepUpdate> updates_;
    QString journal_;
};

RunRequest request(uint32_t steps, uint64_t seed) {
    return {.prompt = "Once upon a time", .wanted = {.length = 12, .steps = steps, .seed = seed}};
}

class EngineWorkerTest : public ::testing::Test {
protected:
    QTemporaryDir folder_;
};

TEST_F(EngineWorkerTest, ReportsARunFromTheModelToTheEnd) {
    RunningWorker worker(FakeScript{}, QString());
    EventLog log(*worker);

    worker->listDevices();
    ASSERT_TRUE(log.waitFor("devices 2"));
    worker->loadModel({});
    worker->startRun(request(3, 7));
    ASSERT_TRUE(log.waitFor("complete"));

    EXPECT_THAT(log.events(), ElementsAre("devices 2", "loading", "model fake", "run seed 7", "step 1", "step 2", "step 3", "complete"));
}

TEST_F(EngineWorkerTest, SendsThePiecesOfATokenOnce) {
    RunningWorker worker(FakeScript{}, QString());
    EventLog log(*worker);
    std::set<TokenId> known;
    QObject::connect(&*worker, &EngineWorker::runStarted, &log, [&known](const Trace& trace) {
        for (const auto& [id, bytes] : trace.pieces()) {
            known.insert(id);
        }
    });

    worker->loadModel({});
    worker->startRun(request(6, 1));
    ASSERT_TRUE(log.waitFor("complete"));

    for (const StepUpdate& update : log.updates()) {
        for (const auto& [id, bytes] : update.newPieces) {
            EXPECT_TRUE(known.insert(id).second) << "piece " << id << " came again with step " << update.record.number;
        }
        for (const SlotBelief& belief : update.record.beliefs) {
            EXPECT_TRUE(known.contains(belief.candidates.front().id)) << "no piece for " << belief.candidates.front().id;
        }
    }
}

TEST_F(EngineWorkerTest, StopsWithinAStep) {
    RunningWorker worker(FakeScript{.waitingStep = 3}, QString());
    EventLog log(*worker);

    worker->loadModel({});
    worker->startRun(request(6, 1));
    ASSERT_TRUE(log.waitFor("step 2"));
    worker->stopRun();
    ASSERT_TRUE(log.waitFor("stopped"));

    EXPECT_THAT(log.events(), ElementsAre("loading", "model fake", "run seed 1", "step 1", "step 2", "stopped"));
}

TEST_F(EngineWorkerTest, ANewRunReplacesTheOneInProgress) {
    RunningWorker worker(FakeScript{.waitingStep = 2}, QString());
    EventLog log(*worker);

    worker->loadModel({});
    worker->startRun(request(6, 1));
    ASSERT_TRUE(log.waitFor("step 1"));
    worker->startRun(request(1, 2));
    ASSERT_TRUE(log.waitFor("complete"));

    EXPECT_THAT(log.events(), ElementsAre("loading", "model fake", "run seed 1", "step 1", "stopped", "run seed 2", "step 1", "complete"));
}

TEST_F(EngineWorkerTest, AnotherModelEndsTheRunFirst) {
    RunningWorker worker(FakeScript{.waitingStep = 2}, QString());
    EventLog log(*worker);

    worker->loadModel({});
    worker->startRun(request(6, 1));
    ASSERT_TRUE(log.waitFor("step 1"));
    worker->loadModel({.model = "other"});
    ASSERT_TRUE(log.waitFor("model other"));

    EXPECT_THAT(log.events(), ElementsAre("loading", "model fake", "run seed 1", "step 1", "stopped", "loading", "model other"));
}

TEST_F(EngineWorkerTest, StopEndsTheLoadingOfAModel) {
    RunningWorker worker(FakeScript{.loadingWaits = true}, QString());
    EventLog log(*worker);

    worker->loadModel({});
    ASSERT_TRUE(log.waitFor("loading"));
    worker->stopLoading();

    EXPECT_TRUE(log.waitFor("no model: stopped"));
}

TEST_F(EngineWorkerTest, AModelThatDoesNotFitIsASentence) {
    RunningWorker worker(FakeScript{.loadError = "The model needs 16 GB, the device has 2 GB."}, QString());
    EventLog log(*worker);

    worker->loadModel({});

    EXPECT_TRUE(log.waitFor("no model: The model needs 16 GB, the device has 2 GB."));
}

TEST_F(EngineWorkerTest, AFailedLoadLeavesTheModelThatWasThere) {
    RunningWorker worker(FakeScript{.loadError = "The file is damaged.", .failingModel = "broken"}, QString());
    EventLog log(*worker);

    worker->loadModel({.model = "good"});
    ASSERT_TRUE(log.waitFor("model good"));
    worker->loadModel({.model = "broken"});
    worker->startRun(request(1, 3));
    ASSERT_TRUE(log.waitFor("complete"));

    EXPECT_THAT(log.events(), ElementsAre("loading", "model good", "loading", "no model: The file is damaged.", "model good", "run seed 3",
                                          "step 1", "complete"));
}

TEST_F(EngineWorkerTest, AModelThatMadeRoomForOneThatFailedIsLoadedAgain) {
    RunningWorker worker(FakeScript{.loadError = "Out of memory.", .failingModel = "large", .makesRoom = true}, QString());
    EventLog log(*worker);

    worker->loadModel({.model = "small"});
    ASSERT_TRUE(log.waitFor("model small"));
    worker->loadModel({.model = "large"});
    worker->startRun(request(1, 3));
    ASSERT_TRUE(log.waitFor("complete"));

    EXPECT_THAT(log.events(), ElementsAre("loading", "model small", "loading", "no model: Out of memory.", "loading", "model small",
                                          "run seed 3", "step 1", "complete"));
}

TEST_F(EngineWorkerTest, NobodyHearsOfALoadThatANewerOneReplaced) {
    RunningWorker worker(FakeScript{.failingModel = "slow", .makesRoom = true, .loadingWaits = true}, QString());
    EventLog log(*worker);

    worker->loadModel({.model = "first"});
    ASSERT_TRUE(log.waitFor("model first"));
    worker->loadModel({.model = "slow"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return log.events().back() == "loading"; }, kPatienceMs));
    worker->loadModel({.model = "second"});
    ASSERT_TRUE(log.waitFor("model second"));

    EXPECT_THAT(log.events(), ElementsAre("loading", "model first", "loading", "loading", "model second"));
}

TEST_F(EngineWorkerTest, ALostDeviceEndsTheRunAndSaysWhatToDo) {
    RunningWorker worker(FakeScript{.failingStep = 2}, QString());
    EventLog log(*worker);

    worker->loadModel({});
    worker->startRun(request(4, 1));
    ASSERT_TRUE(log.waitFor("failed"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return log.events().back() != "failed"; }, kPatienceMs));

    EXPECT_THAT(log.events().back(), HasSubstr("choose another device"));
}

TEST_F(EngineWorkerTest, KeepsEveryFinishedStepInTheJournalWhileTheRunGoesOn) {
    RunningWorker worker(FakeScript{.waitingStep = 4}, folder_.path());
    EventLog log(*worker);

    worker->loadModel({});
    worker->startRun(request(6, 1));
    ASSERT_TRUE(log.waitFor("step 3"));
    const auto kept = readTrace(log.journal().toStdString());

    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->steps(), 3U);
    EXPECT_EQ(kept->status(), RunStatus::Stopped);
}

TEST_F(EngineWorkerTest, TheJournalIsHandedOverWholeBeforeTheRunHasEnded) {
    RunningWorker worker(FakeScript{}, folder_.path());
    EventLog log(*worker);
    QStringList order;
    uint32_t steps = 0;
    // On the worker's thread, as the history takes it.
    QObject::connect(
        &*worker, &EngineWorker::journalFinished, &*worker,
        [&](const QString& journal) {
            const auto trace = readTrace(journal.toStdString());
            steps = trace ? trace->steps() : 0;
            order << (trace && trace->status() == RunStatus::Complete ? QStringLiteral("handed over") : QStringLiteral("not whole"));
        },
        Qt::DirectConnection);
    QObject::connect(
        &*worker, &EngineWorker::runEnded, &*worker, [&] { order << QStringLiteral("ended"); }, Qt::DirectConnection);
    worker->loadModel({});
    worker->startRun(request(6, 1));
    ASSERT_TRUE(log.waitFor("complete"));

    EXPECT_EQ(order, (QStringList{QStringLiteral("handed over"), QStringLiteral("ended")}));
    EXPECT_EQ(steps, 6U);
}

TEST_F(EngineWorkerTest, ARunGoesOnInMemoryWhenTheJournalCannotBeWritten) {
    const QString blocked = folder_.filePath(QStringLiteral("file"));
    QFile file(blocked);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    RunningWorker worker(FakeScript{}, blocked);  // a file where a folder is needed
    EventLog log(*worker);

    worker->loadModel({});
    worker->startRun(request(2, 1));
    ASSERT_TRUE(log.waitFor("complete"));

    EXPECT_THAT(log.events().at(2), HasSubstr("goes on in memory"));
    EXPECT_EQ(log.updates().size(), 2U);
}

}  // namespace
}  // namespace crystallite::testing
