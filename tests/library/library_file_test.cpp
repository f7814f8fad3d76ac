#include "engine/library/library_file.h"

#include "engine/library/search_query.h"
#include "engine/library/utc_time.h"
#include "tests/library/library_support.h"
#include "tests/trace/temporary_folder.h"
#include "tests/trace/trace_file_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t kNow = 1'800'000'000'000;

class LibraryFileTest : public ::testing::Test {
protected:
    void SetUp() override {
        Result<LibraryFile> opened = LibraryFile::open(path_);
        ASSERT_TRUE(opened) << opened.error().message;
        library_.emplace(std::move(*opened));
    }

    void add(const LibraryRun& run, RunSource source = RunSource::Ended) {
        const Result<bool> added = library_->add(libraryTrace(run), source, kNow);
        ASSERT_TRUE(added) << added.error().message;
    }

    RunEntry entryOf(const std::string& id, bool trashed = false) {
        const auto entries = library_->list("", trashed);
        for (const RunEntry& entry : *entries) {
            if (entry.id == id) {
                return entry;
            }
        }
        ADD_FAILURE() << id << " is not listed";
        return {};
    }

    TemporaryFolder folder_;
    std::filesystem::path path_ = folder_ / "history.crystal";
    std::optional<LibraryFile> library_;
};

TEST_F(LibraryFileTest, GivesBackEveryRunAsItWas) {
    Trace first = libraryTrace({.id = "first", .steps = 12});
    first.setBookmarks({{.frame = 4, .note = "here"}});
    const Trace branch = libraryTrace({.id = "branch", .prompt = "", .steps = 5, .parent = "first", .parentStep = 2});
    ASSERT_TRUE(library_->add(first, RunSource::Ended, kNow));
    ASSERT_TRUE(library_->add(branch, RunSource::Recovered, kNow));

    const auto readFirst = library_->read("first");
    const auto readBranch = library_->read("branch");

    ASSERT_TRUE(readFirst) << readFirst.error().message;
    ASSERT_TRUE(readBranch) << readBranch.error().message;
    expectSameRun(*readFirst, first, 12);
    expectSameRun(*readBranch, branch, 5);
    EXPECT_EQ(readFirst->bookmarks(), first.bookmarks());
    EXPECT_EQ(readFirst->status(), RunStatus::Complete);
    EXPECT_EQ(readFirst->header(), first.header());
    EXPECT_EQ(readBranch->header(), branch.header());
}

TEST_F(LibraryFileTest, ListsWhatARowShows) {
    Trace run = libraryTrace({.id = "run", .prompt = "Es war einmal", .steps = 5, .parent = "gone", .parentStep = 3});
    run.setBookmarks({{.frame = 2, .position = 3, .note = "two"}, {.frame = 4}});
    ASSERT_TRUE(library_->add(run, RunSource::Recovered, kNow));

    const RunEntry entry = entryOf("run");

    EXPECT_EQ(entry.parent, "gone");
    EXPECT_EQ(entry.parentStep, 3U);
    EXPECT_EQ(entry.source, RunSource::Recovered);
    EXPECT_TRUE(entry.hasSteps);
    EXPECT_EQ(entry.created, 1'767'323'045'000) << "2026-01-02T03:04:05Z, by date -u +%s";
    EXPECT_EQ(entry.status, RunStatus::Stopped);
    EXPECT_EQ(entry.steps, 5U);
    EXPECT_EQ(entry.prompt, "Es war einmal");
    EXPECT_EQ(entry.model, run.header().modelName);
    EXPECT_EQ(entry.length, run.header().settings.length);
    EXPECT_EQ(entry.seed, run.header().settings.seed);
    EXPECT_EQ(entry.policy, "llada");
    EXPECT_EQ(entry.bookmarks, run.bookmarks());
}

TEST_F(LibraryFileTest, ListsTheNewestFirst) {
    add({.id = "old", .startedAt = "2026-01-01T00:00:00Z"});
    add({.id = "new", .startedAt = "2026-03-01T00:00:00Z"});
    add({.id = "middle", .startedAt = "2026-02-01T00:00:00Z"});
    add({.id = "undated", .startedAt = "yesterday"});

    EXPECT_THAT(idsOf(*library_->list("", false)), ElementsAre("undated", "new", "middle", "old")) << "without a date: now";
}

