// What the log keeps, how much of it, and what it does not say.

#include "app/log_file.h"
#include "app/session_log.h"
#include "tests/gui/worker_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>
#include <thread>
#include <vector>

namespace crystallite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

LogLine lineOf(const QString& text, LogLevel level = LogLevel::Info) {
    return {QDateTime(QDate(2026, 3, 1), QTime(10, 20, 30, 123), Qt::UTC), level, text, 0};
}

std::string textOf(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll().toStdString();
}

TEST(LogLines, AreOneLineEachAndDoNotNameThePerson) {
    EXPECT_EQ(logText(lineOf(QStringLiteral("two\nlines\r"), LogLevel::Warning)).toStdString(),
              "2026-03-01T10:20:30.123Z warning two\\nlines\\r");
    EXPECT_EQ(logText(lineOf(QStringLiteral("open %1/a.gguf").arg(QDir::homePath()))).toStdString(),
              "2026-03-01T10:20:30.123Z info open ~/a.gguf");
}

TEST(LogLines, AreFilteredByLevelAndWords) {
    const std::deque<LogLine> lines = {lineOf(QStringLiteral("Model ready")), lineOf(QStringLiteral("model failed"), LogLevel::Warning),
                                       lineOf(QStringLiteral("disk"), LogLevel::Error)};

    EXPECT_EQ(shownLog(lines, LogLevel::Debug, QString()).size(), 3);
    EXPECT_EQ(shownLog(lines, LogLevel::Warning, QString()).size(), 2);
    EXPECT_EQ(shownLog(lines, LogLevel::Debug, QStringLiteral("MODEL")).size(), 2);
    EXPECT_EQ(shownLog(lines, LogLevel::Error, QStringLiteral("model")).size(), 0);
}

TEST(LogFile, KeepsWhatSeveralThreadsSayOnceEach) {
    const QTemporaryDir folder;
    {
        LogFile log(folder.filePath(QStringLiteral("a/b")));
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&log, thread] {
                for (int line = 0; line < 100; ++line) {
                    log.add(lineOf(QStringLiteral("<%1.%2>").arg(thread).arg(line)));
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
    }
    const std::string text = textOf(folder.filePath(QStringLiteral("a/b/crystallite.log")));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 400);
    for (int thread = 0; thread < 4; ++thread) {
        EXPECT_THAT(text, HasSubstr("<" + std::to_string(thread) + ".99>"));
    }
}

TEST(LogFile, IsBoundedAndTheNewestLinesStay) {
    const QTemporaryDir folder;
    LogFile log(folder.path(), {.bytes = 1000, .files = 3, .lines = 10});
    for (int line = 0; line < 200; ++line) {
        log.add(lineOf(QStringLiteral("line %1").arg(line)));
        log.flush();
    }
    const QFileInfoList files = QDir(folder.path()).entryInfoList({QStringLiteral("*.log")}, QDir::Files, QDir::Name);
    ASSERT_EQ(files.size(), 3);
    for (const QFileInfo& file : files) {
        EXPECT_LE(file.size(), 1000 + 100) << file.fileName().toStdString();
    }
    EXPECT_THAT(textOf(log.path()), HasSubstr("line 199\n"));
    EXPECT_EQ(log.lines().size(), 10U);
    EXPECT_EQ(log.lines().back().text, QStringLiteral("line 199"));
}

TEST(LogFile, SaysThatItsFolderIsAFileAndGoesOn) {
    const QTemporaryDir folder;
    QFile inTheWay(folder.filePath(QStringLiteral("log")));
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly));
    LogFile log(inTheWay.fileName());

    log.add(lineOf(QStringLiteral("heard")));
    log.flush();

    EXPECT_THAT(log.problem().toStdString(), HasSubstr("cannot be written to " + inTheWay.fileName().toStdString()));
    EXPECT_EQ(log.lines().size(), 1U);
    ASSERT_TRUE(QFile::remove(inTheWay.fileName()));
    log.add(lineOf(QStringLiteral("again")));
    log.flush();
    EXPECT_EQ(log.problem().toStdString(), "");
    EXPECT_THAT(textOf(log.path()), HasSubstr("again"));
}

TEST(LogFile, SaysThatTheDiskIsFull) {
    if (!QFile::exists(QStringLiteral("/dev/full"))) {
        GTEST_SKIP() << "this system has no /dev/full";
    }
    const QTemporaryDir folder;
    ASSERT_TRUE(QFile::link(QStringLiteral("/dev/full"), folder.filePath(QStringLiteral("crystallite.log"))));
    LogFile log(folder.path());
    log.install();  // Qt warns about such a file, which must not be written to it in turn

    log.add(lineOf(QStringLiteral("heard")));
    log.flush();

    EXPECT_EQ(log.lines().size(), 1U);
    EXPECT_THAT(log.problem().toStdString(), HasSubstr("No space left on device"));
}

TEST(LogFile, TakesTheMessagesOfQtUntilItGoes) {
    const QTemporaryDir folder;
    {
        LogFile log(folder.path());
        log.install();
        EXPECT_EQ(LogFile::installed(), &log);
        qWarning("first");
        ASSERT_EQ(log.lines().size(), 1U);
        EXPECT_EQ(log.lines().front().level, LogLevel::Warning);
        EXPECT_EQ(log.lines().front().text, QStringLiteral("first"));
    }
    EXPECT_EQ(LogFile::installed(), nullptr);
    qWarning("second");
    const std::string text = textOf(folder.filePath(QStringLiteral("crystallite.log")));
    EXPECT_THAT(text, HasSubstr("warning first"));
    EXPECT_THAT(text, Not(HasSubstr("second")));
}

TEST(LogFile, StandsInTheStateFolderOfThePerson) {
    const QByteArray before = qgetenv("XDG_STATE_HOME");
    qputenv("XDG_STATE_HOME", "/somewhere/state");
    EXPECT_TRUE(LogFile::usualFolder().startsWith(QStringLiteral("/somewhere/state/"))) << LogFile::usualFolder().toStdString();
    qputenv("XDG_STATE_HOME", "relative");  // to be ignored, says the XDG specification
    EXPECT_TRUE(LogFile::usualFolder().startsWith(QDir::home().filePath(QStringLiteral(".local/state/"))));
    before.isNull() ? qunsetenv("XDG_STATE_HOME") : qputenv("XDG_STATE_HOME", before);
}

TEST(SessionLog, SaysWhatTheEngineDidAndNoWordOfThePrompt) {
    const QTemporaryDir folder;
    LogFile log(folder.filePath(QStringLiteral("log")));
    log.install();
    FakeScript script;
    script.failingStep = 2;
    RunningWorker worker(script, folder.filePath(QStringLiteral("journal")));
    QObject session;
    logSession(*worker, session);
    QSignalSpy ready(&*worker, &EngineWorker::modelReady);
    QSignalSpy ended(&*worker, &EngineWorker::runEnded);

    worker->loadModel({.model = "fake"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return ready.count() == 1; }));
    worker->startRun({.prompt = "my secret diary", .wanted = {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return ended.count() == 1; }));
    QTest::qWait(1);
    log.flush();

    const std::string text = textOf(log.path());
    EXPECT_THAT(text, HasSubstr("model ready: "));
    EXPECT_THAT(text, HasSubstr("run started: "));
    EXPECT_THAT(text, HasSubstr("warning crystallite: run failed"));
    EXPECT_THAT(text, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace crystallite::testing
