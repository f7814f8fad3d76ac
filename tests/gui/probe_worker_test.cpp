#include "app/engine_worker.h"
#include "tests/gui/worker_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace crystallite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kPatienceMs = 20'000;

/// What a worker says about probes and steps, in the order in which it arrives.
class ProbeLog : public QObject {
public:
    explicit ProbeLog(EngineWorker& worker) {
        connect(&worker, &EngineWorker::modelReady, this, [this] { add("model"); });
        connect(&worker, &EngineWorker::runStarted, this, [this](const Trace& trace) {
            trace_ = trace;
            add("run");
        });
        connect(&worker, &EngineWorker::stepFinished, this,
                [this](const StepUpdate& update) { add("step " + std::to_string(update.record.number)); });
        connect(&worker, &EngineWorker::runEnded, this, [this] { add("ended"); });
        connect(&worker, &EngineWorker::probed, this,
                [this](const ProbeResult& result) { add("probed slot " + std::to_string(result.position)); });
        connect(&worker, &EngineWorker::probeFailed, this,
                [this](const QString& sentence, bool cancelled) { add(cancelled ? "cancelled" : "no probe: " + sentence.toStdString()); });
    }

    bool waitFor(const std::string& event) {
        return QTest::qWaitFor([&] { return std::find(events_.begin(), events_.end(), event) != events_.end(); }, kPatienceMs);
    }
    [[nodiscard]] const std::vector<std::string>& events() const { return events_; }
    [[nodiscard]] ProbeRequest ask(uint32_t position) const {
        return {.at = probedFrame(trace_, 0), .kind = ProbeKind::Attention, .position = position};
    }
    void forget() { events_.clear(); }

private:
    void add(std::string event) { events_.push_back(std::move(event)); }

    std::vector<std::string> events_;
    Trace trace_;
};

RunRequest request(uint32_t steps) {
    return {.prompt = "Once upon a time", .wanted = {.length = 12, .steps = steps, .seed = 1}};
}

void finishRun(EngineWorker& worker, ProbeLog& log) {
    worker.loadModel({});
    worker.startRun(request(3));
    ASSERT_TRUE(log.waitFor("ended"));
    log.forget();
}

TEST(ProbingWorker, AnswersWhileIdle) {
    RunningWorker worker(FakeScript{}, QString());
    ProbeLog log(*worker);
    finishRun(*worker, log);

    worker->probe(log.ask(4));

    ASSERT_TRUE(log.waitFor("probed slot 4"));
    EXPECT_THAT(log.events(), ElementsAre("probed slot 4"));
}

TEST(ProbingWorker, AnswersBetweenTheStepsOfARunWhichGoesOn) {
    RunningWorker worker(FakeScript{}, QString());
    ProbeLog log(*worker);
    QObject::connect(&*worker, &EngineWorker::stepFinished, &log, [&](const StepUpdate& update) {
        if (update.record.number == 2) {
            worker->probe(log.ask(4));
        }
    });

    worker->loadModel({});
    worker->startRun(request(12));
    ASSERT_TRUE(log.waitFor("ended"));
    ASSERT_TRUE(log.waitFor("probed slot 4"));

    const auto steps = std::count_if(log.events().begin(), log.events().end(), [](const auto& event) { return event.starts_with("step"); });
    EXPECT_EQ(steps, 12);
}

TEST(ProbingWorker, TellsTheNewestAlone) {
    RunningWorker worker(FakeScript{.probingWaits = true}, QString());
    ProbeLog log(*worker);
    finishRun(*worker, log);

    worker->probe(log.ask(0));  // lasts until it is stopped
    worker->probe(log.ask(6));

    ASSERT_TRUE(log.waitFor("probed slot 6"));
    EXPECT_THAT(log.events(), ElementsAre("probed slot 6"));
}

TEST(ProbingWorker, CanBeStoppedAndSaysWhatFailed) {
    RunningWorker waiting(FakeScript{.probingWaits = true}, QString());
    ProbeLog log(*waiting);
    finishRun(*waiting, log);
    waiting->probe(log.ask(0));
    waiting->stopProbe();
    EXPECT_TRUE(log.waitFor("cancelled"));

    RunningWorker failing(FakeScript{.probeError = "The slot is shy."}, QString());
    ProbeLog failures(*failing);
    finishRun(*failing, failures);
    failing->probe(failures.ask(1));
    EXPECT_TRUE(failures.waitFor("no probe: The slot is shy."));
}

TEST(ProbingWorker, ARunOrAModelDoesNotWaitForAProbe) {
    RunningWorker worker(FakeScript{.probingWaits = true}, QString());
    ProbeLog log(*worker);
    finishRun(*worker, log);

    worker->probe(log.ask(0));
    worker->startRun(request(2));
    ASSERT_TRUE(log.waitFor("ended"));
    EXPECT_TRUE(log.waitFor("cancelled"));
    log.forget();
    worker->probe(log.ask(0));
    worker->loadModel({});
    EXPECT_TRUE(log.waitFor("model"));
}

/// The real engine behind the real door: what is measured is what the trace recorded.
TEST(ProbingWorker, MeasuresWithTheRealEngine) {
    RunningWorker worker([] { return makeEngineDoor(); }, QString());
    Trace trace;
    std::optional<ProbeResult> result;
    QString failure;
    QObject context;
    QObject::connect(&*worker, &EngineWorker::runStarted, &context, [&](const Trace& started) { trace = started; });
    QObject::connect(&*worker, &EngineWorker::stepFinished, &context, [&](const StepUpdate& update) {
        trace.addPieces(update.newPieces, update.newControlIds);
        trace.append(update.record);
    });
    QObject::connect(&*worker, &EngineWorker::probed, &context, [&](const ProbeResult& measured) { result = measured; });
    QObject::connect(&*worker, &EngineWorker::probeFailed, &context, [&](const QString& sentence) { failure = sentence; });

    worker->loadModel({.device = "cpu"});
    worker->startRun({.prompt = "Once upon a time", .wanted = {.length = 8, .steps = 4, .seed = 1}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return trace.steps() == 4; }, kPatienceMs));
    const SlotBelief& recorded = trace.record(3).beliefs.back();
    worker->probe({.at = probedFrame(trace, 2), .kind = ProbeKind::Candidates, .position = recorded.position});
    ASSERT_TRUE(QTest::qWaitFor([&] { return result || !failure.isEmpty(); }, kPatienceMs));

    ASSERT_TRUE(result) << failure.toStdString();
    EXPECT_EQ(result->belief->candidates.front().id, recorded.candidates.front().id);
    EXPECT_NEAR(result->belief->candidates.front().probability, recorded.candidates.front().probability, 1e-5);
    EXPECT_EQ(result->belief->candidates.size(), kProbedCandidates);
}

}  // namespace
}  // namespace crystallite::testing
