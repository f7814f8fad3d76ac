#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

TEST(Cli, ComparesPoliciesAndCaches) {
    const std::vector<std::string> arguments = {
        "compare", "--device",   "cpu",
        "-p",      "One day",    "--length",
        "24",      "--policies", "llada,threshold+dual:threshold=0.5:block-length=8,llada:steps=6:temperature=0.5"};
    std::vector<std::string> asJson = arguments;
    asJson.emplace_back("--json");

    const Outcome table = runCli(arguments);
    const Outcome outcome = runCli(asJson);

    ASSERT_EQ(table.exitCode, 0) << table.err;
    EXPECT_THAT(table.out, HasSubstr("tokens/pass"));
    EXPECT_THAT(table.out, HasSubstr("threshold+dual:threshold=0.5:block-length=8"));
    const nlohmann::json runs = nlohmann::json::parse(outcome.out).at("runs");
    ASSERT_EQ(runs.size(), 4U);
    EXPECT_EQ(runs[0]["name"], "greedy");
    EXPECT_EQ(runs[0]["nfe"], 24);
    EXPECT_EQ(runs[1]["agreement"], 1.0) << "the same run";
    EXPECT_EQ(runs[1]["text"], runs[0]["text"]);
    EXPECT_EQ(runs[2]["settings"]["cache"], "dual");
    EXPECT_EQ(runs[2]["settings"]["block_length"], 8);
    EXPECT_LT(runs[2]["rows"], runs[0]["rows"]);
    EXPECT_EQ(runs[3]["nfe"], 6);
    EXPECT_EQ(runs[3]["tokens_per_pass"], 4.0);
    EXPECT_LT(runs[3]["agreement"], 1.0);
}

TEST(Cli, ComparesNothingWhenOneOfTheRunsCannotBe) {
    for (const auto& [policies, said] : std::vector<std::pair<std::string, std::string>>{{"llada,dynamic", "dynamic: "},
                                                                                         {"oracle", "no policy 'oracle'"},
                                                                                         {"llada+attic", "no cache 'attic'"},
                                                                                         {"llada:steps=two", "must be a number"},
                                                                                         {"llada:steps=1.5", "whole number"},
                                                                                         {"llada:steps=nan", "whole number"},
                                                                                         {"llada:warp=1", "no setting 'warp'"}}) {
        const Outcome outcome = runCli({"compare", "--device", "cpu", "-p", "One day", "--length", "8", "--policies", policies});

        EXPECT_EQ(outcome.exitCode, 2) << policies;
        EXPECT_EQ(outcome.out, "") << policies;
        EXPECT_THAT(outcome.err, HasSubstr(said));
    }
}

}  // namespace
}  // namespace crystallite
