#include "engine/trace/trace_file.h"
#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <csignal>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

TEST(Cli, EveryPolicyRunsAndItsTraceIsReproduced) {
    const std::vector<std::vector<std::string>> choices = {
        {"--policy", "dream", "--order", "entropy", "--top-p", "0.9", "--temperature", "0.4"},
        {"--policy", "dream", "--alg-temp", "0.3", "--order", "margin", "--top-k", "20"},
        {"--policy", "threshold", "--threshold", "0.6", "--block-length", "8"},
        {"--policy", "factor", "--factor", "0.8", "--cfg-scale", "0.5"},
        {"--policy", "entropy-bound", "--entropy-bound", "0.3"},
        {"--policy", "klass", "--kl-bound", "0.05", "--threshold", "0.4", "--block-length", "8"},
        {"--policy", "remdm", "--remask", "loop", "--steps", "20"},
        {"--policy", "wino", "--threshold", "0.3", "--block-length", "12"},
        {"--policy", "threshold", "--threshold", "0.6", "--cache", "dual", "--block-length", "8"},
        {"--cache", "prefix", "--steps", "12", "--block-length", "8"},
        {"--logits-eos-inf", "--strict-reference", "--steps", "12"}};
    const ScratchFolder folder;
    for (const auto& choice : choices) {
        SCOPED_TRACE(choice[1] + " " + choice.back());
        const std::string trace = folder.file("run.crystal");
        std::vector<std::string> arguments = {"generate", "--device", "cpu",     "-p",  "One day", "--length", "24",
                                              "--seed",   "3",        "--trace", trace, "--show",  "json"};
        arguments.insert(arguments.end(), choice.begin(), choice.end());

        const Outcome outcome = runCli(arguments);
        const Outcome verified = runCli({"verify", "--device", "cpu", trace});

        EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
        EXPECT_EQ(verified.exitCode, 0) << verified.out << verified.err;
        const auto kept = readTrace(trace);
        ASSERT_TRUE(kept) << kept.error().message;
        EXPECT_EQ(kept->canvas(kept->steps()).maskedCount(), 0U);
        const auto run = nlohmann::json::parse(outcome.out.substr(0, outcome.out.find('\n')));
        EXPECT_EQ(run["settings"]["policy"], std::string(nameOf(kept->header().settings.policy)));
    }
}

TEST(Cli, VerifyReproducesATrace) {
    const ScratchFolder folder;
    const std::string trace = folder.file("run.crystal");
    ASSERT_EQ(runCli(shortRun({"--temperature", "0.5", "--seed", "7", "--trace", trace})).exitCode, 0);

    const Outcome outcome = runCli({"verify", "--device", "cpu", trace});

    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("12 of 12 steps reproduced"));
}

TEST(Cli, VerifyFindsAForgedTrace) {
    const ScratchFolder folder;
    const std::string trace = folder.file("run.crystal");
    ASSERT_EQ(runCli(shortRun({"--trace", trace})).exitCode, 0);
    const auto honest = readTrace(trace);
    ASSERT_TRUE(honest);
    Trace forged(honest->header(), honest->canvas(0), honest->pieces(), {});
    for (uint32_t step = 1; step <= honest->steps(); ++step) {
        StepRecord record = honest->record(step);
        if (step == 5) {
            record.beliefs.front().entropy += 0.25F;
        }
        forged.append(record);
    }
    ASSERT_TRUE(saveTrace(trace, forged));

    const Outcome outcome = runCli({"verify", "--device", "cpu", trace});

    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_THAT(outcome.out, HasSubstr("4 of 12 steps reproduced"));
    EXPECT_THAT(outcome.out, HasSubstr("first difference: "));
}

TEST(Cli, CtrlCKeepsTheFinishedSteps) {
    const ScratchFolder folder;
    const std::string trace = folder.file("run.crystal");

    const Outcome outcome = runCliAndSignal({"generate", "--device", "cpu", "--trace", trace}, "step 3/", SIGINT);

    EXPECT_EQ(outcome.exitCode, 130);
    const auto kept = readTrace(trace);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->status(), RunStatus::Stopped);
    EXPECT_GE(kept->steps(), 3U);
    EXPECT_LT(kept->steps(), 128U);
}

}  // namespace
}  // namespace crystallite
