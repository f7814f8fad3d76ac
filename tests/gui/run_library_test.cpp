#include "app/run_library.h"

#include "app/run_journal.h"
#include "tests/gui/heard.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

#include <sqlite3.h>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;
constexpr int64_t kDay = 24LL * 60 * 60 * 1000;

LoadedRun runOf(const char* id, uint32_t finishedSteps = 4) {
    const Trace made = syntheticTrace({.length = 8, .steps = 4, .finishedSteps = finishedSteps});
    TraceHeader header = made.header();
    header.id = id;
    auto run = std::make_shared<Trace>(header, made.canvas(0), made.pieces(), std::vector<TokenId>{header.maskId});
    for (uint32_t step = 1; step <= finishedSteps; ++step) {
        run->append(made.record(step));
    }
    return run;
}

class RunLibraryTest : public ::testing::Test {
protected:
    void open() {
        library_.reset();
        library_ = std::make_unique<RunLibrary>(path_, [this] { return now_.load(); });
        QObject::connect(library_.get(), &RunLibrary::failed, library_.get(), [this](const QString& sentence) { said_ << sentence; });
        QObject::connect(library_.get(), &RunLibrary::noticed, library_.get(), [this](const QString& sentence) { said_ << sentence; });
    }

    /// Ids that a listing of now answers with.
    QStringList list(const LibraryQuery& query = {}) {
        QStringList ids;
        Heard listed(library_.get(), &RunLibrary::listed);
        library_->list(query);
        EXPECT_TRUE(listed.wait(kPatienceMs)) << "no answer; said: " << said_.join(QLatin1Char(' ')).toStdString();
        const auto entries = listed.back().at(1).value<RunEntries>();
        for (const RunEntry& entry : *entries) {
            ids << QString::fromStdString(entry.id);
        }
        ids.sort();
        return ids;
    }

    QTemporaryDir folder_;
    QString path_ = folder_.filePath(QStringLiteral("data/history.crystal"));
    std::atomic<int64_t> now_ = 1'800'000'000'000;
    QStringList said_;
    std::unique_ptr<RunLibrary> library_;
};

TEST_F(RunLibraryTest, MakesItsFolderAndGivesBackWhatItKeeps) {
    open();
    library_->add(runOf("run"));
    Heard loaded(library_.get(), &RunLibrary::loaded);

    library_->load(QStringLiteral("run"), 2);

    ASSERT_TRUE(loaded.wait(kPatienceMs));
    EXPECT_EQ(loaded.front().at(1).value<LoadedRun>()->steps(), 4U);
    EXPECT_EQ(loaded.front().at(2).value<std::optional<uint32_t>>(), 2U);
    EXPECT_TRUE(QFileInfo::exists(path_));
}

TEST_F(RunLibraryTest, WhatWasAskedForIsDoneBeforeItIsGone) {
    open();
    for (int number = 0; number < 20; ++number) {
        library_->add(runOf(("run-" + std::to_string(number)).c_str()));
    }
    library_.reset();
    open();
    EXPECT_EQ(list().size(), 20);
}

TEST_F(RunLibraryTest, TakesAJournalAndRemovesIt) {
    open();
    auto journal = RunJournal::begin(folder_.filePath(QStringLiteral("journal/process")), *runOf("run"));
    ASSERT_TRUE(journal) << journal.error().message;
    const QString path = (*journal)->path();
    ASSERT_TRUE((*journal)->finish(RunStatus::Complete));
    journal->reset();
    Heard taken(library_.get(), &RunLibrary::journalTaken);

    library_->takeJournal(path, RunSource::Ended);

    ASSERT_TRUE(taken.wait(kPatienceMs));
    EXPECT_EQ(taken.front().at(1).toString(), QStringLiteral("run"));
    EXPECT_FALSE(QFileInfo::exists(path));
    EXPECT_EQ(list(), QStringList{QStringLiteral("run")});
}

TEST_F(RunLibraryTest, AJournalThatItCannotTakeStaysForTheNextStart) {
    QFile inTheWay(folder_.filePath(QStringLiteral("data")));
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly)) << "a file where the folder should be";
    inTheWay.close();
    open();
    const QString path = folder_.filePath(QStringLiteral("run.crystal"));
    ASSERT_TRUE(saveTrace(path.toStdString(), *runOf("run")));
    Heard left(library_.get(), &RunLibrary::journalLeft);
    library_->takeJournal(path, RunSource::Ended);
    ASSERT_TRUE(left.wait(kPatienceMs));
    EXPECT_THAT(left.front().at(1).toString().toStdString(), HasSubstr("data"));
    ASSERT_TRUE(QFileInfo::exists(path));

    ASSERT_TRUE(inTheWay.remove());
    Heard recovered(library_.get(), &RunLibrary::journalsRecovered);
    library_->recover({path});

    ASSERT_TRUE(recovered.wait(kPatienceMs));
    EXPECT_EQ(recovered.front().at(0).toStringList(), QStringList{QStringLiteral("run")});
    EXPECT_FALSE(QFileInfo::exists(path));
}

