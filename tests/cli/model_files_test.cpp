#include "tests/cli/command_line.h"
#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

namespace crystallite {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

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

size_t filesIn(const std::filesystem::path& folder) {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

/// A gigabyte of positions takes time to write, and none on the disk until then.
void writeSparseModel(const std::string& path) {
    constexpr uint32_t kSlots = uint32_t{1} << 23;
    constexpr uint64_t kOffset = uint64_t{1} << 20;  // behind everything else
    constexpr uint32_t kF16 = 1;
    LladaSizes sizes;
    sizes.contextLength = kSlots;
    GgufBuilder builder = randomLladaBuilder(sizes, 1, WeightFormat::F16);
    writeFile(path, builder.tensorAt("position_embd.weight", {sizes.width, kSlots}, kF16, kOffset).build());
    std::filesystem::resize_file(path, std::filesystem::file_size(path) + kOffset + uint64_t{kSlots} * sizes.width * 2);
}

TEST(CliConvert, LeavesNothingWhenItIsStopped) {
    const ScratchFolder folder;
    writeSparseModel(folder.file("model.gguf"));

    const Outcome stopped =
        runCliAndSignal({"convert", folder.file("model.gguf"), folder.file("out.gguf")}, "of memory are needed", SIGINT);

    EXPECT_EQ(stopped.exitCode, 130) << stopped.err;
    EXPECT_THAT(stopped.err, HasSubstr("crystallite-cli: writing 'out.gguf' was stopped; nothing was left behind\n"));
    EXPECT_EQ(filesIn(folder.file("")), 1U) << "the model alone";
}

TEST(CliConvert, LeavesNothingWhereTheFileCannotGrow) {
    const ScratchFolder folder;

    const Outcome full = runCliWithin({"convert", "stories", folder.file("out.gguf")}, 1'000'000);

    EXPECT_EQ(full.exitCode, 3) << full.err;
    EXPECT_THAT(full.err, HasSubstr("crystallite-cli: cannot write '" + folder.file("out.gguf") + "': File too large\n"));
    EXPECT_EQ(filesIn(folder.file("")), 0U);
}

TEST(CliConvert, DoesNotReadWhatItCouldNotWrite) {
    const ScratchFolder folder;
    writeText(folder.file("model.gguf"), "no model at all");
    writeText(folder.file("old.gguf"), "kept");
    std::filesystem::create_symlink("model.gguf", folder.file("link.gguf"));

    const Outcome onto = runCli({"convert", folder.file("model.gguf"), folder.file("model.gguf")});
    const Outcome link = runCli({"convert", folder.file("model.gguf"), folder.file("link.gguf")});
    const Outcome there = runCli({"convert", folder.file("model.gguf"), folder.file("old.gguf")});
    const Outcome place = runCli({"convert", folder.file("model.gguf"), folder.file("old.gguf/out.gguf")});
    const Outcome fine = runCli({"convert", folder.file("model.gguf"), folder.file("out.gguf")});

    EXPECT_EQ(onto.exitCode, 2);
    EXPECT_THAT(onto.err, HasSubstr("is the model itself"));
    EXPECT_EQ(link.exitCode, 2);
    EXPECT_THAT(link.err, HasSubstr("is the model itself"));
    EXPECT_EQ(there.exitCode, 2);
    EXPECT_THAT(there.err, HasSubstr("exists already"));
    EXPECT_EQ(place.exitCode, 3);
    EXPECT_THAT(place.err, HasSubstr("Not a directory"));
    EXPECT_EQ(fine.exitCode, 3);
    EXPECT_THAT(fine.err, HasSubstr("'model.gguf'"));
    for (const Outcome& outcome : {onto, link, there, place, fine}) {
        expectSentence(outcome.err);
    }
    EXPECT_EQ(filesIn(folder.file("")), 3U) << "as before";
}

TEST(CliConvert, NamesAFolderThatCannotBeRead) {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder.file("empty"));
    // As the cache of a downloader looks after its files were deleted.
    writeCheckpoint(folder.file("dangling"), randomCheckpoint("llada", 1, WeightFormat::F16));
    std::filesystem::remove(folder.file("dangling/model.safetensors"));
    std::filesystem::create_symlink("../blobs/0123", folder.file("dangling/model.safetensors"));

    for (const char* const name : {"absent", "empty", "dangling"}) {
        const Outcome outcome = runCli({"convert", folder.file(name), folder.file("out.gguf")});

        EXPECT_EQ(outcome.exitCode, 3) << name;
        expectSentence(outcome.err);
        EXPECT_FALSE(std::filesystem::exists(folder.file("out.gguf")));
    }
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
    EXPECT_THAT(silent.err, HasSubstr("say which it is: open-dcoder, qwen2-mdlm, qwen2-bd3lm, dream, qwen2 (--family NAME)"));
    EXPECT_THAT(silent.out, HasSubstr("  open-dcoder    needs a tokenizer before more can be said\n"));
    EXPECT_EQ(impossible.exitCode, 2);
    expectSentence(impossible.err);
}

TEST_F(CliFolder, IsAskedAboutOnceOnly) {
    const std::string model = scratch_.file("checkpoint");
    const std::string tokenizer = scratch_.file("tokenizer.gguf");

    const Outcome answered = info({"--family", "open-dcoder", "--tokenizer", tokenizer});
    const Outcome again = info({});
    const Outcome run = runCli({"generate", "-m", model, "--device", "cpu", "-p", "the", "--length", "8", "--show", "final"});
    const Outcome forgotten = info({"--forget"});
    const Outcome twice = info({"--forget"});
    const Outcome asked = info({});

    EXPECT_THAT(answered.out, HasSubstr("as you said      family open-dcoder, tokenizer '" + tokenizer + "'; 'info --forget' forgets it"));
    const auto untilMemory = [](const Outcome& outcome) { return outcome.out.substr(0, outcome.out.find("memory ")); };
    EXPECT_EQ(untilMemory(again), untilMemory(answered)) << "what a device offers may change";
    EXPECT_EQ(again.err, "");
    EXPECT_EQ(run.exitCode, 0) << run.err;
    EXPECT_EQ(forgotten.exitCode, 0);
    EXPECT_THAT(forgotten.out, HasSubstr("family open-dcoder, tokenizer '" + tokenizer + "' is forgotten"));
    EXPECT_THAT(twice.out, HasSubstr("nothing was remembered"));
    EXPECT_EQ(asked.exitCode, 2) << asked.out;
}

TEST_F(CliFolder, SaysOnceHowItIsSpokenTo) {
    const std::vector<std::string> opened = {"--family", "open-dcoder", "--tokenizer", scratch_.file("tokenizer.gguf")};
    ASSERT_EQ(info(opened).exitCode, 0);
    const auto tokenize = [this](std::vector<std::string> more) {
        more.insert(more.begin(), {"tokenize", "-m", scratch_.file("checkpoint"), "the", "--chat", "--ids"});
        return runCli(more);
    };

    const Outcome asked = tokenize({});
    const Outcome answered = tokenize({"--chat-format", "llada-moe"});
    const Outcome again = tokenize({});
    const Outcome other = tokenize({"--chat-format", "chatml"});

    EXPECT_EQ(asked.exitCode, 3);
    EXPECT_THAT(asked.err, HasSubstr("no chat template"));
    EXPECT_EQ(answered.exitCode, 0) << answered.err;
    EXPECT_EQ(again.out, answered.out);
    EXPECT_NE(other.out, answered.out);
    EXPECT_THAT(info({}).out, HasSubstr("chat format chatml")) << "the last that was said";
}

TEST_F(CliFolder, RunsWhereNothingCanBeRemembered) {
    ASSERT_EQ(info({"--family", "open-dcoder", "--tokenizer", scratch_.file("tokenizer.gguf")}).exitCode, 0);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(testDataHome())) {
        if (entry.is_regular_file()) {
            std::filesystem::resize_file(entry.path(), 5);
        }
    }

