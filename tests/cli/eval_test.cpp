#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <csignal>
#include <fstream>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

TEST(Cli, MeasuresSolveRates) {
    const ScratchFolder folder;
    // The second puzzle comes with a wrong solution, the third without one.
    std::ofstream(folder.file("puzzles")) << kSudoku << " " << kSolvedSudoku << "\n"
                                          << kSudoku << "," << kSudoku << "\n"
                                          << kSudoku << "\n";

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
        puzzles << kSudoku << "\n";
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
    std::ofstream(folder.file("puzzles")) << kSudoku << "\n123\n";
    std::ofstream(folder.file("questions")) << "{\"prompt\": 7, \"answer\": \"x\"}\n";

    const Outcome board = runCli({"eval", "-m", "sudoku-6x6", "--task", "sudoku", folder.file("puzzles")});
    const Outcome question = runCli({"eval", "--task", "questions", folder.file("questions")});

    EXPECT_EQ(board.exitCode, 3);
    EXPECT_THAT(board.err, HasSubstr("line 2 of"));
    EXPECT_EQ(question.exitCode, 3);
    EXPECT_THAT(question.err, HasSubstr("line 1 of"));
}

}  // namespace
}  // namespace crystallite
