#include "engine/engine.h"
#include "engine/trace/trace_file.h"
#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <fstream>
#include <sstream>

namespace crystallite {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::vector<std::string> kShortRun = {"generate", "--device", "cpu",     "-p", "Once upon a time, there was a little rabbit",
                                            "--length", "24",       "--steps", "12"};

std::vector<std::string> shortRun(std::vector<std::string> more) {
    more.insert(more.begin(), kShortRun.begin(), kShortRun.end());
    return more;
}

/// One sentence: a single line that names the program.
void expectSentence(const std::string& err) {
    EXPECT_THAT(err, StartsWith("crystallite-cli: "));
    EXPECT_EQ(std::count(err.begin(), err.end(), '\n'), 1) << err;
}

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

TEST(Cli, ListsThePoliciesWithTheirOptions) {
    const Outcome outcome = runCli({"policies"});

    EXPECT_EQ(outcome.exitCode, 0);
    for (const char* part : {"llada", "dream", "threshold", "factor", "entropy-bound", "klass", "remdm", "dreamon", "wino", "--top-p",
                             "--strict-reference", "default 0.9"}) {
        EXPECT_THAT(outcome.out, HasSubstr(part));
    }
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
                                                                                         {"llada:warp=1", "no setting 'warp'"}}) {
        const Outcome outcome = runCli({"compare", "--device", "cpu", "-p", "One day", "--length", "8", "--policies", policies});

        EXPECT_EQ(outcome.exitCode, 2) << policies;
        EXPECT_EQ(outcome.out, "") << policies;
        EXPECT_THAT(outcome.err, HasSubstr(said));
    }
}

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

TEST(Cli, BenchReportsEveryOperationAgainstTheLimit) {
    const Outcome outcome = runCli({"bench", "--device", "cpu", "--length", "32", "--repeats", "2", "--json"});

    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto document = nlohmann::json::parse(outcome.out);
    ASSERT_EQ(document["devices"].size(), 1U);
    const auto& device = document["devices"][0];
    EXPECT_GT(device["limits"]["matmul_gflops"].get<double>(), 0.0);
    for (const char* operation : {"embed", "rms_norm", "matmul", "rope", "attention", "silu_gate", "gather_rows", "candidates"}) {
        ASSERT_TRUE(device["operations"].contains(operation)) << operation;
        EXPECT_GT(device["operations"][operation]["ms"].get<double>(), 0.0) << operation;
    }
    EXPECT_EQ(device["operations"]["embed"]["calls"], 1);
    EXPECT_EQ(device["operations"]["attention"]["calls"], 6);  // one per layer
    EXPECT_GT(document["step"]["gflops"].get<double>(), 0.0);
}

/// The first Vulkan device as the command line names it; empty where there is none.
std::string vulkanDevice() {
    const std::vector<DeviceInfo> devices = listDevices();
    return devices.size() > 1 ? "1" : "";
}

TEST(Cli, SplitsAModelBetweenTwoDevicesAndReproducesItsTrace) {
    const std::string device = vulkanDevice();
    if (device.empty()) {
        GTEST_SKIP() << "there is no Vulkan device";
    }
    const ScratchFolder folder;
    const std::string trace = folder.file("run.crystal");
    const std::vector<std::string> run = {"generate", "--device", device, "-p",     "One day", "--length",     "12", "--steps",
                                          "4",        "--trace",  trace,  "--show", "final",   "--gpu-layers", "2"};

    const Outcome generated = runCli(run);
    const Outcome same = runCli({"verify", "--device", device, "--gpu-layers", "2", trace});
    const Outcome other = runCli({"verify", "--device", device, "--gpu-layers", "3", trace});

    ASSERT_EQ(generated.exitCode, 0) << generated.err;
    EXPECT_THAT(generated.err, AllOf(HasSubstr("layers 1-4 on "), HasSubstr("; layers 5-6 on ")));
    EXPECT_EQ(same.exitCode, 0) << same.out << same.err;
    EXPECT_THAT(same.out, HasSubstr("4 of 4 steps reproduced"));
    EXPECT_THAT(same.err, Not(HasSubstr("note: ")));
    EXPECT_THAT(other.err,
                AllOf(HasSubstr("note: the trace was made on "), HasSubstr("(layers 5-6) and is verified on "), HasSubstr("(layers 4-6)")));
}

