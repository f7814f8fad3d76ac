#include "engine/trace/trace_file.h"

#include "engine/trace/decode_option.h"
#include "tests/trace/sample_trace.h"
#include "tests/trace/tamper.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cmath>
#include <csignal>
#include <fstream>
#include <functional>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

constexpr uint32_t kLength = 12;

void expectSameRun(const Trace& actual, const Trace& expected, uint32_t steps) {
    EXPECT_EQ(actual.header(), expected.header());
    EXPECT_EQ(actual.canvas(0), expected.canvas(0));
    ASSERT_EQ(actual.steps(), steps);
    for (uint32_t step = 1; step <= steps; ++step) {
        EXPECT_TRUE(sameDecision(actual.record(step), expected.record(step))) << "step " << step;
        EXPECT_EQ(actual.record(step).milliseconds, expected.record(step).milliseconds);
        EXPECT_EQ(actual.canvas(step), expected.canvas(step));
    }
}

std::string contentsOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeFile(const std::filesystem::path& path, const std::string& contents) {
    std::ofstream(path, std::ios::binary) << contents;
}

TEST(TraceFile, ASavedTraceReadsBackToTheBit) {
    const TemporaryFolder folder;
    Trace trace = sampleTrace(kLength, kLength);
    trace.setStatus(RunStatus::Complete);

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, kLength);
    EXPECT_EQ(read->status(), RunStatus::Complete);
    EXPECT_EQ(read->pieces(), trace.pieces());
    EXPECT_TRUE(read->isControl(3));
    EXPECT_FALSE(read->isControl(5));
}

TEST(TraceFile, KeepsABoardAndWhatIsGivenOnIt) {
    const TemporaryFolder folder;
    const Trace trace = sampleBoardTrace(4);

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 4);
    EXPECT_EQ(read->header().layout, (GridLayout{.rows = 3, .columns = 4, .boxRows = 3, .boxColumns = 2}));
    EXPECT_EQ(read->canvas(0).pinnedSlots(), trace.canvas(0).pinnedSlots());
    EXPECT_EQ(read->canvas(0).region(5), SlotRegion::Pinned);
    EXPECT_EQ(read->promptLength(), 0U);
}

/// Format 1 had the same tables but for `canvas`.
TEST(TraceFile, ReadsFormatOne) {
    const TemporaryFolder folder;
    const Trace trace = sampleTrace(kLength, 5);
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    tamper(folder / "run.ctrace", "DROP TABLE bookmark; DROP TABLE setting; DROP TABLE canvas; PRAGMA user_version = 1");

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 5);
    EXPECT_FALSE(read->header().layout.has_value());
}

/// Format 2 had no table `setting`.
TEST(TraceFile, ReadsFormatTwo) {
    const TemporaryFolder folder;
    const Trace trace = sampleBoardTrace(4);
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    tamper(folder / "run.ctrace", "DROP TABLE setting; PRAGMA user_version = 2");

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 4);
    EXPECT_EQ(read->header().settings.policy, DecodePolicy::Llada);
}

/// Format 3 had no table `pass`, no cache and no end at which a run stops.
TEST(TraceFile, ReadsFormatThree) {
    const TemporaryFolder folder;
    const Trace trace = sampleTrace(kLength, 5);
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    tamper(folder / "run.ctrace", "DROP TABLE pass; DELETE FROM setting WHERE name IN ('cache', 'stops_at_end'); PRAGMA user_version = 3");

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 5);
    EXPECT_TRUE(read->record(1).lacksPasses());
    EXPECT_EQ(read->header().settings.cache, CacheKind::None);
}