TEST_F(RunLibraryTest, AJournalThatCannotBeReadIsSetAsideOnce) {
    open();
    const QString path = folder_.filePath(QStringLiteral("run.crystal"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("no trace");
    file.close();
    const QString begun = folder_.filePath(QStringLiteral("begun.crystal"));
    QFile empty(begun);
    ASSERT_TRUE(empty.open(QIODevice::WriteOnly));
    empty.close();
    Heard left(library_.get(), &RunLibrary::journalLeft);

    library_->recover({begun, path});

    ASSERT_TRUE(left.wait(kPatienceMs));
    EXPECT_EQ(left.size(), 1);
    EXPECT_TRUE(QFileInfo::exists(path + QStringLiteral(".damaged")));
    EXPECT_FALSE(QFileInfo::exists(path));
    EXPECT_FALSE(QFileInfo::exists(begun)) << "a process died over it before there was a step";
}

TEST_F(RunLibraryTest, TheTrashIsEmptiedAfterThirtyDays) {
    open();
    library_->add(runOf("old"));
    library_->add(runOf("new"));
    library_->trash({QStringLiteral("old")});
    list();
    now_ += kTrashDays * kDay;
    library_->trash({QStringLiteral("new")});
    library_->dropExpired();
    EXPECT_EQ(list({.trashed = true}).size(), 2) << "thirty days are not over yet";

    now_ += 1;
    library_->dropExpired();

    EXPECT_EQ(list({.trashed = true}), QStringList{QStringLiteral("new")});
}

TEST_F(RunLibraryTest, TwoProgramsSeeEachOthersRuns) {
    open();
    library_->add(runOf("ours"));
    list();
    RunLibrary other(path_, [this] { return now_.load(); });
    Heard changed(library_.get(), &RunLibrary::changed);
    Heard theirs(&other, &RunLibrary::runAdded);

    other.add(runOf("theirs"));

    ASSERT_TRUE(theirs.wait(kPatienceMs));
    ASSERT_TRUE(changed.wait(kPatienceMs)) << "it was not told";
    EXPECT_EQ(list(), (QStringList{QStringLiteral("ours"), QStringLiteral("theirs")}));
}

TEST_F(RunLibraryTest, TwoProgramsWriteAtOnceAndNothingIsLost) {
    open();
    RunLibrary other(path_, [this] { return now_.load(); });
    constexpr int kEach = 30;
    Heard ours(library_.get(), &RunLibrary::runAdded);
    Heard theirs(&other, &RunLibrary::runAdded);
    for (int number = 0; number < kEach; ++number) {
        library_->add(runOf(("ours-" + std::to_string(number)).c_str()));
        other.add(runOf(("theirs-" + std::to_string(number)).c_str()));
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return ours.size() == kEach && theirs.size() == kEach; }, kPatienceMs))
        << said_.join(QLatin1Char(' ')).toStdString();
    EXPECT_EQ(list().size(), 2 * kEach);
}

TEST_F(RunLibraryTest, BesideALibraryOfANewerProgramAnotherBegins) {
    open();
    library_->add(runOf("theirs"));
    library_.reset();
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path_.toUtf8().constData(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, "UPDATE library SET version = 1000", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    open();

    library_->add(runOf("ours"));

    EXPECT_EQ(list(), QStringList{QStringLiteral("ours")});
    ASSERT_EQ(said_.size(), 1);
    EXPECT_THAT(said_.front().toStdString(), HasSubstr("newer"));
    EXPECT_EQ(QDir(QFileInfo(path_).path()).entryList({QStringLiteral("*.crystal")}, QDir::Files).size(), 2);
}

TEST_F(RunLibraryTest, ADamagedLibraryIsSetAsideSavedAndSaidInASentence) {
    open();
    for (int number = 0; number < 40; ++number) {
        library_->add(runOf(("run-" + std::to_string(number)).c_str()));
    }
    library_.reset();
    QFile file(path_);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    ASSERT_TRUE(file.seek(file.size() / 2 / 4096 * 4096));
    file.write(QByteArray(8192, '\x5a'));
    file.close();
    open();

    library_->add(runOf("new"));
    QStringList ids = list();
    // Damage may lie where a listing does not look; reading every run does.
    for (const QString& id : ids) {
        library_->load(id);
    }
    ids = list();

    EXPECT_TRUE(ids.contains(QStringLiteral("new")));
    EXPECT_GT(ids.size(), 1) << "some of the old ones besides the new";
    ASSERT_FALSE(said_.isEmpty());
    EXPECT_THAT(said_.front().toStdString(), HasSubstr("set aside"));
    EXPECT_EQ(QDir(QFileInfo(path_).path()).entryList({QStringLiteral("*damaged*.crystal")}, QDir::Files).size(), 1);
}

TEST_F(RunLibraryTest, ALibraryThatIsTakenAwayBeginsAnew) {
    open();
    library_->add(runOf("first"));
    EXPECT_EQ(list().size(), 1);
    ASSERT_TRUE(QFile::rename(path_, path_ + QStringLiteral(".old")));

    library_->add(runOf("second"));

    EXPECT_EQ(list(), QStringList{QStringLiteral("second")});
    EXPECT_TRUE(said_.isEmpty());
}

}  // namespace
}  // namespace crystallite::testing
