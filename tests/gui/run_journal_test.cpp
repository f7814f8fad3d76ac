#include "app/run_journal.h"

#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

namespace crystallite::testing {
namespace {

QString writeJournal(const QString& folder) {
    const Trace trace = syntheticTrace({.length = 8, .steps = 4, .finishedSteps = 0});
    auto journal = RunJournal::begin(folder, trace);
    EXPECT_TRUE(journal) << journal.error().message;
    return (*journal)->path();
}

TEST(RunJournal, OfALiveProcessIsNotAbandoned) {
    const QTemporaryDir folder;
    const JournalOwner running(folder.path());
    writeJournal(running.folder());

    const JournalOwner other(folder.path());

    EXPECT_TRUE(other.abandonedJournals().isEmpty());
    EXPECT_TRUE(running.abandonedJournals().isEmpty());
}

TEST(RunJournal, OfAnEndedProcessIsFoundAgain) {
    const QTemporaryDir folder;
    QString path;
    {
        const JournalOwner ended(folder.path());
        path = writeJournal(ended.folder());
    }

    const JournalOwner next(folder.path());

    EXPECT_EQ(next.abandonedJournals(), QStringList{path});
}

TEST(RunJournal, RemovedIsGoneWithItsFolder) {
    const QTemporaryDir folder;
    QString path;
    {
        const JournalOwner ended(folder.path());
        path = writeJournal(ended.folder());
    }
    const JournalOwner next(folder.path());
    ASSERT_EQ(next.abandonedJournals().size(), 1);

    removeJournal(path);

    EXPECT_TRUE(next.abandonedJournals().isEmpty());
    EXPECT_FALSE(QFileInfo::exists(QFileInfo(path).absolutePath()));
}

}  // namespace
}  // namespace crystallite::testing