TEST(TraceFile, KeepsTheBlocksTheCacheAndEveryKindOfPass) {
    const TemporaryFolder folder;
    TraceHeader header = sampleTrace(kLength, 0).header();
    header.settings = usualSettings(DecodePolicy::Llada21);
    header.settings.length = kLength;
    header.settings.steps = kLength;
    header.settings.blockLength = 4;
    header.settings.blockAnchor = BlockAnchor::Text;
    header.settings.blockOffset = 3;
    header.settings.cache = CacheKind::Exact;
    header.settings.stopsAtEnd = true;
    Trace trace(header, Canvas(std::vector<TokenId>{3, 4}, kLength, 0), {{0, "<mask>"}}, {0});
    StepRecord record = nextSampleStep(trace);
    record.eligibleEnd = 5;
    record.beliefs.resize(3);
    record.forwardPasses = 2;
    record.passes = {{.kind = PassKind::Prefill, .first = 0, .rows = 1},
                     {.kind = PassKind::Commit, .first = 1, .rows = 2},
                     {.kind = PassKind::Refresh, .first = 0, .rows = 7},
                     {.kind = PassKind::Denoise, .first = 3, .rows = 4}};
    trace.append(record);
    // A step that can exchange tokens has beliefs about them, too.
    StepRecord exchange = nextSampleStep(trace);
    exchange.eligibleEnd = 5;
    exchange.beliefs.resize(2);
    exchange.beliefs.insert(exchange.beliefs.begin(), record.beliefs.front());
    exchange.events = {{.kind = EventKind::Edit, .position = 2, .before = record.events[0].after, .after = 12, .probability = 0.5F}};
    exchange.maskedAfter = exchange.maskedBefore;
    trace.append(exchange);

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 2);
    EXPECT_EQ(read->record(1).passes, record.passes);
}

TEST(TraceFile, KeepsEverySettingOfEveryPolicy) {
    const TemporaryFolder folder;
    for (const PolicyTraits& traits : policies()) {
        for (const RemaskRule remask : {RemaskRule::Cap, RemaskRule::Loop}) {
            TraceHeader header = sampleTrace(kLength, 0).header();
            header.settings = usualSettings(traits.policy, traits.policy == DecodePolicy::Remdm ? remask : RemaskRule::Cap);
            header.settings.length = kLength;
            header.settings.steps = kLength;
            if (traits.models == PolicyModels::BlockCausal) {
                header.settings.blockLength = kLength;
                header.settings.blockAnchor = BlockAnchor::Text;
            }
            // Values that have no short decimal form.
            for (const DecodeOption& option : decodeOptions()) {
                if (option.appliesTo(header.settings) && option.name != "t_off") {
                    const double value = std::min(option.highest, option.valueIn(header.settings) + 1.0 / 3.0);
                    ASSERT_TRUE(option.setIn(header.settings, option.isWhole() ? std::ceil(value) : value)) << option.name;
                }
            }
            const Trace trace(header, Canvas(std::vector<TokenId>{3}, kLength, 0, {}, header.settings.room()), {{0, "<mask>"}}, {0});

            ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace)) << traits.name;
            const Result<Trace> read = readTrace(folder / "run.ctrace");

            ASSERT_TRUE(read) << read.error().message;
            EXPECT_EQ(read->header(), header) << traits.name;
            EXPECT_EQ(read->canvas(0), trace.canvas(0)) << traits.name;
        }
    }
}

TEST(TraceFile, KeepsATextThatGrowsAndShrinks) {
    const TemporaryFolder folder;
    TraceHeader header = sampleTrace(kLength, 0).header();
    header.settings = usualSettings(DecodePolicy::DreamOn);
    header.settings.length = 2;
    header.settings.steps = 4;
    header.settings.maxLength = 3;
    Trace trace(header, Canvas(std::vector<TokenId>{3}, 2, 0, {}, 1), {{0, "<mask>"}}, {0});
    StepRecord grow = nextSampleStep(trace);
    grow.eligibleEnd = 3;
    grow.events.push_back({.kind = EventKind::Insert, .position = 1, .before = 0, .after = 0, .probability = 0.5F});
    ++grow.maskedAfter;
    trace.append(grow);
    StepRecord shrink = nextSampleStep(trace);
    shrink.events = {{.kind = EventKind::Delete, .position = 2, .before = 10, .after = 0, .probability = 0.5F}};
    shrink.maskedAfter = shrink.maskedBefore;
    trace.append(shrink);

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 2);
    tamper(folder / "run.ctrace", "UPDATE setting SET value = 2.0 WHERE name = 'max_length'");
    EXPECT_THAT(readTrace(folder / "run.ctrace").error().message, HasSubstr("does not fit"));
}

struct SettingDamage {
    const char* name;
    const char* sql;
    ErrorKind kind;
    const char* said;
};

void PrintTo(const SettingDamage& damage, std::ostream* out) {
    *out << damage.name;
}

class TraceFileSettingDamage : public ::testing::TestWithParam<SettingDamage> {};

