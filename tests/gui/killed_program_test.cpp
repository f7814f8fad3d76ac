// kill -9 of the whole program in mid-run: the next start has every step that was finished.

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
        QDirIterator files(file("data"), {QStringLiteral("*.crystal")}, QDir::Files, QDirIterator::Subdirectories);
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
    window_->offerRestore(next.abandonedJournals());
    EXPECT_GE(document().trace().steps(), before);
    EXPECT_EQ(document().trace().status(), RunStatus::Stopped);
    EXPECT_TRUE(window_->isWindowModified());
}

}  // namespace
}  // namespace crystallite::testing
