#include "engine/trace/trace_file.h"
#include "tests/trace/sample_trace.h"
#include "tests/trace/temporary_folder.h"
#include "tests/trace/trace_file_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <csignal>
#include <cstdlib>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

constexpr uint32_t kLength = 12;

TEST(TraceFile, AppendingStepByStepGivesTheSameRunAsSaving) {
    const TemporaryFolder folder;
    Trace trace = sampleTrace(kLength, 0);
    auto writer = TraceWriter::create(folder / "run.ctrace", trace);
    ASSERT_TRUE(writer) << writer.error().message;

    for (uint32_t step = 1; step <= kLength; ++step) {
        trace = sampleTrace(kLength, step);
        ASSERT_TRUE((*writer)->appendLast(trace));
    }
    ASSERT_TRUE((*writer)->finish(RunStatus::Complete));

    const Result<Trace> read = readTrace((*writer)->path());
    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, kLength);
    EXPECT_EQ(read->pieces(), trace.pieces());
    EXPECT_EQ(read->status(), RunStatus::Complete);
}

TEST(TraceFile, IsOneFileBetweenSteps) {
    const TemporaryFolder folder;
    auto writer = TraceWriter::create(folder / "run.ctrace", sampleTrace(kLength, 0));
    ASSERT_TRUE(writer);

    ASSERT_TRUE((*writer)->appendLast(sampleTrace(kLength, 1)));

    const auto entries = std::distance(std::filesystem::directory_iterator(folder.path()), {});
    EXPECT_EQ(entries, 1);
    std::filesystem::copy_file(folder / "run.ctrace", folder / "copy.ctrace");
    const Result<Trace> copy = readTrace(folder / "copy.ctrace");
    ASSERT_TRUE(copy) << copy.error().message;
    EXPECT_EQ(copy->steps(), 1U);
    EXPECT_EQ(copy->status(), RunStatus::Stopped) << "nobody will finish this run";
}

TEST(TraceFile, HoldsEveryFinishedStepAfterAKill) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "run.ctrace";
    std::array<int, 2> reports{};
    ASSERT_EQ(::pipe(reports.data()), 0);
    constexpr uint32_t kLong = 400;

    const pid_t child = ::fork();
    if (child == 0) {
        Trace trace = sampleTrace(kLong, 0);
        auto writer = TraceWriter::create(path, trace);
        for (uint32_t step = 1; writer && step <= kLong; ++step) {
            trace.append(nextSampleStep(trace));
            if (!(*writer)->appendLast(trace) || ::write(reports[1], "s", 1) != 1) {
                break;
            }
        }
        ::pause();
        ::_exit(0);
    }
    ::close(reports[1]);
    char report = 0;
    uint32_t finished = 0;
    while (finished < 20 && ::read(reports[0], &report, 1) == 1) {
        ++finished;
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(reports[0], &report, 1) == 1) {
        ++finished;
    }
    ::close(reports[0]);

    ASSERT_GE(finished, 20U);
    const Result<Trace> read = readTrace(path);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_GE(read->steps(), finished);
    EXPECT_LE(read->steps(), finished + 1) << "at most the step in flight was not reported";
    EXPECT_EQ(read->status(), RunStatus::Stopped);
    expectSameRun(*read, sampleTrace(kLong, kLong), read->steps());
}

/// The size limit of the process stands in for a full disk: both make a write fail in the middle.
TEST(TraceFile, AFailedWriteIsASentenceAndKeepsTheStepsBeforeIt) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "run.ctrace";

    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        Trace trace = sampleTrace(100, 0);
        auto writer = TraceWriter::create(path, trace);
        const rlimit limit{.rlim_cur = 64 << 10, .rlim_max = 64 << 10};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        Result<void> appended;
        while (appended && trace.steps() < 100) {
            trace.append(nextSampleStep(trace));
            appended = (*writer)->appendLast(trace);
        }
        const bool sentence = !appended && appended.error().kind == ErrorKind::Io &&
                              appended.error().message.find(path.string()) != std::string::npos && trace.steps() > 1;
        ::_exit(sentence ? static_cast<int>(trace.steps()) : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);

    ASSERT_TRUE(WIFEXITED(status));
    const auto failedStep = static_cast<uint32_t>(WEXITSTATUS(status));
    ASSERT_GT(failedStep, 1U) << "no step failed, or not with an Io error that names the file";
    const Result<Trace> read = readTrace(path);
    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, sampleTrace(100, 100), failedStep - 1);
}

TEST(TraceFile, AStepThatCouldNotBeWrittenComesWithTheNext) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "run.ctrace";
    auto writer = TraceWriter::create(path, sampleTrace(kLength, 0));
    ASSERT_TRUE(writer);
    tamper(path, "ALTER TABLE step RENAME TO hidden");

    EXPECT_FALSE((*writer)->appendLast(sampleTrace(kLength, 1)));
    tamper(path, "ALTER TABLE hidden RENAME TO step");
    EXPECT_TRUE((*writer)->appendLast(sampleTrace(kLength, 2)));

    // Renaming leaves its marks in the schema, which readTrace() refuses; so the rows are counted here.
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    sqlite3_stmt* count = nullptr;
    sqlite3_prepare_v2(database, "SELECT count(*) FROM step", -1, &count, nullptr);
    ASSERT_EQ(sqlite3_step(count), SQLITE_ROW);
    EXPECT_EQ(sqlite3_column_int(count, 0), 2);
    sqlite3_finalize(count);
    sqlite3_close(database);
}

TEST(TraceFile, CreateReplacesATraceButNoOtherFile) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "file";
    writeFile(path, "my thesis");

    const auto refused = TraceWriter::create(path, sampleTrace(kLength, 0));

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(contentsOf(path), "my thesis");

    std::filesystem::remove(path);
    ASSERT_TRUE(saveTrace(path, sampleTrace(kLength, 3)));
    ASSERT_TRUE(TraceWriter::create(path, sampleTrace(kLength, 0)));
    EXPECT_EQ(readTrace(path)->steps(), 0U);
}

TEST(TraceFile, AStaleJournalIsNotRolledIntoTheNewFile) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, 2)));
    writeFile(folder / "run.ctrace-journal", "left behind");

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, 5)));

    EXPECT_FALSE(std::filesystem::exists(folder / "run.ctrace-journal"));
    EXPECT_EQ(readTrace(folder / "run.ctrace")->steps(), 5U);
}

TEST(TraceFile, AFailedSaveLeavesTheOldFile) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, 2)));
    // A folder of the working file's name makes the writing fail, for root too.
    std::filesystem::create_directories(folder / "run.ctrace.part" / std::filesystem::path("inside"));

    const Result<void> saved = saveTrace(folder / "run.ctrace", sampleTrace(kLength, 5));

    EXPECT_FALSE(saved);
    EXPECT_EQ(readTrace(folder / "run.ctrace")->steps(), 2U);
}

TEST(TraceFile, PlacesThatCannotBeWrittenAreIoErrors) {
    const TemporaryFolder folder;

    const Result<void> saved = saveTrace(folder / "missing" / std::filesystem::path("run.ctrace"), sampleTrace(kLength, 2));

    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::Io);
    EXPECT_THAT(saved.error().message, HasSubstr("missing"));
}

}  // namespace
}  // namespace crystallite
