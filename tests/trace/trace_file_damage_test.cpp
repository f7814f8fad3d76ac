#include "engine/trace/trace_file.h"
#include "tests/trace/sample_trace.h"
#include "tests/trace/temporary_folder.h"
#include "tests/trace/trace_file_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

constexpr uint32_t kLength = 12;

/// What another program did to a file, and what must be said about it.
struct Damage {
    const char* name;
    const char* sql;
    const char* said;
    ErrorKind kind = ErrorKind::Corrupt;
};

void PrintTo(const Damage& damage, std::ostream* out) {
    *out << damage.name;
}

/// The reader finds and names what happened to a file of `trace`.
void expectFoundAndNamed(const Trace& trace, const Damage& damage) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "run.ctrace";
    ASSERT_TRUE(saveTrace(path, trace));
    tamper(path, damage.sql);

    const Result<Trace> read = readTrace(path);

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, damage.kind) << read.error().message;
    EXPECT_THAT(read.error().message, HasSubstr(damage.said));
    EXPECT_THAT(read.error().message, HasSubstr(path.string()));
}

class TraceFileSettingDamage : public ::testing::TestWithParam<Damage> {};

TEST_P(TraceFileSettingDamage, IsFoundAndNamed) {
    expectFoundAndNamed(sampleTrace(kLength, 2), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    TraceFile, TraceFileSettingDamage,
    ::testing::Values(
        Damage{"NoTable", "DROP TABLE setting", "table setting"}, Damage{"NoRows", "DELETE FROM setting", "settings are missing"},
        Damage{"UnknownPolicy", "UPDATE setting SET value = 'oracle' WHERE name = 'policy'", "setting"},
        Damage{"UnknownSetting", "UPDATE setting SET name = 'warp' WHERE name = 'cfg_scale'", "'warp'", ErrorKind::Unsupported},
        Damage{"TextForNumber", "UPDATE setting SET value = 'much' WHERE name = 'cfg_scale'", "setting"},
        Damage{"OutOfRange", "UPDATE setting SET value = -1.0 WHERE name = 'cfg_scale'", "setting"},
        Damage{"HalfAFlag", "UPDATE setting SET value = 0.5 WHERE name = 'strict_reference'", "setting"},
        Damage{"OrderOfAnotherPolicy", "UPDATE run SET unmask_order = 'origin'", "settings"},
        Damage{"UnknownCache", "UPDATE setting SET value = 'attic' WHERE name = 'cache'", "setting"},
        Damage{"BlocksWithoutALength", "INSERT INTO setting SELECT run, 'block_offset', 12.0 FROM setting WHERE name = 'cache'",
               "settings"},
        Damage{"NoPasses", "DELETE FROM pass", "field"}, Damage{"HalfAPass", "UPDATE pass SET passes = x'0100000000000000'", "field"},
        Damage{"UnknownPass", "UPDATE pass SET passes = x'090000000000000001000000'", "field"},
        Damage{"PassOutsideTheText", "UPDATE pass SET passes = x'0100000000000000ff000000'", "outside the text"},
        Damage{"PassBehindEveryNumber", "UPDATE pass SET passes = x'01000000ffffffffffffffff'", "outside the text"},
        Damage{"PassThatIsNotCounted", "UPDATE pass SET passes = x'030000000000000001000000'", "counts 1 forward passes"},
        Damage{"NoNumber", "UPDATE setting SET value = 9e999 WHERE name = 'cfg_scale'", "setting"}),
    [](const auto& instance) { return instance.param.name; });

class TraceFileBoardDamage : public ::testing::TestWithParam<Damage> {};

TEST_P(TraceFileBoardDamage, IsFoundAndNamed) {
    expectFoundAndNamed(sampleBoardTrace(4), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    TraceFile, TraceFileBoardDamage,
    ::testing::Values(Damage{"NoTable", "DROP TABLE canvas", "canvas"}, Damage{"NoRow", "DELETE FROM canvas", "canvas"},
                      Damage{"HalfASlot", "UPDATE canvas SET pinned = x'0100000002'", "canvas"},
                      Damage{"GivenOutside", "UPDATE canvas SET pinned = x'0c0000000b000000'", "slot 12"},
                      Damage{"GivenTwice", "UPDATE canvas SET pinned = x'010000000b000000010000000b000000'", "slot 1"},
                      Damage{"GivenOutsideTheVocabulary", "UPDATE canvas SET pinned = x'0100000028000000'", "slot 1"},
                      Damage{"ThreeSides", "UPDATE canvas SET layout = substr(layout, 1, 12)", "canvas"},
                      Damage{"ZeroRows", "UPDATE canvas SET layout = CAST(x'00000000' || substr(layout, 5) AS BLOB)", "impossible"},
                      Damage{"MoreRows", "UPDATE canvas SET layout = CAST(x'06000000' || substr(layout, 5) AS BLOB)", "24 cells"},
                      Damage{"EndlessRows", "UPDATE canvas SET layout = CAST(x'ffffffff' || substr(layout, 5) AS BLOB)", "impossible"}),
    [](const auto& instance) { return instance.param.name; });

class TraceFileDamage : public ::testing::TestWithParam<Damage> {};

TEST_P(TraceFileDamage, IsFoundAndNamed) {
    expectFoundAndNamed(sampleTrace(kLength, 5), GetParam());
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