    const Outcome damaged = info({});
    std::filesystem::remove_all(testDataHome());
    writeText(testDataHome(), "");
    const Outcome blocked = info({"--family", "open-dcoder", "--tokenizer", scratch_.file("tokenizer.gguf")});

    EXPECT_EQ(damaged.exitCode, 2);
    expectSentence(damaged.err);
    EXPECT_THAT(damaged.err, AllOf(HasSubstr("is damaged"), HasSubstr("(--family NAME)")));
    EXPECT_EQ(blocked.exitCode, 0);
    expectSentence(blocked.err);
    EXPECT_THAT(blocked.err, HasSubstr("could not be remembered"));
}

TEST_F(CliFolder, IsExplainedInOneScreen) {
    const Outcome explained = info({"--family", "open-dcoder", "--tokenizer", scratch_.file("tokenizer.gguf")});

    ASSERT_EQ(explained.exitCode, 0) << explained.err;
    for (const char* const line :
         {"architecture     open-dcoder", "layers           2 of width 48", "4 heads of 12, 2 key/value heads, biases", "BF16 ",
          "mask 0 '<|mask|>'; an answer ends at 2 '<|eot|>'", "row i predicts position i + 1", "tokenizer        byte-level BPE",
          "chat template    none; --chat needs --chat-format NAME", "policies         llada, dream, ", "memory           ", "  0 "}) {
        EXPECT_THAT(explained.out, HasSubstr(line));
    }
    EXPECT_LE(std::count(explained.out.begin(), explained.out.end(), '\n'), 30) << explained.out;
}

TEST_F(CliFolder, IsExplainedBeforeItIsKnownWhatItIs) {
    const Outcome asked = info({"--tokenizer", scratch_.file("tokenizer.gguf")});

    EXPECT_EQ(asked.exitCode, 2);
    expectSentence(asked.err);
    for (const char* const line :
         {"sizes            2 layers, width 48, feed-forward ", ", 4 heads, 2 of keys and values, 12 dimensions per head, up to ",
          " slots, a vocabulary of ", "parameters       ", "  BF16           ", "tokenizer        byte-level BPE", "may be one of\n",
          "  open-dcoder    row i predicts position i + 1; every slot sees every slot; denoises in any order; mask 0 '<|mask|>'\n",
          "  qwen2-mdlm     row i predicts position i; ", "  dream          row i predicts position i + 1; ",
          "say which        add --family NAME"}) {
        EXPECT_THAT(asked.out, HasSubstr(line));
    }
    EXPECT_THAT(asked.out, Not(HasSubstr("architecture"))) << "that is the question";
    EXPECT_LE(std::count(asked.out.begin(), asked.out.end(), '\n'), 30) << asked.out;
    EXPECT_EQ(info({}).exitCode, 2) << "nothing was answered";
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