TEST(Cli, ExplainsAndMeasuresASplitOnEachDevice) {
    const std::string device = vulkanDevice();
    if (device.empty()) {
        GTEST_SKIP() << "there is no Vulkan device";
    }

    const Outcome whole = runCli({"info", "--gpu-layers", "all"});
    const Outcome split = runCli({"info", "--gpu-layers", "2"});
    const Outcome bench =
        runCli({"bench", "--device", device, "--gpu-layers", "2", "--length", "8", "--repeats", "1", "--json", "--load-anyway"});

    EXPECT_THAT(whole.out, Not(HasSubstr("layers 1-")));
    EXPECT_THAT(split.out, AllOf(HasSubstr("layers 1-4 on "), HasSubstr("; layers 5-6 on ")));
    ASSERT_EQ(bench.exitCode, 0) << bench.err;
    const auto document = nlohmann::json::parse(bench.out);
    ASSERT_EQ(document["devices"].size(), 2U);
    EXPECT_EQ(document["devices"][0]["operations"]["attention"]["calls"], 4);
    EXPECT_EQ(document["devices"][1]["operations"]["attention"]["calls"], 2);
    EXPECT_TRUE(document["devices"][0]["operations"].contains("embed"));
    EXPECT_FALSE(document["devices"][1]["operations"].contains("embed"));
    EXPECT_TRUE(document["devices"][1]["operations"].contains("candidates"));
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

const std::string kPuzzle = ".....4..531.........2.563.46...2....";
const std::string kSolved = "213564645312561243432156354621126435";

TEST(Cli, ListsTheEmbeddedModels) {
    const Outcome outcome = runCli({"models"});

    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_THAT(outcome.out, StartsWith("stories "));
    EXPECT_THAT(outcome.out, HasSubstr("sudoku-6x6"));
    EXPECT_THAT(runCli({"info", "sudoku-6x6"}).out, HasSubstr("a board of 6 rows and 6 columns in boxes of 2 x 3"));
}

TEST(Cli, SolvesABoardAndPrintsItsRows) {
    const ScratchFolder folder;
    const std::string trace = folder.file("run.crystal");

    const Outcome outcome = runCli({"generate", "--device", "cpu", "-m", "sudoku-6x6", "-p", kPuzzle, "--show", "final", "--trace", trace});

    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "213564\n645312\n561243\n432156\n354621\n126435\n");
    const auto read = readTrace(trace);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->header().layout, (GridLayout{.rows = 6, .columns = 6, .boxRows = 2, .boxColumns = 3}));
    EXPECT_THAT(runCli({"verify", "--device", "cpu", "-m", "sudoku-6x6", trace}).out, HasSubstr("25 of 25 steps reproduced"));
}

TEST(Cli, FillsTheGapsOfAPrompt) {
    const Outcome outcome =
        runCli({"generate", "--device", "cpu", "-p", "One day, Mia<|mask|><|mask|><|mask|> and Tom was happy.", "--show", "final"});

    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, ::testing::MatchesRegex("One day, Mia.+ and Tom was happy\\.\n"));
    EXPECT_THAT(outcome.out, Not(HasSubstr("mask")));
}

TEST(Cli, MeasuresSolveRates) {
    const ScratchFolder folder;
    // The second puzzle comes with a wrong solution, the third without one.
    std::ofstream(folder.file("puzzles")) << kPuzzle << " " << kSolved << "\n" << kPuzzle << "," << kPuzzle << "\n" << kPuzzle << "\n";

    const Outcome outcome = runCli({"eval", "--device", "cpu", "-m", "sudoku-6x6", "--task", "sudoku", "--json", "--order",
                                    "low-confidence,margin", "--cells-per-step", "1,5", folder.file("puzzles")});

    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto document = nlohmann::json::parse(outcome.out);
    ASSERT_EQ(document["results"].size(), 4U);
    EXPECT_EQ(document["results"][0]["right"], 2);
    EXPECT_EQ(document["results"][0]["of"], 3);
    EXPECT_EQ(document["results"][3]["order"], "margin");
    EXPECT_EQ(document["results"][3]["cells_per_step"], 5);
    EXPECT_EQ(document["complete"], true);
}

