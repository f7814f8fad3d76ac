#include "tests/cli/command_line.h"
#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

namespace crystallite {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

void expectSentence(const std::string& err) {
    EXPECT_THAT(err, StartsWith("crystallite-cli: "));
    EXPECT_EQ(std::count(err.begin(), err.end(), '\n'), 1) << err;
}

std::string answerOf(const std::string& model) {
    const Outcome outcome =
        runCli({"generate", "-m", model, "--device", "cpu", "-p", "Once upon a time", "--length", "16", "--show", "final"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    return outcome.out;
}

TEST(CliConvert, WritesAFileThatAnswersAsItsModel) {
    const ScratchFolder folder;
    const std::string out = folder.file("copy.gguf");

    const Outcome converted = runCli({"convert", "stories", out});

    ASSERT_EQ(converted.exitCode, 0) << converted.err;
    EXPECT_EQ(converted.out, "");
    EXPECT_THAT(converted.err, AllOf(HasSubstr("of stories (embedded) become"), HasSubstr("of memory are needed")));
    EXPECT_EQ(answerOf(out), answerOf("stories"));
}

TEST(CliConvert, QuantizesAndSaysSo) {
    const ScratchFolder folder;
    const std::string out = folder.file("small.gguf");

    const Outcome converted = runCli({"convert", "stories", out, "--quantize", "q8_0"});
    const Outcome info = runCli({"info", out});

    ASSERT_EQ(converted.exitCode, 0) << converted.err;
    EXPECT_THAT(info.out, AllOf(HasSubstr("  Q8_0 "), HasSubstr("  F32 "), Not(HasSubstr("  F16 "))));
    EXPECT_THAT(answerOf(out), StartsWith("Once upon a time"));
}

TEST(CliConvert, LeavesWhatIsThereAndNamesWhatIsWrong) {
    const ScratchFolder folder;
    const std::string out = folder.file("copy.gguf");
    ASSERT_EQ(runCli({"convert", "stories", out}).exitCode, 0);

    const Outcome again = runCli({"convert", "stories", out});
    const Outcome format = runCli({"convert", "stories", folder.file("other.gguf"), "--quantize", "q3"});
    const Outcome place = runCli({"convert", "stories", folder.file("no/such/folder/copy.gguf")});

    EXPECT_EQ(again.exitCode, 2);
    EXPECT_THAT(again.err, HasSubstr("exists already"));
    EXPECT_EQ(format.exitCode, 2);
    expectSentence(format.err);
    EXPECT_THAT(format.err, HasSubstr("q8_0"));
    EXPECT_EQ(place.exitCode, 3);
    EXPECT_FALSE(std::filesystem::exists(folder.file("other.gguf")));
}

/// A folder that says nothing about what its Qwen2 is, and a file with its tokenizer.
class CliFolder : public ::testing::Test {
protected:
    CliFolder() {
        writeCheckpoint(scratch_.file("checkpoint"), randomCheckpoint("open-dcoder", 1, WeightFormat::BF16));
        writeFile(scratch_.file("tokenizer.gguf"), randomLlada({}, 1, WeightFormat::F16));
    }
    [[nodiscard]] Outcome info(std::vector<std::string> more) const {
        more.insert(more.begin(), {"info", scratch_.file("checkpoint")});
        return runCli(more);
    }

    ScratchFolder scratch_;
};

TEST_F(CliFolder, IsAskedAboutWhatItCannotSay) {
    const Outcome silent = info({});
    const Outcome impossible = info({"--family", "diffugpt"});

    EXPECT_EQ(silent.exitCode, 2);
    expectSentence(silent.err);
    EXPECT_THAT(silent.err, AllOf(HasSubstr("--family open-dcoder"), HasSubstr("--family qwen2-mdlm")));
    EXPECT_EQ(impossible.exitCode, 2);
    expectSentence(impossible.err);
}

TEST_F(CliFolder, IsExplainedInOneScreen) {
    const Outcome explained = info({"--family", "open-dcoder", "--tokenizer", scratch_.file("tokenizer.gguf")});

    ASSERT_EQ(explained.exitCode, 0) << explained.err;
    for (const char* const line :
         {"architecture     open-dcoder", "layers           2 of width 48", "4 heads of 12, 2 key/value heads, biases", "BF16 ", "mask 0",
          "row i predicts position i + 1", "tokenizer        gpt2", "chat template    no chat template", "policies         llada, dream, ",
          "memory           ", "  0 "}) {
        EXPECT_THAT(explained.out, HasSubstr(line));
    }
    EXPECT_LE(std::count(explained.out.begin(), explained.out.end(), '\n'), 30) << explained.out;
}

TEST_F(CliFolder, IsQuantizedWhileItIsLoadedAndDenoises) {
    const Outcome run =
        runCli({"generate", "-m", scratch_.file("checkpoint"), "--family", "open-dcoder", "--tokenizer", scratch_.file("tokenizer.gguf"),
                "--quantize", "q8_0", "--device", "cpu", "-p", "the", "--length", "8", "--show", "final"});

    EXPECT_EQ(run.exitCode, 0) << run.err;
    EXPECT_THAT(run.out, StartsWith("the"));
}

}  // namespace
}  // namespace crystallite
