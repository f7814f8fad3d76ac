#include "tests/cli/command_line.h"
#include "tests/support/hugging_face_files.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace crystallite {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A folder with a tokenizer alone, as a person may have it without the weights.
std::string tokenizerFolder(const ScratchFolder& scratch, const std::string& chatTemplate) {
    const std::string folder = scratch.file("model");
    std::filesystem::create_directory(folder);
    std::ofstream(folder + "/tokenizer.json") << byteLevelTokenizerJson({"a b"}).dump();
    const nlohmann::json added = {{"300", {{"content", "<|im_start|>"}, {"special", true}}},
                                  {"301", {{"content", "<|im_end|>"}, {"special", true}}}};
    std::ofstream(folder + "/tokenizer_config.json")
        << nlohmann::json({{"added_tokens_decoder", added}, {"chat_template", chatTemplate}}).dump();
    return folder;
}

constexpr const char* kChatMl = "{{ '<|im_start|>' + role + '<|im_end|>' }}";

TEST(CliTokenize, PrintsOneTokenALine) {
    const ScratchFolder scratch;
    const Outcome outcome = runCli({"tokenize", "-m", tokenizerFolder(scratch, kChatMl), "ab\n\xff<|mask|>"});

    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_EQ(outcome.out,
              "    0     256  'ab'\n"
              "    1      10  '↵'\n"
              "    2     255  '\\xFF'\n"
              "    3     257  '<|mask|>'  control\n");
}

TEST(CliTokenize, ReadsAFileByteForByte) {
    const ScratchFolder scratch;
    const std::string folder = tokenizerFolder(scratch, kChatMl);
    std::ofstream(scratch.file("text"), std::ios::binary) << "a\r\nb\n";

    EXPECT_EQ(runCli({"tokenize", "-m", folder, "--ids", "--file", scratch.file("text")}).out, "97 13 10 98 10\n");
    EXPECT_EQ(runCli({"tokenize", "-m", folder, "--ids", ""}).out, "\n");
}

TEST(CliTokenize, AppliesTheChatFormat) {
    const ScratchFolder scratch;
    const std::string folder = tokenizerFolder(scratch, kChatMl);

    const Outcome strip = runCli({"tokenize", "-m", folder, "--chat", "--system", "b", "ab"});
    EXPECT_EQ(strip.exitCode, 0) << strip.err;
    EXPECT_THAT(strip.out, StartsWith("    0     300  '<|im_start|>'  control\n"));
    EXPECT_EQ(std::count(strip.out.begin(), strip.out.end(), '\n'), 31)
        << "three openings, two endings, a line break behind each, names of roles in letters";
    const std::string thinking = runCli({"tokenize", "-m", folder, "--ids", "--chat", "--chat-format", "chatml-no-thinking", "a"}).out;
    EXPECT_THAT(thinking, ::testing::EndsWith("62 10 10\n"));
}

TEST(CliTokenize, SaysWhenThereIsNoKnownFormat) {
    const ScratchFolder scratch;
    const std::string folder = tokenizerFolder(scratch, "{{ 'Human: ' + text }}");

    const Outcome unknown = runCli({"tokenize", "-m", folder, "--chat", "a"});
    EXPECT_EQ(unknown.exitCode, 3);
    EXPECT_THAT(unknown.err, HasSubstr("send plain text, or name one of: llada"));
    const Outcome wrong = runCli({"tokenize", "-m", folder, "--chat", "--chat-format", "morse", "a"});
    EXPECT_EQ(wrong.exitCode, 2);
    EXPECT_THAT(wrong.err, HasSubstr("'morse'"));
    EXPECT_EQ(runCli({"tokenize", "-m", folder, "--system", "b", "a"}).exitCode, 2) << "--system needs --chat";
    EXPECT_EQ(runCli({"tokenize", "-m", folder}).exitCode, 2);
    EXPECT_EQ(runCli({"tokenize", "-m", folder, "a", "--file", "b"}).exitCode, 2);
    EXPECT_EQ(runCli({"tokenize", "-m", folder, "--file", scratch.file("absent")}).exitCode, 3);
}

TEST(CliTokenize, KnowsTheEmbeddedModels) {
    const Outcome outcome = runCli({"tokenize", "Once upon<|mask|>"});

    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("'Once'"));
    EXPECT_THAT(outcome.out, HasSubstr("'<|mask|>'  control"));
    EXPECT_EQ(runCli({"tokenize", "-m", "sudoku-6x6", "--ids", "12"}).exitCode, 0);
}

TEST(CliGenerate, SendsATurnInTheNamedFormat) {
    const Outcome outcome =
        runCli({"generate", "--device", "cpu", "--chat", "--chat-format", "chatml", "-p", "Hi", "--length", "4", "--show", "final"});

    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, StartsWith("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"));
    EXPECT_EQ(runCli({"generate", "--device", "cpu", "--chat", "-p", "Hi"}).exitCode, 3) << "the embedded model has no template";
}

}  // namespace
}  // namespace crystallite
