#include "engine/trace/trace_file.h"
#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace crystallite {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Cli, WritesTheSameAnswerTwice) {
    const Outcome first = runCli(shortRun({"--temperature", "0.7", "--seed", "1", "--show", "final"}));
    const Outcome second = runCli(shortRun({"--temperature", "0.7", "--seed", "1", "--show", "final"}));
    const Outcome otherSeed = runCli(shortRun({"--temperature", "0.7", "--seed", "2", "--show", "final"}));

    EXPECT_EQ(first.exitCode, 0);
    EXPECT_THAT(first.out, StartsWith("Once upon a time, there was a little rabbit"));
    EXPECT_THAT(first.out, Not(HasSubstr("□")));
    EXPECT_EQ(first.out, second.out);
    EXPECT_NE(first.out, otherSeed.out);
}

TEST(Cli, KeepsStdoutForTheAnswer) {
    const Outcome outcome = runCli(shortRun({"--show", "steps"}));

    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_THAT(outcome.out, StartsWith("Once upon a time"));
    EXPECT_THAT(outcome.err, HasSubstr("step 12/12, 0 masked"));
    EXPECT_THAT(outcome.out, Not(HasSubstr("step ")));
}

TEST(Cli, JsonLinesTellTheWholeRun) {
    const Outcome outcome = runCli(shortRun({"--show", "json"}));

    std::istringstream lines(outcome.out);
    std::vector<nlohmann::json> objects;
    for (std::string line; std::getline(lines, line);) {
        objects.push_back(nlohmann::json::parse(line));
    }
    ASSERT_EQ(objects.size(), 14U);  // run, 12 steps, end
    EXPECT_EQ(objects.front()["type"], "run");
    const auto promptTokens = objects.front()["prompt_tokens"].get<size_t>();
    EXPECT_EQ(objects.front()["tokens"].size(), promptTokens + 24);
    size_t committed = 0;
    for (size_t step = 1; step <= 12; ++step) {
        EXPECT_EQ(objects[step]["step"], step);
        EXPECT_EQ(objects[step]["beliefs"].size(), 24 - committed);
        committed += objects[step]["events"].size();
        EXPECT_EQ(objects[step]["masked"], 24 - committed);
    }
    EXPECT_EQ(committed, 24U);
    EXPECT_EQ(objects.back()["tokens"].size(), promptTokens + 24);
}

TEST(Cli, SaysWhatARunCostAndWhichCacheItCannotHave) {
    const Outcome steps = runCli(shortRun({"--show", "steps", "--cache", "dual", "--block-length", "12"}));
    const Outcome json = runCli(shortRun({"--show", "json", "--cache", "dual", "--block-length", "12"}));
    const Outcome refused = runCli(shortRun({"--cache", "exact"}));

    EXPECT_THAT(steps.err, HasSubstr("12 forward passes, "));
    EXPECT_THAT(steps.err, HasSubstr("refresh 0-"));
    const std::string last = json.out.substr(json.out.rfind('\n', json.out.size() - 2) + 1);
    const nlohmann::json end = nlohmann::json::parse(last);
    EXPECT_EQ(end["forward_passes"], 12);
    EXPECT_EQ(end["commit_passes"], 0);
    EXPECT_LT(end["rows"].get<uint32_t>(), 12 * end["tokens"].size());
    EXPECT_EQ(refused.exitCode, 2);
    EXPECT_THAT(refused.err, HasSubstr("choose none, prefix or dual"));
}

TEST(Cli, FillsTheGapsOfAPrompt) {
    const Outcome outcome =
        runCli({"generate", "--device", "cpu", "-p", "One day, Mia<|mask|><|mask|><|mask|> and Tom was happy.", "--show", "final"});

    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, ::testing::MatchesRegex("One day, Mia.+ and Tom was happy\\.\n"));
    EXPECT_THAT(outcome.out, Not(HasSubstr("mask")));
}

TEST(Cli, SolvesABoardAndPrintsItsRows) {
    const ScratchFolder folder;
    const std::string trace = folder.file("run.crystal");

    const Outcome outcome = runCli({"generate", "--device", "cpu", "-m", "sudoku-6x6", "-p", kSudoku, "--show", "final", "--trace", trace});

    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "213564\n645312\n561243\n432156\n354621\n126435\n");
    const auto read = readTrace(trace);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->header().layout, (GridLayout{.rows = 6, .columns = 6, .boxRows = 2, .boxColumns = 3}));
    EXPECT_THAT(runCli({"verify", "--device", "cpu", "-m", "sudoku-6x6", trace}).out, HasSubstr("25 of 25 steps reproduced"));
}

}  // namespace
}  // namespace crystallite
