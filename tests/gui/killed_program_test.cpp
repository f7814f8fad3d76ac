// kill -9 of the whole program in mid-run: the next start has every step that was finished.

#include "app/message_bar.h"
#include "app/run_journal.h"
#include "engine/trace/trace_file.h"
#include "tests/gui/window_fixture.h"

#include <QDirIterator>
#include <QProcess>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;
constexpr uint32_t kStepsBeforeTheKill = 6;

class KilledProgramTest : public MainWindowTest {
protected:
    /// Starts the program on a run that lasts, with places of its own for settings and data.
    void startProgram() {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), file("data"));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), file("config"));
        program_.setProcessEnvironment(environment);
        program_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program_.start(QStringLiteral(PROGRAM),
                       {QStringLiteral("--device"), QStringLiteral("cpu"), QStringLiteral("--screenshots"), file("out")});
        ASSERT_TRUE(program_.waitForStarted(kPatienceMs)) << program_.errorString().toStdString();
    }

    /// Steps in the program's journal so far.
    uint32_t journalledSteps() {
        QDirIterator files(file("data"), {QStringLiteral("*-seed-*.crystal")}, QDir::Files, QDirIterator::Subdirectories);
        if (!files.hasNext()) {
            return 0;
        }
        journal_ = files.next();
        const auto trace = readTrace(journal_.toStdString());
        return trace ? trace->steps() : 0;
    }

    QProcess program_;
    QString journal_;
};

TEST_F(KilledProgramTest, LosesNoFinishedStep) {
    startProgram();
    uint32_t before = 0;
    ASSERT_TRUE(QTest::qWaitFor([&] { return (before = journalledSteps()) >= kStepsBeforeTheKill; }, kPatienceMs));

    program_.kill();
    ASSERT_TRUE(program_.waitForFinished(kPatienceMs));
    ASSERT_EQ(program_.exitStatus(), QProcess::CrashExit) << "the run was over before it could be killed";

    open(FakeScript{});
    const JournalOwner next(QFileInfo(QFileInfo(journal_).absolutePath()).absolutePath());
    ASSERT_EQ(next.abandonedJournals(), QStringList{journal_});
    window_->library().recover(next.abandonedJournals());

    const std::vector<RunEntry> runs = historyOf(1);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_GE(runs.front().steps, before);
    EXPECT_EQ(runs.front().source, RunSource::Recovered);
    EXPECT_EQ(runs.front().status, RunStatus::Stopped);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !window_->messages().sentence().isEmpty(); }, kPatienceMs));
    EXPECT_TRUE(window_->messages().sentence().contains(QStringLiteral("recovered")));
    EXPECT_TRUE(next.abandonedJournals().isEmpty());
    window_->openKept(QString::fromStdString(runs.front().id));
    ASSERT_TRUE(QTest::qWaitFor([&] { return document().trace().steps() == runs.front().steps; }, kPatienceMs));
    EXPECT_EQ(unsavedQuestions_, 0);
}

}  // namespace
}  // namespace crystallite::testing
