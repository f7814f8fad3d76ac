#include "engine/model/opened_model.h"

#include "engine/model/model_config.h"
#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

OpenOptions saying(const std::string& family, const std::filesystem::path& tokenizer = {}) {
    return {.family = family, .tokenizer = tokenizer};
}

/// A folder of type qwen2, which may be three families, without a tokenizer; and a file that has one.
class OpenedModelTest : public testing::Test {
protected:
    OpenedModelTest() {
        writeCheckpoint(model_, randomCheckpoint("open-dcoder", 1, WeightFormat::BF16));
        writeFile(tokenizer_, randomLlada({}, 1, WeightFormat::F16));
    }
    [[nodiscard]] Result<OpenedModel> open(const OpenOptions& said = {}) const { return openRemembering(model_.string(), said, store_); }
    [[nodiscard]] OpenedModel opened(const OpenOptions& said = {}) const {
        Result<OpenedModel> result = open(said);
        EXPECT_TRUE(result) << result.error().message;
        return result ? std::move(*result) : OpenedModel{};
    }

    TemporaryFolder folder_;
    std::filesystem::path model_ = folder_ / "checkpoint";
    std::filesystem::path tokenizer_ = folder_ / "tokenizer.gguf";
    AnswerStore store_ = AnswerStore(folder_ / "answers");
};

TEST_F(OpenedModelTest, AsksOnce) {
    const Result<OpenedModel> silent = open();
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().kind, ErrorKind::Ambiguous);
    EXPECT_THAT(silent.error().choices, ElementsAre("open-dcoder", "qwen2-mdlm", "qwen2-bd3lm", "dream", "qwen2"));

    const OpenedModel answered = opened(saying("open-dcoder", tokenizer_));
    const OpenedModel again = opened();

    EXPECT_THAT(answered.notes, IsEmpty());
    EXPECT_THAT(again.notes, IsEmpty());
    EXPECT_EQ(again.answers, (Answers{.family = "open-dcoder", .tokenizer = tokenizer_, .chatFormat = ""}));
    EXPECT_EQ(again.identity, answered.identity);
    EXPECT_EQ(answered.remembered, answered.answers);
    EXPECT_EQ(again.remembered, answered.answers);
    const Result<ModelConfig> config = readModelConfig(*again.source);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->family, "open-dcoder");
}

TEST_F(OpenedModelTest, AsksOnceAboutAFileOfAnotherProgram) {
    model_ = folder_ / "model.gguf";
    LladaSizes sizes;
    sizes.architecture = "llama";
    writeFile(model_, randomLladaBuilder(sizes, 1, WeightFormat::F16).without("llama.attention.causal").build());
    EXPECT_EQ(readModelConfig(*opened().source).error().kind, ErrorKind::Ambiguous);

    static_cast<void>(opened(saying("diffullama")));

    const Result<ModelConfig> config = readModelConfig(*opened().source);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->family, "diffullama");
}

TEST_F(OpenedModelTest, PrefersWhatIsSaidNowAndRemembersThat) {
    static_cast<void>(opened(saying("open-dcoder", tokenizer_)));

    EXPECT_EQ(opened(saying("qwen2-mdlm")).answers.family, "qwen2-mdlm");

    EXPECT_EQ(opened().answers, (Answers{.family = "qwen2-mdlm", .tokenizer = tokenizer_, .chatFormat = ""}));
}

TEST_F(OpenedModelTest, RemembersNothingThatDoesNotWork) {
    EXPECT_EQ(open(saying("diffugpt", tokenizer_)).error().kind, ErrorKind::InvalidArgument);
    EXPECT_TRUE(open(saying("open-dcoder", folder_ / "absent.gguf"))) << "a tokenizer is read when it is needed";
    EXPECT_TRUE(open(saying("open-dcoder"))) << "but the model has none";

    EXPECT_EQ(open().error().kind, ErrorKind::Ambiguous);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "answers"));
}

TEST_F(OpenedModelTest, RemembersAChatFormat) {
    OpenedModel model = opened(saying("open-dcoder", tokenizer_));

    ASSERT_TRUE(rememberChatFormat(model, "chatml", store_));

    EXPECT_EQ(model.answers.chatFormat, "chatml");
    EXPECT_EQ(model.remembered, model.answers);
    EXPECT_EQ(opened().answers, model.answers);
}

TEST_F(OpenedModelTest, SaysWhyAnAnswerIsNotUsed) {
    static_cast<void>(opened(saying("open-dcoder", tokenizer_)));
    std::filesystem::rename(tokenizer_, folder_ / "moved.gguf");
    const OpenedModel moved = opened();
    EXPECT_THAT(moved.notes, ElementsAre(AllOf(HasSubstr("tokenizer.gguf'"), HasSubstr("no longer there"))));
    EXPECT_EQ(moved.answers.family, "open-dcoder");

    const std::string file = moved.identity + ".json";
    writeText(folder_.path() / "answers" / file, R"({"family": "from-the-future", "chat_format": "telepathy"})");
    const Result<OpenedModel> newer = open();
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().kind, ErrorKind::Ambiguous);
    EXPECT_THAT(newer.error().message, AllOf(HasSubstr("'from-the-future'"), HasSubstr("'telepathy'")));

    writeText(folder_.path() / "answers" / file, "{");
    const Result<OpenedModel> damaged = open();
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().kind, ErrorKind::Ambiguous);
    EXPECT_THAT(damaged.error().message, HasSubstr("is damaged"));
    static_cast<void>(opened(saying("open-dcoder", folder_ / "moved.gguf")));
    EXPECT_THAT(opened().notes, IsEmpty());
}

TEST_F(OpenedModelTest, GoesOnWhereNothingCanBeRemembered) {
    writeText(folder_ / "file", "");
    const AnswerStore blocked(folder_ / "file/answers");

    const Result<OpenedModel> result = openRemembering(model_.string(), saying("open-dcoder", tokenizer_), blocked);

    ASSERT_TRUE(result) << result.error().message;
    EXPECT_THAT(result->notes, ElementsAre(AllOf(HasSubstr("could not be remembered"), HasSubstr("file/answers'"))));
    EXPECT_EQ(result->answers.family, "open-dcoder");
    EXPECT_TRUE(result->remembered.empty());
}

TEST_F(OpenedModelTest, TakesAChoiceThatNobodyAskedForAsOneForThisRun) {
    model_ = folder_ / "model.gguf";
    writeFile(model_, randomLlada({}, 2, WeightFormat::F16));

    const OpenedModel chosen = opened(saying("llada", tokenizer_));

    EXPECT_EQ(chosen.answers.tokenizer, tokenizer_);
    EXPECT_TRUE(chosen.remembered.empty());
    EXPECT_THAT(chosen.notes, IsEmpty());
    EXPECT_TRUE(opened().answers.empty());
}

TEST_F(OpenedModelTest, RemembersNothingAboutAnEmbeddedModel) {
    Result<OpenedModel> result = openRemembering(kDefaultModel, saying("llada"), store_);

    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->identity, "");
    EXPECT_THAT(result->notes, IsEmpty());
    EXPECT_TRUE(rememberChatFormat(*result, "chatml", store_));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "answers"));
}

}  // namespace
}  // namespace crystallite
