#include "app/kept_runs.h"

#include "app/run_journal.h"
#include "app/run_name.h"
#include "engine/trace/trace_file.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace crystallite::testing {
namespace {

class KeptRunsTest : public ::testing::Test {
protected:
    /// A finished journal of a run that began `minute` minutes after midnight.
    QString journalOf(int minute) {
        const Trace trace = syntheticTrace({.length = 8, .steps = 4, .finishedSteps = 4});
        const QString path = QDir(journals_).filePath(journalName(trace.header(), QDateTime({2026, 1, 2}, QTime(0, minute), Qt::UTC)));
        EXPECT_TRUE(QDir().mkpath(journals_));
        EXPECT_TRUE(saveTrace(path.toStdString(), trace));
        return path;
    }

    QTemporaryDir folder_;
    QString journals_ = folder_.filePath(QStringLiteral("process"));
    QString kept_ = keptFolderOf(journals_);
};

TEST_F(KeptRunsTest, HoldEveryStepAndTheJournalIsGone) {
    const QString journal = journalOf(1);

    const auto done = keepRun(journal, kept_);

    ASSERT_TRUE(done) << done.error().message;
    EXPECT_FALSE(QFileInfo::exists(journal));
    ASSERT_EQ(keptRuns(kept_).size(), 1);
    const auto trace = readTrace(keptRuns(kept_).front().toStdString());
    ASSERT_TRUE(trace) << trace.error().message;
    EXPECT_EQ(trace->steps(), 4U);
}

TEST_F(KeptRunsTest, AreListedNewestFirstAndTheOldestGo) {
    for (const int minute : {3, 1, 4, 2}) {
        ASSERT_TRUE(keepRun(journalOf(minute), kept_, 3));
    }

    const QStringList runs = keptRuns(kept_);

    ASSERT_EQ(runs.size(), 3);
    EXPECT_TRUE(QFileInfo(runs[0]).fileName().startsWith(QStringLiteral("20260102-000400")));
    EXPECT_TRUE(QFileInfo(runs[2]).fileName().startsWith(QStringLiteral("20260102-000200")));
}

TEST_F(KeptRunsTest, StayWhereTheyAre) {
    ASSERT_TRUE(keepRun(journalOf(1), kept_));
    const QStringList before = keptRuns(kept_);

    ASSERT_TRUE(keepRun(before.front(), kept_));

    EXPECT_EQ(keptRuns(kept_), before);
}

TEST_F(KeptRunsTest, AJournalThatCannotBeReadIsLeftAlone) {
    const QString journal = journalOf(1);
    QFile file(journal);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("no trace");
    file.close();

    EXPECT_FALSE(keepRun(journal, kept_));
    EXPECT_TRUE(QFileInfo::exists(journal));
}

TEST(JournalLabel, NamesTheRunAndLeavesForeignNamesAlone) {
    const Trace trace = syntheticTrace({});
    const QString name = journalName(trace.header(), QDateTime::currentDateTimeUtc());

    EXPECT_TRUE(journalLabel(QStringLiteral("some/folder/") + name).endsWith(QFileInfo(suggestedName(trace.header())).completeBaseName()));
    EXPECT_EQ(journalLabel(QStringLiteral("some/folder/rabbit.crystal")), QStringLiteral("rabbit"));
}

TEST(SuggestedName, FitsIntoAFileSystemWhateverThePromptIs) {
    TraceHeader header;
    header.prompt = std::string(500, 'w');
    EXPECT_LT(suggestedName(header).toUtf8().size(), 200);
    header.prompt = "?! …";
    EXPECT_EQ(suggestedName(header), QStringLiteral("run-seed-0.crystal"));
}

}  // namespace
}  // namespace crystallite::testing