TEST_P(TraceFileSettingDamage, IsFoundAndNamed) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, 2)));
    tamper(folder / "run.ctrace", GetParam().sql);

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, GetParam().kind) << read.error().message;
    EXPECT_THAT(read.error().message, HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    TraceFile, TraceFileSettingDamage,
    ::testing::Values(
        SettingDamage{"NoTable", "DROP TABLE setting", ErrorKind::Corrupt, "table setting"},
        SettingDamage{"NoRows", "DELETE FROM setting", ErrorKind::Corrupt, "settings are missing"},
        SettingDamage{"UnknownPolicy", "UPDATE setting SET value = 'oracle' WHERE name = 'policy'", ErrorKind::Corrupt, "setting"},
        SettingDamage{"UnknownSetting", "UPDATE setting SET name = 'warp' WHERE name = 'cfg_scale'", ErrorKind::Unsupported, "'warp'"},
        SettingDamage{"TextForNumber", "UPDATE setting SET value = 'much' WHERE name = 'cfg_scale'", ErrorKind::Corrupt, "setting"},
        SettingDamage{"OutOfRange", "UPDATE setting SET value = -1.0 WHERE name = 'cfg_scale'", ErrorKind::Corrupt, "setting"},
        SettingDamage{"HalfAFlag", "UPDATE setting SET value = 0.5 WHERE name = 'strict_reference'", ErrorKind::Corrupt, "setting"},
        SettingDamage{"OrderOfAnotherPolicy", "UPDATE run SET unmask_order = 'origin'", ErrorKind::Corrupt, "settings"},
        SettingDamage{"UnknownCache", "UPDATE setting SET value = 'attic' WHERE name = 'cache'", ErrorKind::Corrupt, "setting"},
        SettingDamage{"BlocksWithoutALength", "INSERT INTO setting SELECT run, 'block_offset', 12.0 FROM setting WHERE name = 'cache'",
                      ErrorKind::Corrupt, "settings"},
        SettingDamage{"NoPasses", "DELETE FROM pass", ErrorKind::Corrupt, "field"},
        SettingDamage{"HalfAPass", "UPDATE pass SET passes = x'0100000000000000'", ErrorKind::Corrupt, "field"},
        SettingDamage{"UnknownPass", "UPDATE pass SET passes = x'090000000000000001000000'", ErrorKind::Corrupt, "field"},
        SettingDamage{"PassOutsideTheText", "UPDATE pass SET passes = x'0100000000000000ff000000'", ErrorKind::Corrupt, "outside the text"},
        SettingDamage{"PassBehindEveryNumber", "UPDATE pass SET passes = x'01000000ffffffffffffffff'", ErrorKind::Corrupt,
                      "outside the text"},
        SettingDamage{"PassThatIsNotCounted", "UPDATE pass SET passes = x'030000000000000001000000'", ErrorKind::Corrupt,
                      "counts 1 forward passes"},
        SettingDamage{"NoNumber", "UPDATE setting SET value = 9e999 WHERE name = 'cfg_scale'", ErrorKind::Corrupt, "setting"}),
    [](const auto& instance) { return instance.param.name; });

struct BoardDamage {
    const char* name;
    const char* sql;
    const char* said;
};

void PrintTo(const BoardDamage& damage, std::ostream* out) {
    *out << damage.name;
}

class TraceFileBoardDamage : public ::testing::TestWithParam<BoardDamage> {};

TEST_P(TraceFileBoardDamage, IsFoundAndNamed) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleBoardTrace(4)));
    tamper(folder / "run.ctrace", GetParam().sql);

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Corrupt) << read.error().message;
    EXPECT_THAT(read.error().message, HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    TraceFile, TraceFileBoardDamage,
    ::testing::Values(BoardDamage{"NoTable", "DROP TABLE canvas", "canvas"}, BoardDamage{"NoRow", "DELETE FROM canvas", "canvas"},
                      BoardDamage{"HalfASlot", "UPDATE canvas SET pinned = x'0100000002'", "canvas"},
                      BoardDamage{"GivenOutside", "UPDATE canvas SET pinned = x'0c0000000b000000'", "slot 12"},
                      BoardDamage{"GivenTwice", "UPDATE canvas SET pinned = x'010000000b000000010000000b000000'", "slot 1"},
                      BoardDamage{"GivenOutsideTheVocabulary", "UPDATE canvas SET pinned = x'0100000028000000'", "slot 1"},
                      BoardDamage{"ThreeSides", "UPDATE canvas SET layout = substr(layout, 1, 12)", "canvas"},
                      BoardDamage{"ZeroRows", "UPDATE canvas SET layout = CAST(x'00000000' || substr(layout, 5) AS BLOB)", "impossible"},
                      BoardDamage{"MoreRows", "UPDATE canvas SET layout = CAST(x'06000000' || substr(layout, 5) AS BLOB)", "24 cells"},
                      BoardDamage{"EndlessRows", "UPDATE canvas SET layout = CAST(x'ffffffff' || substr(layout, 5) AS BLOB)",
                                  "impossible"}),
    [](const auto& instance) { return instance.param.name; });

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