TEST_F(LibraryFileTest, KeepsALongerFormOfARunAndWhatAPersonSaidOfIt) {
    add({.id = "run", .steps = 3});
    ASSERT_TRUE(library_->setTitle("run", "Mine"));
    ASSERT_TRUE(library_->setNote("run", "Look\nat this"));

    const Result<bool> shorter = library_->add(libraryTrace({.id = "run", .steps = 2}), RunSource::Recovered, kNow);
    ASSERT_TRUE(shorter);
    EXPECT_FALSE(*shorter);
    EXPECT_EQ(entryOf("run").steps, 3U);
    const Result<bool> longer = library_->add(libraryTrace({.id = "run", .steps = 7}), RunSource::Ended, kNow);
    ASSERT_TRUE(longer);
    EXPECT_TRUE(*longer);

    EXPECT_EQ(entryOf("run").steps, 7U);
    EXPECT_EQ(library_->read("run")->steps(), 7U);
    EXPECT_EQ(entryOf("run").title, "Mine");
    EXPECT_EQ(entryOf("run").note, "Look\nat this");
    EXPECT_EQ(library_->list("", false)->size(), 1U);
}

TEST_F(LibraryFileTest, FindsWordsWhereverTheyStand) {
    add({.id = "prompt", .prompt = "The Quick brown föx"});
    add({.id = "titled", .prompt = "x"});
    add({.id = "noted", .prompt = "y"});
    add({.id = "marked", .prompt = "z"});
    ASSERT_TRUE(library_->setTitle("titled", "A tale of rivers"));
    ASSERT_TRUE(library_->setNote("noted", "compare with the margin order"));
    ASSERT_TRUE(library_->setBookmarks("marked", {{.frame = 1, .note = "the turning point"}}));

    EXPECT_THAT(listedIds(*library_, "quick"), ElementsAre("prompt")) << "whatever the case";
    EXPECT_THAT(listedIds(*library_, "fox"), ElementsAre("prompt")) << "without diacritics";
    EXPECT_THAT(listedIds(*library_, "bro qui"), ElementsAre("prompt")) << "beginnings, in any order";
    EXPECT_THAT(listedIds(*library_, "rown"), IsEmpty()) << "a word begins with it";
    EXPECT_THAT(listedIds(*library_, "river"), ElementsAre("titled"));
    EXPECT_THAT(listedIds(*library_, "margin"), ElementsAre("noted"));
    EXPECT_THAT(listedIds(*library_, "turning"), ElementsAre("marked"));
    EXPECT_THAT(listedIds(*library_, "quick margin"), IsEmpty()) << "every word";
    const auto hits = library_->list("river", false);
    ASSERT_TRUE(hits);
    EXPECT_EQ(hits->front().hit, std::string("A tale of ") + kHitBegin + "rivers" + kHitEnd);
}

TEST_F(LibraryFileTest, FindsWordsOfTheAnswer) {
    const Trace run = libraryTrace({.id = "run", .prompt = "q", .steps = 12});
    ASSERT_TRUE(library_->add(run, RunSource::Ended, kNow));
    ASSERT_TRUE(library_->add(libraryTrace({.id = "begun", .prompt = "q", .steps = 0}), RunSource::Ended, kNow));
    const TokenId last = run.canvas(12).tokens()[run.promptLength()];

    EXPECT_THAT(listedIds(*library_, "word" + std::to_string(last)), ElementsAre("run"));
}

TEST_F(LibraryFileTest, TakesWhateverIsTypedAsWords) {
    add({.id = "run", .prompt = "NEAR OR NOT the \"quoted\" word"});

    for (const char* typed :
         {"\"", "\"\"", "a\"b", "*", "(", "OR", "NEAR(the", "prompt:", "the AND", "-word", "^the", "{title}", "'", "%", ";--"}) {
        const auto entries = library_->list(typed, false);
        EXPECT_TRUE(entries) << typed << ": " << entries.error().message;
    }
    EXPECT_THAT(listedIds(*library_, "OR near"), ElementsAre("run")) << "words, not operators";
    EXPECT_THAT(listedIds(*library_, "\"quoted\""), ElementsAre("run"));
    EXPECT_EQ(searchQuery(" a\"b  c "), "\"a\"\"b\"* \"c\"*");
}

TEST_F(LibraryFileTest, TheTrashKeepsARunUntilItIsRestoredOrEmptied) {
    add({.id = "stays"});
    add({.id = "goes"});
    add({.id = "back"});
    ASSERT_TRUE(library_->trash({"goes", "back"}, kNow));
    EXPECT_THAT(listedIds(*library_), ElementsAre("stays"));
    EXPECT_THAT(listedIds(*library_, "", true), ElementsAre("back", "goes"));
    EXPECT_EQ(entryOf("goes", true).trashed, kNow);
    EXPECT_TRUE(library_->read("goes")) << "it can be looked at there";

    ASSERT_TRUE(library_->restore({"back"}));
    EXPECT_THAT(listedIds(*library_), ElementsAre("back", "stays"));
    EXPECT_EQ(*library_->emptyTrash(kNow), 0U) << "before that time";
    EXPECT_EQ(*library_->emptyTrash(kNow + 1), 1U);
    EXPECT_THAT(listedIds(*library_, "", true), IsEmpty());
    const auto gone = library_->read("goes");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::NotFound);
}