TEST(Cli, MeasuresLikelihoodQuestionsAndStories) {
    const ScratchFolder folder;
    std::ofstream(folder.file("texts")) << "{\"text\": \"Once upon a time, there was a cat.\"}\nThe fox went home.\n";
    std::ofstream(folder.file("questions")) << "{\"prompt\": \"Once upon\", \"answer\": \"never this\"}\n";
    std::ofstream(folder.file("prompts")) << "{\"prompt\": \"Once upon\"}\nThe fox\n";
    const auto measured = [&](const std::string& task, const std::string& file) {
        const Outcome outcome = runCli({"eval", "--device", "cpu", "--task", task, "--length", "8", "--json", "--train",
                                        folder.file("texts"), folder.file(file), "--out", folder.file("out")});
        EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
        return nlohmann::json::parse(outcome.out)["results"][0];
    };

    const auto nelbo = measured("nelbo", "texts");
    EXPECT_EQ(nelbo["documents"], 2);
    EXPECT_GT(nelbo["standard_error"].get<double>(), 0.0);
    EXPECT_LT(nelbo["nelbo_per_token"].get<double>(), std::log(2048.0)) << "better than a guess";
    EXPECT_LT(nelbo["bigram"].get<double>(), nelbo["unigram"].get<double>());
    EXPECT_EQ(measured("questions", "questions")["of"], 1);
    EXPECT_EQ(measured("questions", "questions")["right"], 0);
    EXPECT_EQ(measured("stories", "prompts")["stories"], 2);
    std::ifstream written(folder.file("out"));
    std::string line;
    ASSERT_TRUE(std::getline(written, line));
    EXPECT_TRUE(nlohmann::json::parse(line).contains("text"));
}

TEST(Cli, CtrlCPrintsWhatWasMeasured) {
    const ScratchFolder folder;
    std::ofstream puzzles(folder.file("puzzles"));
    for (int i = 0; i < 3000; ++i) {
        puzzles << kPuzzle << "\n";
    }
    puzzles.close();

    const Outcome outcome = runCliAndSignal(
        {"eval", "--device", "cpu", "-m", "sudoku-6x6", "--task", "sudoku", "--json", folder.file("puzzles")}, "of 3000", SIGINT);

    EXPECT_EQ(outcome.exitCode, 130);
    const auto document = nlohmann::json::parse(outcome.out);
    EXPECT_EQ(document["complete"], false);
    EXPECT_GT(document["results"][0]["of"].get<int>(), 0);
}

TEST(Cli, EvalNamesTheLineThatIsWrong) {
    const ScratchFolder folder;
    std::ofstream(folder.file("puzzles")) << kPuzzle << "\n123\n";
    std::ofstream(folder.file("questions")) << "{\"prompt\": 7, \"answer\": \"x\"}\n";

    const Outcome board = runCli({"eval", "-m", "sudoku-6x6", "--task", "sudoku", folder.file("puzzles")});
    const Outcome question = runCli({"eval", "--task", "questions", folder.file("questions")});

    EXPECT_EQ(board.exitCode, 3);
    EXPECT_THAT(board.err, HasSubstr("line 2 of"));
    EXPECT_EQ(question.exitCode, 3);
    EXPECT_THAT(question.err, HasSubstr("line 1 of"));
}

TEST(Cli, HelpAndVersionSucceed) {
    EXPECT_THAT(runCli({"--help"}).out, HasSubstr("Exit codes"));
    EXPECT_EQ(runCli({"--help"}).exitCode, 0);
    EXPECT_EQ(runCli({"--version"}).exitCode, 0);
}

}  // namespace
}  // namespace crystallite
