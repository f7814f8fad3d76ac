#include "tests/cli/command_line.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cstring>
#include <fstream>
#include <iterator>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pointwise;

// The embedded model's mask is 0, and its rows predict their own slots.
const std::vector<std::string> kLogits = {"logits", "--device", "cpu", "--tokens", "937,738,0"};

Outcome logits(std::vector<std::string> more) {
    more.insert(more.begin(), kLogits.begin(), kLogits.end());
    return runCli(more);
}

TEST(CliLogits, PrintsAndWritesTheSameNumbers) {
    const ScratchFolder folder;
    const Outcome outcome = logits({"--json", "--npy", folder.file("rows.npy")});

    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const nlohmann::json printed = nlohmann::json::parse(outcome.out);
    EXPECT_THAT(printed.at("tokens").get<std::vector<int>>(), ElementsAre(937, 738, 0));
    EXPECT_EQ(printed.at("rows"), "raw");
    EXPECT_EQ(printed.at("shift"), false);
    ASSERT_EQ(printed.at("logits").size(), 3U);
    std::ifstream stream(folder.file("rows.npy"), std::ios::binary);
    const std::string file{std::istreambuf_iterator<char>(stream), {}};
    const size_t width = printed.at("logits")[0].size();
    const size_t dataBytes = 3 * width * sizeof(float);
    ASSERT_GT(file.size(), dataBytes);
    const size_t headerBytes = file.size() - dataBytes;
    EXPECT_EQ(headerBytes % 64, 0U);
    EXPECT_THAT(file.substr(0, headerBytes), HasSubstr("'shape': (3, " + std::to_string(width) + ")"));
    for (size_t row = 0; row < 3; ++row) {
        for (size_t id = 0; id < width; ++id) {
            float written = 0.0F;
            std::memcpy(&written, file.data() + headerBytes + (row * width + id) * sizeof written, sizeof written);
            ASSERT_EQ(written, printed.at("logits")[row][id].get<float>()) << "row " << row << ", id " << id;
        }
    }
}

TEST(CliLogits, AlignsRowsWithTheSlotsThatTheyPredict) {
    const ScratchFolder folder;
    const std::string model = folder.file("shifted.gguf");
    writeFile(model, randomLlada({.shiftLogits = true}, 1, WeightFormat::F32));
    const Outcome raw = runCli({"logits", "-m", model, "--device", "cpu", "--tokens", "70,71,0", "--json"});
    const Outcome aligned = runCli({"logits", "-m", model, "--device", "cpu", "--tokens", "70,71,0", "--json", "--aligned"});

    ASSERT_EQ(raw.exitCode, 0) << raw.err;
    ASSERT_EQ(aligned.exitCode, 0) << aligned.err;
    using Rows = std::vector<std::vector<float>>;
    const auto rows = nlohmann::json::parse(raw.out).at("logits").get<Rows>();
    const auto slots = nlohmann::json::parse(aligned.out).at("logits").get<Rows>();
    // A row may be summed in another order where it stands elsewhere; two rows are of the order of 1 apart.
    const auto isRow = [&rows](size_t row) { return Pointwise(FloatNear(2e-4F), rows.at(row)); };
    ASSERT_EQ(slots.size(), 3U);
    EXPECT_THAT(slots[0], isRow(0));
    EXPECT_THAT(slots[1], isRow(0));
    EXPECT_THAT(slots[2], isRow(1));
    EXPECT_THAT(slots[2], Not(isRow(0)));
}

TEST(CliLogits, SaysWhatIsWrong) {
    const Outcome foreign = runCli({"logits", "--device", "cpu", "--tokens", "1,99999", "--json"});
    const Outcome nowhere = logits({});
    const Outcome unwritable = logits({"--npy", "/nonexistent/rows.npy"});

    EXPECT_EQ(foreign.exitCode, 2);
    EXPECT_THAT(foreign.err, HasSubstr("token id 99999 is outside the vocabulary of 2048"));
    EXPECT_EQ(nowhere.exitCode, 2);
    EXPECT_EQ(unwritable.exitCode, 3);
    EXPECT_THAT(unwritable.err, HasSubstr("'/nonexistent/rows.npy'"));
}

TEST(CliTokenIds, StandForTheTextThatTheyAre) {
    const std::vector<std::string> run = {"generate", "--device", "cpu", "--length", "6", "--show", "json"};
    std::vector<std::string> fromText = run;
    fromText.insert(fromText.end(), {"-p", "Once upon a time"});
    const Outcome text = runCli(fromText);
    ASSERT_EQ(text.exitCode, 0) << text.err;
    const nlohmann::json first = nlohmann::json::parse(text.out.substr(0, text.out.find('\n')));
    std::string ids;
    for (size_t i = 0; i < first.at("prompt_tokens").get<size_t>(); ++i) {
        ids += (ids.empty() ? "" : ",") + first.at("tokens")[i].dump();
    }

    std::vector<std::string> fromIds = run;
    fromIds.insert(fromIds.end(), {"--token-ids", ids});
    const Outcome numbers = runCli(fromIds);

    ASSERT_EQ(numbers.exitCode, 0) << numbers.err;
    const nlohmann::json same = nlohmann::json::parse(numbers.out.substr(0, numbers.out.find('\n')));
    EXPECT_EQ(same.at("prompt"), "Once upon a time");
    EXPECT_EQ(same.at("tokens"), first.at("tokens"));
}

TEST(CliTokenIds, OpenASlotWhereTheMaskStandsAndRefuseWhatTheModelDoesNotKnow) {
    const Outcome gap = runCli({"generate", "--device", "cpu", "--token-ids", "937,0,738,0", "--show", "json"});
    const Outcome foreign = runCli({"generate", "--device", "cpu", "--token-ids", "937,2048"});
    const Outcome both = runCli({"generate", "--device", "cpu", "--token-ids", "937", "-p", "Once"});

    ASSERT_EQ(gap.exitCode, 0) << gap.err;
    const nlohmann::json run = nlohmann::json::parse(gap.out.substr(0, gap.out.find('\n')));
    EXPECT_EQ(run.at("prompt_tokens"), 1);
    EXPECT_THAT(run.at("tokens").get<std::vector<int>>(), ElementsAre(937, 0, 738, 0));
    EXPECT_EQ(foreign.exitCode, 2);
    EXPECT_THAT(foreign.err, HasSubstr("2048 is outside the vocabulary"));
    EXPECT_EQ(both.exitCode, 2);
}

}  // namespace
}  // namespace crystallite
