#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <set>

namespace crystallite {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::vector<std::string> batchOf(const std::string& seeds, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"batch",   "--device", "cpu",           "-p",  "One day", "--length", "16",
                                          "--steps", "8",        "--temperature", "0.8", "--seeds", seeds};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST(Cli, ABatchIsTheRunsOfItsSeeds) {
    const Outcome outcome = runCli(batchOf("3..6", {"--json"}));
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const json document = json::parse(outcome.out);
    const json& runs = document.at("runs");
    ASSERT_EQ(runs.size(), 4U);
    EXPECT_EQ(document["complete"], true);

    std::set<std::string> texts;
    double nfe = 0.0;
    for (size_t index = 0; index < runs.size(); ++index) {
        EXPECT_EQ(runs[index]["seed"], 3 + index);
        texts.insert(runs[index]["text"].get<std::string>());
        nfe += runs[index]["nfe"].get<double>();
    }
    EXPECT_EQ(document["statistics"]["distinct_answers"], texts.size());
    EXPECT_EQ(document["statistics"]["nfe"]["mean"], nfe / 4.0);
    EXPECT_EQ(document["statistics"]["agreement"]["count"], 6);

    const Outcome alone = runCli({"generate", "--device", "cpu", "-p", "One day", "--length", "16", "--steps", "8", "--temperature", "0.8",
                                  "--seed", "5", "--show", "final"});
    EXPECT_EQ(alone.out, "One day" + runs[2]["text"].get<std::string>() + "\n") << "the seed alone gives the same run";
}

TEST(Cli, ABatchPrintsItsSpread) {
    const Outcome outcome = runCli(batchOf("1..2", {}));

    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("2 runs, mean ± standard deviation"));
    EXPECT_THAT(outcome.out, HasSubstr("NFE            8.0 ± 0.0"));
    EXPECT_THAT(outcome.out, HasSubstr("over 1 pairs"));
}

TEST(Cli, ABatchRefusesWrongSeedsBeforeItLoads) {
    for (const auto& [seeds, said] :
         std::vector<std::pair<std::string, std::string>>{{"4..1", "'1..16'"}, {"1..300", "1 to 256 seeds"}, {"x", "'1..16'"}}) {
        const Outcome outcome = runCli(batchOf(seeds, {"-m", "/nowhere"}));

        EXPECT_EQ(outcome.exitCode, 2) << seeds;
        EXPECT_THAT(outcome.err, HasSubstr(said)) << seeds;
        expectSentence(outcome.err);
    }
}

}  // namespace
}  // namespace crystallite
