#include "tests/cli/command_line.h"

#include <gmock/gmock.h>

#include <fstream>

namespace crystallite {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Cli, ListsTheCpuFirst) {
    const Outcome outcome = runCli({"devices"});

    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_THAT(outcome.out, StartsWith("0  "));
    EXPECT_THAT(outcome.out, HasSubstr("CPU"));
    EXPECT_THAT(outcome.out, HasSubstr("threads"));
}

TEST(Cli, ExplainsTheEmbeddedModel) {
    const Outcome outcome = runCli({"info"});

    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_THAT(outcome.out, HasSubstr("llada, 3.05M parameters"));
    EXPECT_THAT(outcome.out, HasSubstr("mask 0"));
}

TEST(Cli, ListsTheEmbeddedModels) {
    const Outcome outcome = runCli({"models"});

    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_THAT(outcome.out, StartsWith("stories "));
    EXPECT_THAT(outcome.out, HasSubstr("sudoku-6x6"));
    EXPECT_THAT(runCli({"info", "sudoku-6x6"}).out, HasSubstr("a board of 6 rows and 6 columns in boxes of 2 x 3"));
}

TEST(Cli, ListsThePoliciesWithTheirOptions) {
    const Outcome outcome = runCli({"policies"});

    EXPECT_EQ(outcome.exitCode, 0);
    for (const char* part : {"llada", "dream", "threshold", "factor", "entropy-bound", "klass", "remdm", "dreamon", "wino", "--top-p",
                             "--strict-reference", "default 0.9"}) {
        EXPECT_THAT(outcome.out, HasSubstr(part));
    }
}

TEST(Cli, WrongArgumentsAreOneSentenceAndExitTwo) {
    const std::vector<std::vector<std::string>> wrong = {{},
                                                         {"conjure"},
                                                         {"generate", "--length"},
                                                         {"generate", "--length", "many"},
                                                         {"generate", "--order", "alphabetical"},
                                                         {"generate", "--length", "0"},
                                                         {"generate", "--length", "100000"},
                                                         {"generate", "--length", "24", "--block-length", "7"},
                                                         {"generate", "--length", "8", "--steps", "9"},
                                                         {"generate", "--temperature", "-1"},
                                                         {"generate", "--show", "nothing"},
                                                         {"generate", "--policy", "oracle"},
                                                         {"generate", "--policy", "remdm", "--remask", "never"},
                                                         {"generate", "--threshold", "0.5"},
                                                         {"generate", "--policy", "threshold", "--threshold", "2"},
                                                         {"generate", "--policy", "threshold", "--threshold", "much"},
                                                         {"generate", "--policy", "dreamon"},
                                                         {"generate", "-m", "sudoku-6x6", "-p", "12"},
                                                         {"generate", "-m", "sudoku-6x6", "--length", "12"},
                                                         {"generate", "-p", "a<|mask|>b", "--steps", "2"},
                                                         {"generate", "--gpu-layers", "some"},
                                                         {"info", "--gpu-layers", "-1"},
                                                         {"eval", "--task", "sudoku"},
                                                         {"eval", "--task", "poetry", "file"},
                                                         {"verify"}};
    for (const auto& arguments : wrong) {
        const Outcome outcome = runCli(arguments);

        EXPECT_EQ(outcome.exitCode, 2) << outcome.err;
        expectSentence(outcome.err);
        EXPECT_EQ(outcome.out, "");
    }
}

TEST(Cli, MissingAndDamagedFilesAreOneSentenceAndExitThree) {
    const ScratchFolder folder;
    std::ofstream(folder.file("noise.gguf")) << "this is not a model";
    const std::vector<std::vector<std::string>> wrong = {
        {"info", folder.file("absent.gguf")},          {"info", folder.file("noise.gguf")},
        {"generate", "-m", folder.file("noise.gguf")}, {"verify", folder.file("absent.crystal")},
        {"verify", folder.file("noise.gguf")},         shortRun({"--trace", folder.file("no/such/folder/run.crystal")})};
    for (const auto& arguments : wrong) {
        const Outcome outcome = runCli(arguments);

        EXPECT_EQ(outcome.exitCode, 3) << outcome.err;
        expectSentence(outcome.err);
    }
}

TEST(Cli, AnUnknownDeviceNamesTheKnownOnes) {
    const Outcome outcome = runCli({"generate", "--device", "abacus"});

    EXPECT_EQ(outcome.exitCode, 3);
    expectSentence(outcome.err);
    EXPECT_THAT(outcome.err, HasSubstr("abacus"));
}

TEST(Cli, HelpAndVersionSucceed) {
    EXPECT_THAT(runCli({"--help"}).out, HasSubstr("Exit codes"));
    EXPECT_EQ(runCli({"--help"}).exitCode, 0);
    EXPECT_EQ(runCli({"--version"}).exitCode, 0);
}

}  // namespace
}  // namespace crystallite
