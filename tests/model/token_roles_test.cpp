#include "engine/model/token_roles.h"

#include "engine/formats/hugging_face_tokenizer.h"
#include "tests/support/shared_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

/// A source that has a tokenizer and nothing else.
class TokenizerSource final : public ModelSource {
public:
    explicit TokenizerSource(TokenizerData data) : data_(std::move(data)) {}

    [[nodiscard]] const std::string& displayName() const override { return name_; }
    [[nodiscard]] uint64_t fileBytes() const override { return 0; }
    [[nodiscard]] const std::string& fingerprint() const override { return name_; }
    [[nodiscard]] std::optional<std::string> findString(std::string_view /*key*/) const override { return std::nullopt; }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view /*key*/) const override { return std::nullopt; }
    [[nodiscard]] std::optional<double> findFloat(std::string_view /*key*/) const override { return std::nullopt; }
    [[nodiscard]] std::optional<bool> findBool(std::string_view /*key*/) const override { return std::nullopt; }
    [[nodiscard]] std::vector<std::string> keys() const override { return {}; }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override { return data_; }

private:
    std::string name_ = "tokenizer";
    TokenizerData data_;
    std::vector<StoredTensor> tensors_;
};

std::vector<TokenId> endsFor(const char* family, const TokenizerData& data, uint32_t vocabulary) {
    ModelConfig config;
    config.family = family;
    config.vocabulary = vocabulary;
    config.outputVocabulary = vocabulary;
    const Family* const row = findFamily(family);
    EXPECT_NE(row, nullptr) << family;
    const Result<void> read = readTokenRoles(TokenizerSource(data), *row, config);
    EXPECT_TRUE(read) << read.error().message;
    return config.endIds;
}

constexpr TokenKind kControl = TokenKind::Control;
constexpr TokenKind kNormal = TokenKind::Normal;

/// Models that write left to right have no mask; something must stand for the slots that are not written yet, and never come out.
TEST(TokenRoles, LetAnIdThatNothingElseNeedsStandForAnOpenSlotWhereThereIsNoMask) {
    const auto placeholderOf = [](const TokenizerData& data, uint32_t vocabulary) {
        ModelConfig config;
        config.family = "llama";
        config.vocabulary = vocabulary;
        config.outputVocabulary = vocabulary;
        const Result<void> read = readTokenRoles(TokenizerSource(data), *findFamily("llama"), config);
        EXPECT_TRUE(read) << read.error().message;
        EXPECT_EQ(config.hasMask, data.mask.has_value());
        EXPECT_TRUE(std::binary_search(config.forbiddenIds.begin(), config.forbiddenIds.end(), config.maskId));
        return config.maskId;
    };
    TokenizerData data{.tokens = {"<unk>", "<s>", "</s>", "x", "<|reserved|>", "<|eot|>"},
                       .kinds = {TokenKind::Unknown, kControl, kControl, kNormal, kControl, kControl},
                       .bos = 1,
                       .eos = 2,
                       .eot = 5};

    EXPECT_EQ(placeholderOf(data, 8), 7U) << "a row without text";
    EXPECT_EQ(placeholderOf(data, 6), 0U) << "what an unknown text would be";
    data.kinds[0] = kNormal;
    EXPECT_EQ(placeholderOf(data, 6), 4U) << "a reserved token without a role";
    data.kinds[3] = TokenKind::Unused;
    EXPECT_EQ(placeholderOf(data, 6), 3U);
    data.mask = 4;
    EXPECT_EQ(placeholderOf(data, 6), 4U) << "a declared mask";
}

TEST(TokenRoles, EndAnAnswerWithEveryIdThatTheFilesName) {
    TokenizerData data{.tokens = {"<|mdm_mask|>", "<|endoftext|>", "<|eot_id|>", "x", "<pad>", "<stop>"},
                       .kinds = {kControl, kControl, kControl, kNormal, kControl, kControl},
                       .eos = 1,
                       .pad = 4};
    EXPECT_THAT(endsFor("llada", data, 6), ElementsAre(1, 2, 4)) << "the family's format ends a turn with eot_id";

    data.eot = 2;
    data.ends = {5, 1, 99};
    EXPECT_THAT(endsFor("llada", data, 6), ElementsAre(1, 2, 5, 4)) << "each once, the padding last, none beyond the vocabulary";

    data.ends = {0};
    EXPECT_THAT(endsFor("llada", data, 6), ElementsAre(1, 2, 4)) << "the mask ends nothing";
    EXPECT_THAT(endsFor("smdm", {.tokens = {"a", "b"}, .eos = 1, .mask = 0}, 2), ElementsAre(1)) << "no format, no stops of one";
}

/// Qwen2's own files, as Dream and the two mdlm models have them, with the mask that each of them adds.
TEST(TokenRoles, OfTheQwenFamiliesAreThoseThatTheyPublish) {
    REQUIRE_SHARED_DATA(shared);
    Result<TokenizerData> data = readHuggingFaceTokenizer(shared / "tokenizers/qwen2");
    ASSERT_TRUE(data) << data.error().message;
    ASSERT_EQ(data->eot, 151645U);
    data->tokens.resize(151670, "<|mask|>");
    data->kinds.resize(151670, kControl);
    constexpr TokenId kEndOfText = 151643;
    constexpr TokenId kEndOfTurn = 151645;

    data->eos = kEndOfText;
    data->pad = kEndOfText;
    data->mask = 151666;
    EXPECT_THAT(endsFor("dream", *data, 152064), ElementsAre(kEndOfText, kEndOfTurn));

    data->eos = kEndOfTurn;
    data->mask = 151669;
    EXPECT_THAT(endsFor("qwen3-mdlm", *data, 151936), ElementsAre(kEndOfTurn, kEndOfText)) << "with which it fills the canvas";

    data->pad.reset();
    data->chatTemplate.clear();
    EXPECT_THAT(endsFor("qwen3-mdlm", *data, 151936), ElementsAre(kEndOfTurn));
    EXPECT_THAT(endsFor("qwen2-mdlm", *data, 151936), UnorderedElementsAre(kEndOfTurn, kEndOfText)) << "chatml-qwen stops at both";
}

}  // namespace
}  // namespace crystallite
