// The runs of a person from the command line: the same file as the window's.

#include "engine/library/library_file.h"
#include "engine/trace/trace_file.h"
#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <sstream>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A history with three runs of the embedded model: the prompts differ, ids begin "aa", "ab" and "b".
class CliHistory : public ::testing::Test {
protected:
    void SetUp() override {
        file_ = folder_.file("history.crystal");
        auto library = LibraryFile::open(file_);
        ASSERT_TRUE(library) << library.error().message;
        int64_t created = 1'764'640'000'000;
        for (const auto& [id, prompt] :
             {std::pair("aa-1", "One day, Mia"), std::pair("ab-2", "Tom saw a dog"), std::pair("b-3", "The cat")}) {
            Trace trace = run(prompt);
            trace.setId(id);
            ASSERT_TRUE(library->add(trace, RunSource::Ended, created += 60'000));
        }
    }

    Trace run(const std::string& prompt) {
        const std::string trace = folder_.file("run.crystal");
        const Outcome made =
            runCli({"generate", "--device", "cpu", "-p", prompt, "--length", "4", "--seed", "7", "--show", "final", "--trace", trace});
        EXPECT_EQ(made.exitCode, 0) << made.err;
        auto read = readTrace(trace);
        EXPECT_TRUE(read);
        return *std::move(read);
    }
    Outcome history(std::vector<std::string> more) {
        more.insert(more.begin(), {"history", "--library", file_});
        return runCli(more);
    }
    std::vector<std::string> listed(std::vector<std::string> more) {
        more.emplace_back("--json");
        const Outcome outcome = history(std::move(more));
        EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
        std::vector<std::string> ids;
        std::istringstream lines(outcome.out);
        for (std::string line; std::getline(lines, line);) {
            ids.push_back(nlohmann::json::parse(line)["id"]);
        }
        return ids;
    }

    ScratchFolder folder_;
    std::string file_;
};

TEST_F(CliHistory, ListsAndSearches) {
    EXPECT_THAT(listed({"list"}), ::testing::UnorderedElementsAre("aa-1", "ab-2", "b-3"));
    EXPECT_THAT(listed({"search", "dog", "tom"}), ElementsAre("ab-2"));
    EXPECT_THAT(listed({"search", "nowhere"}), ElementsAre());

    const Outcome lines = history({"search", "Mia"});
    EXPECT_THAT(lines.out, HasSubstr("aa-1"));
    EXPECT_THAT(lines.out, HasSubstr("complete"));
    EXPECT_THAT(lines.out, HasSubstr("4 steps"));
    EXPECT_THAT(lines.out, HasSubstr("One day, Mia"));
    EXPECT_THAT(lines.out, Not(HasSubstr("Tom saw")));
}

TEST_F(CliHistory, ShowsARunAndWritesItAsATrace) {
    const Outcome shown = history({"show", "b"});
    EXPECT_EQ(shown.exitCode, 0) << shown.err;
    for (const char* part : {"b-3", "llada, temperature 0, seed 7", "4 of 4", "The cat"}) {
        EXPECT_THAT(shown.out, HasSubstr(part));
    }

    const std::string out = folder_.file("out.crystal");
    EXPECT_EQ(history({"show", "b-3", "-o", out}).exitCode, 0);
    const auto kept = readTrace(out);
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->header().id, "b-3");
    EXPECT_THAT(shown.out, HasSubstr(kept->answerText(kept->steps(), "_", true)));
    EXPECT_EQ(runCli({"verify", "--device", "cpu", out}).exitCode, 0);
}

TEST_F(CliHistory, TrashesAndTakesOutAgain) {
    EXPECT_EQ(history({"trash", "aa", "b"}).exitCode, 0);
    EXPECT_THAT(listed({"list"}), ElementsAre("ab-2"));
    EXPECT_THAT(listed({"list", "--trashed"}), ::testing::UnorderedElementsAre("aa-1", "b-3"));
    EXPECT_EQ(history({"show", "aa-1"}).exitCode, 0) << "what is in the trash is not gone";

    EXPECT_EQ(history({"trash", "aa-1", "--restore"}).exitCode, 0);
    EXPECT_THAT(listed({"list"}), ::testing::UnorderedElementsAre("aa-1", "ab-2"));
}

TEST_F(CliHistory, TouchesNothingWhenOneOfTheRunsIsUnknown) {
    const Outcome unknown = history({"trash", "aa-1", "zz"});
    EXPECT_EQ(unknown.exitCode, 3);
    expectSentence(unknown.err);
    EXPECT_THAT(unknown.err, HasSubstr("has no run"));
    const Outcome ambiguous = history({"trash", "a"});
    EXPECT_EQ(ambiguous.exitCode, 2);
    EXPECT_THAT(ambiguous.err, HasSubstr("2 runs of the history begin with"));
    EXPECT_EQ(listed({"list"}).size(), 3U);
}

TEST(Cli, LookingAtAHistoryMakesNone) {
    const Outcome none = runCli({"history", "list"});
    EXPECT_EQ(none.exitCode, 3);
    expectSentence(none.err);
    EXPECT_THAT(none.err, HasSubstr("begins one with its first run"));
    const std::filesystem::path place = std::filesystem::path(testDataHome()) / "crystallite" / "crystallite" / "history.crystal";
    EXPECT_THAT(none.err, HasSubstr(place.string()));
    EXPECT_FALSE(std::filesystem::exists(place));
}

TEST(Cli, ASingleRunIsNoHistoryAndStaysAsItIs) {
    const ScratchFolder folder;
    const std::string run = folder.file("run.crystal");
    ASSERT_EQ(runCli(shortRun({"--show", "final", "--trace", run})).exitCode, 0);
    const auto bytes = [&run] {
        std::ifstream file(run, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const std::string before = bytes();

    const Outcome outcome = runCli({"history", "--library", run, "list"});

    EXPECT_EQ(outcome.exitCode, 3);
    expectSentence(outcome.err);
    EXPECT_THAT(outcome.err, HasSubstr("is a single run and no history"));
    EXPECT_EQ(bytes(), before);
}

}  // namespace
}  // namespace crystallite