TEST_F(LibraryFileTest, ABranchSurvivesItsParentWhole) {
    add({.id = "parent", .steps = 6});
    const Trace branch = libraryTrace({.id = "branch", .steps = 9, .parent = "parent", .parentStep = 4});
    ASSERT_TRUE(library_->add(branch, RunSource::Ended, kNow));

    ASSERT_TRUE(library_->remove({"parent"}));

    EXPECT_THAT(listedIds(*library_), ElementsAre("branch"));
    EXPECT_EQ(entryOf("branch").parent, "parent");
    expectSameRun(*library_->read("branch"), branch, 9);
}

TEST_F(LibraryFileTest, WhatIsRemovedLeavesNothingBehindAndGivesItsSpaceBack) {
    for (int run = 0; run < 40; ++run) {
        add({.id = "run-" + std::to_string(run), .prompt = "unmistakable " + std::string(4000, 'x'), .steps = 12});
    }
    const auto before = std::filesystem::file_size(path_);
    std::vector<std::string> ids = listedIds(*library_);

    ASSERT_TRUE(library_->remove(ids));

    EXPECT_LT(std::filesystem::file_size(path_), before / 2);
    EXPECT_THAT(listedIds(*library_, "unmistakable"), IsEmpty());
    library_.reset();
    for (const char* table : {"run", "step", "piece", "canvas", "setting", "pass", "bookmark", "entry", "entry_text"}) {
        // Fails, and so fails the test, where a row is left.
        tamper(path_, std::string("CREATE TEMP TABLE left_behind(n CHECK(n = 0)); INSERT INTO left_behind SELECT count(*) FROM ") + table);
    }
}

TEST_F(LibraryFileTest, AFileIsOnlyReferredTo) {
    const Trace run = libraryTrace({.id = "run", .prompt = "from a file"});
    ASSERT_TRUE(library_->refer(run, "/somewhere/run.crystal", kNow));

    EXPECT_FALSE(entryOf("run").hasSteps);
    EXPECT_EQ(entryOf("run").source, RunSource::File);
    EXPECT_EQ(entryOf("run").file, "/somewhere/run.crystal");
    EXPECT_THAT(listedIds(*library_, "file"), ElementsAre("run"));
    EXPECT_FALSE(library_->read("run"));
    ASSERT_TRUE(library_->setNote("run", "a note"));
    ASSERT_TRUE(library_->refer(run, "/elsewhere/run.crystal", kNow));
    EXPECT_EQ(entryOf("run").file, "/elsewhere/run.crystal");
    EXPECT_EQ(entryOf("run").note, "a note");
    // A run that the library has keeps its steps when somebody opens a file of it.
    add({.id = "own"});
    ASSERT_TRUE(library_->refer(libraryTrace({.id = "own"}), "/copy.crystal", kNow));
    EXPECT_TRUE(entryOf("own").hasSteps);
    EXPECT_EQ(entryOf("own").source, RunSource::Ended);
}

TEST_F(LibraryFileTest, CutsLongTextsBetweenCharacters) {
    std::string prompt;
    for (size_t bytes = 0; bytes < 2 * kLongestPromptShown; bytes += 3) {
        prompt += "€";
    }
    add({.id = "run", .prompt = prompt});

    const std::string shown = entryOf("run").prompt;

    EXPECT_EQ(shown, prompt.substr(0, kLongestPromptShown / 3 * 3));
    EXPECT_EQ(library_->read("run")->header().prompt, prompt);
}

TEST_F(LibraryFileTest, SeesWhatAnotherOpenLibraryChanges) {
    Result<LibraryFile> other = LibraryFile::open(path_);
    ASSERT_TRUE(other);
    const int64_t before = *library_->dataVersion();

    ASSERT_TRUE(other->add(libraryTrace({.id = "theirs"}), RunSource::Ended, kNow));
    EXPECT_NE(*library_->dataVersion(), before);
    add({.id = "ours"});

    EXPECT_THAT(listedIds(*library_), ElementsAre("ours", "theirs"));
    EXPECT_THAT(listedIds(*other), ElementsAre("ours", "theirs"));
}

TEST(UtcTime, ReadsWhatTracesSay) {
    EXPECT_EQ(parseUtc("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(parseUtc("2024-02-29T23:59:59"), 1'709'251'199'000) << "date -u -d 2024-02-29T23:59:59 +%s";
    for (const char* wrong : {"", "2026", "2025-02-29T00:00:00Z", "2026-01-02 03:04:05", "2026-01-02T03:04:05+02", "2026-01-02T24:00:00Z",
                              "2026-1-02T03:04:05Z ", "-026-01-02T03:04:05"}) {
        EXPECT_FALSE(parseUtc(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace crystallite
