#include "engine/trace/bookmark.h"

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

/// Several scripts, quotes and a zero byte: a note is what a person types.
const std::vector<Bookmark> kBookmarks = {{.frame = 0, .note = "start"},
                                          {.frame = 3, .position = 13, .note = std::string("Fr\xC3\xB6hlich \"'; DROP\0 \xE2\x98\x83", 24)},
                                          {.frame = 3, .position = 0},
                                          {.frame = 12, .note = std::string(kLongestNote, 'n')}};

Trace markedTrace() {
    Trace trace = sampleTrace(kLength, kLength);
    trace.setBookmarks(kBookmarks);
    return trace;
}

TEST(Bookmark, OutsideTheRunOrTooLongContradicts) {
    EXPECT_EQ(findContradiction(kBookmarks, 12, 14), "");
    EXPECT_EQ(findContradiction({}, 0, 0), "");
    EXPECT_THAT(findContradiction(kBookmarks, 11, 14), HasSubstr("step 12 of 11"));
    EXPECT_THAT(findContradiction(kBookmarks, 12, 13), HasSubstr("slot 13 of 13"));
    EXPECT_THAT(findContradiction({{.frame = 4}, {.frame = 3}}, 12, 14), HasSubstr("behind one at step 4"));
    EXPECT_THAT(findContradiction({{.note = std::string(kLongestNote + 1, 'n')}}, 12, 14), HasSubstr("4097 bytes"));
    EXPECT_THAT(findContradiction({{.note = "\xC3"}}, 12, 14), HasSubstr("not UTF-8"));
    EXPECT_THAT(findContradiction(std::vector<Bookmark>(kMostBookmarks + 1), 12, 14), HasSubstr("10001 bookmarks"));
}

TEST(Bookmark, ReadsBackFromItsFile) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", markedTrace()));

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->bookmarks(), kBookmarks);
}

/// Format 4 had no table `bookmark`.
TEST(Bookmark, IsNotExpectedInFormatFour) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, 5)));
    tamper(folder / "run.ctrace", "DROP TABLE bookmark; PRAGMA user_version = 4");

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->steps(), 5U);
    EXPECT_TRUE(read->bookmarks().empty());
}

TEST(Bookmark, IsReplacedInAFileThatIsBeingWritten) {
    const TemporaryFolder folder;
    auto writer = TraceWriter::create(folder / "run.ctrace", sampleTrace(kLength, 0));
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE((*writer)->appendLast(sampleTrace(kLength, 1)));

    // The window may know a step that the file could not take.
    ASSERT_TRUE(rewriteBookmarks(folder / "run.ctrace", {{.frame = 0, .note = "old"}, {.frame = 2, .note = "not written yet"}}));
    EXPECT_EQ(readTrace(folder / "run.ctrace")->bookmarks(), (std::vector<Bookmark>{{.frame = 0, .note = "old"}}));
    ASSERT_TRUE((*writer)->appendLast(sampleTrace(kLength, 2)));
    ASSERT_TRUE(rewriteBookmarks(folder / "run.ctrace", {{.frame = 2, .note = "new"}}));
    ASSERT_TRUE((*writer)->finish(RunStatus::Complete));

    const Result<Trace> read = readTrace(folder / "run.ctrace");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->bookmarks(), (std::vector<Bookmark>{{.frame = 2, .note = "new"}}));
    EXPECT_EQ(read->steps(), 2U);
    EXPECT_EQ(read->status(), RunStatus::Complete);
}

TEST(Bookmark, BringsAFileOfAnOlderFormatUpToDate) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, 5)));
    tamper(folder / "run.ctrace", "DROP TABLE bookmark; PRAGMA user_version = 4");

    const Result<void> written = rewriteBookmarks(folder / "run.ctrace", {{.frame = 5, .note = "end"}, {.frame = 6}});

    ASSERT_TRUE(written) << written.error().message;
    const Result<Trace> read = readTrace(folder / "run.ctrace");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->bookmarks(), (std::vector<Bookmark>{{.frame = 5, .note = "end"}}));
    EXPECT_TRUE(sameDecision(read->record(5), sampleTrace(kLength, 5).record(5)));
}

TEST(Bookmark, IsWrittenIntoTracesOnly) {
    const TemporaryFolder folder;
    tamper(folder / "other.sqlite", "CREATE TABLE bookmark(run INTEGER)");

    const Result<void> written = rewriteBookmarks(folder / "other.sqlite", {});

    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().message, HasSubstr("not a Crystallite trace"));
}

struct BookmarkDamage {
    const char* name;
    const char* sql;
    const char* said;
};

void PrintTo(const BookmarkDamage& damage, std::ostream* out) {
    *out << damage.name;
}

class TraceFileBookmarkDamage : public ::testing::TestWithParam<BookmarkDamage> {};

TEST_P(TraceFileBookmarkDamage, IsFoundAndNamed) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", markedTrace()));
    tamper(folder / "run.ctrace", GetParam().sql);

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Corrupt) << read.error().message;
    EXPECT_THAT(read.error().message, HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    TraceFile, TraceFileBookmarkDamage,
    ::testing::Values(
        BookmarkDamage{"NoTable", "DROP TABLE bookmark", "table bookmark"},
        BookmarkDamage{"BehindTheLastStep", "UPDATE bookmark SET frame = 13 WHERE number = 4", "step 13 of 12"},
        BookmarkDamage{"BeforeEveryStep", "UPDATE bookmark SET frame = -1 WHERE number = 1", "wrong type, range"},
        BookmarkDamage{"BehindEveryNumber", "UPDATE bookmark SET frame = 4294967296 WHERE number = 1", "wrong type, range"},
        BookmarkDamage{"NotRising", "UPDATE bookmark SET frame = 4 WHERE number = 1", "behind one at step 4"},
        BookmarkDamage{"SlotOutside", "UPDATE bookmark SET position = 14 WHERE number = 2", "slot 14 of 14"},
        BookmarkDamage{"NegativeSlot", "UPDATE bookmark SET position = -2 WHERE number = 2", "wrong type, range"},
        BookmarkDamage{"TextForAFrame", "UPDATE bookmark SET frame = 'x' WHERE number = 2", "wrong type, range"},
        BookmarkDamage{"BytesForANote", "UPDATE bookmark SET note = x'00ff' WHERE number = 2", "wrong type, range"},
        BookmarkDamage{"NoNote", "UPDATE bookmark SET note = NULL WHERE number = 2", "wrong type, range"},
        BookmarkDamage{"NoteThatIsNotUtf8", "UPDATE bookmark SET note = CAST(x'66ff' AS TEXT) WHERE number = 2", "not UTF-8"},
        BookmarkDamage{"EndlessNote", "UPDATE bookmark SET note = note || 'n' WHERE number = 4", "length"},
        BookmarkDamage{"EndlessList",
                       "WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n LIMIT 9997) INSERT INTO bookmark SELECT run, i, 12,"
                       " -1, '' FROM bookmark, n WHERE number = 1",
                       "10001 bookmarks"}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace crystallite