TEST(TraceFile, MissingEmptyAndForeignFilesAreNamed) {
    const TemporaryFolder folder;
    writeFile(folder / "empty", "");
    writeFile(folder / "text", std::string(5000, 'x'));
    tamper(folder / "other.sqlite", "CREATE TABLE run(id INTEGER)");

    EXPECT_EQ(readTrace(folder / "none").error().kind, ErrorKind::NotFound);
    for (const char* name : {"empty", "text", "other.sqlite"}) {
        const Result<Trace> read = readTrace(folder / name);
        ASSERT_FALSE(read) << name;
        EXPECT_EQ(read.error().kind, ErrorKind::Corrupt);
        EXPECT_THAT(read.error().message, HasSubstr(name));
    }
}

TEST(TraceFile, ANewerFormatIsUnsupported) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, 2)));
    tamper(folder / "run.ctrace", "PRAGMA user_version = 7");

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Unsupported);
    EXPECT_THAT(read.error().message, HasSubstr("format 7"));
}

struct Damage {
    const char* name;
    const char* sql;
    const char* said;
};

void PrintTo(const Damage& damage, std::ostream* out) {
    *out << damage.name;
}

class TraceFileDamage : public ::testing::TestWithParam<Damage> {};

TEST_P(TraceFileDamage, IsFoundAndNamed) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "run.ctrace";
    ASSERT_TRUE(saveTrace(path, sampleTrace(kLength, 5)));
    tamper(path, GetParam().sql);

    const Result<Trace> read = readTrace(path);

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Corrupt) << read.error().message;
    EXPECT_THAT(read.error().message, HasSubstr(GetParam().said));
    EXPECT_THAT(read.error().message, HasSubstr(path.string()));
}

// Byte offsets follow the layouts of record_codec.h: a belief is 23 words, an event 5.
INSTANTIATE_TEST_SUITE_P(
    TraceFile, TraceFileDamage,
    ::testing::Values(
        Damage{"MissingTable", "DROP TABLE piece", "piece"},
        Damage{"EndlessView",
               "DROP TABLE step; CREATE VIEW step AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT * FROM n", "step"},
        Damage{"ExtraColumn", "ALTER TABLE run ADD COLUMN surprise TEXT", "run"},  //
        Damage{"NoRun", "DELETE FROM run", "no run"},                              //
        Damage{"NullField", "UPDATE run SET device = NULL", "header"},
        Damage{"TextForNumber", "UPDATE run SET vocabulary = 'many'", "header"},
        Damage{"NegativeLength", "UPDATE run SET length = -1", "header"}, Damage{"UnknownStatus", "UPDATE run SET status = 9", "header"},
        Damage{"UnknownOrder", "UPDATE run SET unmask_order = 'fastest'", "header"},
        Damage{"OddPrompt", "UPDATE run SET prompt_ids = x'0300000005'", "header"},
        Damage{"HugeLength", "UPDATE run SET length = 4000000000, steps = 1, block_length = 0", "settings"},
        Damage{"StepsThatDoNotDivide", "UPDATE run SET block_length = 5", "settings"},
        Damage{"HotTemperature", "UPDATE run SET temperature = 1e30", "settings"},
        Damage{"MaskOutsideTheVocabulary", "UPDATE run SET mask_id = 40", "vocabulary"},
        Damage{"PromptOutsideTheVocabulary", "UPDATE run SET prompt_ids = x'ffffff7f'", "prompt"},
        Damage{"PieceOutsideTheVocabulary", "UPDATE piece SET token = 41 WHERE token = 5", "token"},
        Damage{"MissingStep", "DELETE FROM step WHERE number = 3", "step 3"},
        Damage{"MoreStepsThanSettings", "UPDATE run SET steps = 4, block_length = 0", "step 5"},
        Damage{"NegativeRows", "UPDATE step SET rows_computed = -4 WHERE number = 2", "step 2"},
        Damage{"EndlessTime", "UPDATE step SET milliseconds = 9e999 WHERE number = 2", "step 2"},
        Damage{"EligibleOutsideTheCanvas", "UPDATE step SET eligible_end = 15 WHERE number = 2", "step 2"},
        Damage{"CutBeliefs", "UPDATE step SET beliefs = substr(beliefs, 1, 90) WHERE number = 2", "step 2"},
        Damage{"OneBeliefLess", "UPDATE step SET beliefs = substr(beliefs, 1, 4 + 92 * 10) WHERE number = 2", "10 beliefs"},
        Damage{"BeliefAtAVisibleSlot",
               "UPDATE step SET beliefs = CAST(substr(beliefs, 1, 4) || x'00000000' || substr(beliefs, 9) AS BLOB) WHERE number = 2",
               "belief for slot 0"},
        Damage{"CandidateOutsideTheVocabulary",
               "UPDATE step SET beliefs = CAST(substr(beliefs, 1, 32) || x'ffff0000' || substr(beliefs, 37) AS BLOB) WHERE number = 2",
               "belief for slot 3"},
        Damage{"ProbabilityAboveOne",
               "UPDATE step SET beliefs = CAST(substr(beliefs, 1, 64) || x'00000040' || substr(beliefs, 69) AS BLOB) WHERE number = 2",
               "belief for slot 3"},
        Damage{"EntropyThatIsNoNumber",
               "UPDATE step SET beliefs = CAST(substr(beliefs, 1, 12) || x'0000c07f' || substr(beliefs, 17) AS BLOB) WHERE number = 2",
               "belief for slot 3"},
        Damage{"EventOutsideTheCanvas",
               "UPDATE step SET events = CAST(substr(events, 1, 4) || x'ff000000' || substr(events, 9) AS BLOB) WHERE number = 2",
               "slot 255"},
        Damage{"CommitOfAVisibleSlot",
               "UPDATE step SET events = CAST(substr(events, 1, 4) || x'02000000' || substr(events, 9) AS BLOB) WHERE number = 2",
               "slot 2"},
        Damage{"UnknownEvent", "UPDATE step SET events = CAST(x'09000000' || substr(events, 5) AS BLOB) WHERE number = 2", "step 2"},
        Damage{"CutEvents", "UPDATE step SET events = substr(events, 1, 19) WHERE number = 2", "step 2"},
        Damage{"LostEvent", "UPDATE step SET events = x'' WHERE number = 2", "stay masked"},
        Damage{"WrongMaskCount", "UPDATE step SET masked_before = 3 WHERE number = 2", "3 slots were masked"}),
    [](const auto& instance) { return instance.param.name; });

TEST(TraceFile, EveryTruncationIsAnErrorOrAPrefixOfTheRun) {
    const TemporaryFolder folder;
    const Trace trace = sampleTrace(kLength, kLength);
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const std::string whole = contentsOf(folder / "run.ctrace");
    ASSERT_GT(whole.size(), 16384U);

    for (size_t length = 0; length < whole.size(); length += 509) {
        writeFile(folder / "cut.ctrace", whole.substr(0, length));
        const Result<Trace> read = readTrace(folder / "cut.ctrace");
        EXPECT_FALSE(read) << length << " of " << whole.size() << " bytes read as a whole trace";
    }
}

TEST(TraceFile, FlippedBytesNeverCrashTheReader) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, kLength)));
    const std::string whole = contentsOf(folder / "run.ctrace");
    uint32_t refused = 0;

    // A step that is coprime to SQLite's page size visits every kind of byte; the first page (header, schema) is visited densely.
    for (size_t at = 0; at < whole.size(); at += at < 4096 ? 7 : 131) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(~damaged[at]);
        writeFile(folder / "damaged.ctrace", damaged);
        const Result<Trace> read = readTrace(folder / "damaged.ctrace");
        if (!read) {
            ++refused;
            EXPECT_THAT(read.error().message, HasSubstr("damaged.ctrace"));
        } else {
            EXPECT_LE(read->steps(), kLength);
        }
    }

    EXPECT_GT(refused, 50U) << "flipping bytes of the schema and of indices must not go unseen";
}

}  // namespace
}  // namespace crystallite
