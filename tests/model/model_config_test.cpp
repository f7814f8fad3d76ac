#include "engine/model/model_config.h"

#include "engine/formats/gguf_model.h"
#include "engine/model/families/family.h"
#include "tests/support/gguf_builder.h"
#include "tests/support/shared_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Result<ModelConfig> configOf(const std::vector<std::byte>& bytes) {
    const auto source = openGgufBytes(bytes, "model.gguf");
    return source ? readModelConfig(**source) : Result<ModelConfig>(source.error());
}

Error errorOf(const std::vector<std::byte>& bytes) {
    const Result<ModelConfig> config = configOf(bytes);
    return config ? Error{ErrorKind::Cancelled, "was accepted"} : config.error();
}

GgufBuilder smallBuilder() {
    return randomLladaBuilder({}, 1, WeightFormat::F32);
}

/// The small model with another value under one key.
std::vector<std::byte> withNumber(std::string_view key, uint32_t value) {
    return smallBuilder().without(key).number(key, value).build();
}

TEST(ModelConfig, ReadsEverySizeOfALlada) {
    const LladaSizes sizes{
        .layers = 3, .width = 48, .heads = 6, .kvHeads = 2, .feedForward = 80, .vocabulary = 270, .contextLength = 99, .tiedHead = false};

    const Result<ModelConfig> config = configOf(randomLlada(sizes, 1, WeightFormat::BF16));

    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->architecture, "llada");
    EXPECT_EQ(config->name, "random llada");
    EXPECT_EQ(config->layers, 3U);
    EXPECT_EQ(config->width, 48U);
    EXPECT_EQ(config->heads, 6U);
    EXPECT_EQ(config->kvHeads, 2U);
    EXPECT_EQ(config->headDim, 8U);
    EXPECT_EQ(config->rotaryDims, 8U) << "absent: all dimensions turn";
    EXPECT_EQ(config->feedForward, 80U);
    EXPECT_EQ(config->vocabulary, 270U);
    EXPECT_EQ(config->contextLength, 99U);
    EXPECT_EQ(config->normEpsilon, 1e-5F);
    EXPECT_EQ(config->ropeTheta, 10000.0);
    EXPECT_EQ(config->ropePairing, RopePairing::Interleaved);
    EXPECT_EQ(config->visibility, Visibility::Full);
    EXPECT_FALSE(config->tiedHead);
    EXPECT_FALSE(config->shiftLogits);
    EXPECT_FALSE(config->qkvBias);
    EXPECT_FALSE(config->qkNorm);
    // Embedding and head, final norm; per layer two norms, q and o (48 x 48), k and v (48 x 16), three of the feed-forward.
    EXPECT_EQ(config->parameters, 2U * 270 * 48 + 48 + 3U * (2 * 48 + 2 * 48 * 48 + 2 * 48 * 16 + 3 * 48 * 80));
}

TEST(ModelConfig, ForbidsTheMaskAndIdsWithoutText) {
    const Result<ModelConfig> config = configOf(randomLlada({.vocabulary = 267}, 1, WeightFormat::F32));

    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->maskId, 0U);
    EXPECT_THAT(config->forbiddenIds, ElementsAre(0U, 264U, 265U, 266U));
    EXPECT_THAT(config->endIds, ElementsAre(2U, 1U));
}

/// resources/models/training/configs/stories.toml
TEST(ModelConfig, OfTheEmbeddedModelHasTheNumbersItWasTrainedWith) {
    const auto source = openEmbeddedModel(kDefaultModel);
    ASSERT_TRUE(source) << source.error().message;

    const Result<ModelConfig> config = readModelConfig(**source);

    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->layers, 6U);
    EXPECT_EQ(config->width, 192U);
    EXPECT_EQ(config->heads, 4U);
    EXPECT_EQ(config->kvHeads, 4U);
    EXPECT_EQ(config->feedForward, 512U);
    EXPECT_EQ(config->vocabulary, 2048U);
    EXPECT_EQ(config->contextLength, 192U);
    EXPECT_EQ(config->normEpsilon, 1e-5F);
    EXPECT_EQ(config->ropeTheta, 500000.0);
    EXPECT_TRUE(config->tiedHead);
    EXPECT_EQ(config->maskId, 0U);
    EXPECT_THAT(config->endIds, ElementsAre(2U));
    EXPECT_THAT(config->forbiddenIds, ElementsAre(0U));
}

TEST(ModelConfig, ReadsFilesOfOtherConverters) {
    REQUIRE_SHARED_DATA(shared);
    const auto llada = openModel(shared / "cases/tiny-llada-f32.gguf");
    const auto dream = openModel(shared / "cases/tiny-dream-tied-f32.gguf");
    ASSERT_TRUE(llada && dream);

    const Result<ModelConfig> lladaConfig = readModelConfig(**llada);
    const Result<ModelConfig> dreamConfig = readModelConfig(**dream);

    ASSERT_TRUE(lladaConfig) << lladaConfig.error().message;
    EXPECT_EQ(lladaConfig->ropePairing, RopePairing::Interleaved);
    EXPECT_EQ(lladaConfig->ropeTheta, 500000.0);
    EXPECT_EQ(lladaConfig->maskId, 4082U);
    ASSERT_TRUE(dreamConfig) << dreamConfig.error().message;
    EXPECT_EQ(dreamConfig->ropePairing, RopePairing::HalfSplit);
    EXPECT_EQ(dreamConfig->kvHeads, 1U);
    EXPECT_EQ(dreamConfig->normEpsilon, 1e-6F);
    EXPECT_TRUE(dreamConfig->qkvBias);
    EXPECT_TRUE(dreamConfig->tiedHead);
    EXPECT_TRUE(dreamConfig->shiftLogits) << "the family's default, because the file says nothing";
    EXPECT_EQ(dreamConfig->maskId, 2036U);
}

TEST(ModelConfig, LetsTheFileDecideAboutTheShiftAndTheRotaryDimensions) {
    const Result<ModelConfig> shifted =
        configOf(smallBuilder().without("diffusion.shift_logits").flag("diffusion.shift_logits", true).build());
    const Result<ModelConfig> partial = configOf(smallBuilder().number("llada.rope.dimension_count", 6).build());

    ASSERT_TRUE(shifted) << shifted.error().message;
    EXPECT_TRUE(shifted->shiftLogits);
    ASSERT_TRUE(partial) << partial.error().message;
    EXPECT_EQ(partial->rotaryDims, 6U);
    EXPECT_EQ(partial->headDim, 16U);
}

TEST(ModelConfig, SaysWhichArchitecturesItRuns) {
    const Error error = errorOf(GgufBuilder().text("general.architecture", "mamba").build());

    EXPECT_EQ(error.kind, ErrorKind::Unsupported);
    EXPECT_THAT(error.message, AllOf(HasSubstr("'mamba'"), HasSubstr(supportedArchitectures())));
}

TEST(ModelConfig, NamesTheValueThatIsMissingOrImpossible) {
    EXPECT_THAT(errorOf(GgufBuilder().text("general.architecture", "llada").build()).message, HasSubstr("llada.block_count is missing"));
    EXPECT_THAT(errorOf(withNumber("llada.embedding_length", 0)).message, HasSubstr("llada.embedding_length is 0"));
    EXPECT_THAT(errorOf(withNumber("llada.context_length", 0xffffffff)).message, HasSubstr("llada.context_length is 4294967295"));
    EXPECT_THAT(errorOf(withNumber("llada.attention.head_count", 3)).message, HasSubstr("do not fit together"));
}

TEST(ModelConfig, ShowsExpectedAndActualShapes) {
    EXPECT_THAT(errorOf(withNumber("llada.feed_forward_length", 128)).message,
                AllOf(HasSubstr("blk.0.ffn_gate.weight of shape [64, 96]"), HasSubstr("needs [64, 128]")));
}

TEST(ModelConfig, NamesTheTensorThatIsAbsentOrForeign) {
    EXPECT_THAT(errorOf(withNumber("llada.block_count", 3)).message, HasSubstr("no tensor blk.2.attn_norm.weight"));
    EXPECT_THAT(errorOf(withNumber("llada.block_count", 1)).message, HasSubstr("'blk.1.attn_norm.weight'"));
    const Error bias = errorOf(smallBuilder().tensor("blk.0.attn_output.bias", {64}, 0, std::string(256, '\0')).build());
    EXPECT_EQ(bias.kind, ErrorKind::Unsupported);
    EXPECT_THAT(bias.message, HasSubstr("'blk.0.attn_output.bias'"));
}

TEST(ModelConfig, RefusesSettingsThatWouldChangeTheMathematics) {
    EXPECT_THAT(errorOf(smallBuilder().text("llada.rope.scaling.type", "yarn").build()).message, HasSubstr("'yarn'"));
    EXPECT_THAT(errorOf(smallBuilder().number("llada.attention.value_length", 8).build()).message, HasSubstr("values of 8"));
    EXPECT_THAT(errorOf(smallBuilder().number("llada.rope.dimension_count", 15).build()).message, HasSubstr("15 rotary dimensions"));
    EXPECT_THAT(errorOf(smallBuilder().number("llada.vocab_size", 271).build()).message,
                AllOf(HasSubstr("vocabulary of 271"), HasSubstr("272 rows")));
}

TEST(ModelConfig, ReadsACausalTwin) {
    const Result<ModelConfig> twin =
        configOf(randomLlada({.architecture = "llama", .causal = true, .shiftLogits = true}, 1, WeightFormat::F32));

    ASSERT_TRUE(twin) << twin.error().message;
    EXPECT_TRUE(twin->isAutoregressive());
    EXPECT_TRUE(twin->shiftLogits);
    EXPECT_EQ(twin->ropePairing, RopePairing::Interleaved);
    EXPECT_THAT(errorOf(randomLlada({.causal = true}, 1, WeightFormat::F32)).message, HasSubstr("both directions"));
    EXPECT_THAT(errorOf(randomLlada({.architecture = "llama", .causal = true}, 1, WeightFormat::F32)).message, HasSubstr("slot i + 1"));
}

GgufBuilder blockBuilder() {
    return randomLladaBuilder({.contextLength = 64, .architecture = "stable-diffcoder"}, 1, WeightFormat::F16);
}

TEST(ModelConfig, ReadsTheLengthOfABlock) {
    const Result<ModelConfig> usual = configOf(blockBuilder().build());
    const Result<ModelConfig> declared = configOf(blockBuilder().number("diffusion.block_length", 64).build());

    ASSERT_TRUE(usual) << usual.error().message;
    EXPECT_EQ(usual->visibility, Visibility::BlockCausal);
    EXPECT_EQ(usual->blockLength, 4U);
    EXPECT_TRUE(usual->hasExactCache());
    EXPECT_FALSE(usual->isAutoregressive());
    ASSERT_TRUE(declared) << declared.error().message;
    EXPECT_EQ(declared->blockLength, 64U);
}

TEST(ModelConfig, RefusesBlocksThatCannotBe) {
    const auto errorWith = [](uint32_t length) { return errorOf(blockBuilder().number("diffusion.block_length", length).build()); };
    EXPECT_EQ(errorWith(0).kind, ErrorKind::Corrupt);
    EXPECT_THAT(errorWith(0).message, HasSubstr("diffusion.block_length is 0"));
    EXPECT_EQ(errorWith(65).kind, ErrorKind::Corrupt);
    EXPECT_THAT(errorWith(65).message, AllOf(HasSubstr("blocks of 65 slots"), HasSubstr("context of 64")));
    EXPECT_EQ(errorWith(UINT32_MAX).kind, ErrorKind::Corrupt);
    const Error inFullCanvas = errorOf(smallBuilder().number("diffusion.block_length", 8).build());
    EXPECT_EQ(inFullCanvas.kind, ErrorKind::Unsupported);
    EXPECT_THAT(inFullCanvas.message, AllOf(HasSubstr("blocks of 8"), HasSubstr("family llada have none")));
    EXPECT_THAT(errorOf(randomLladaBuilder({.architecture = "stable-diffcoder", .causal = true}, 1, WeightFormat::F16).build()).message,
                HasSubstr("asks for causal attention"));
}

GgufBuilder boardBuilder(uint32_t rows, uint32_t columns, uint32_t contextLength) {
    return randomLladaBuilder({.contextLength = contextLength, .architecture = "crystallite", .learnedPositions = true, .rope = false}, 1,
                              WeightFormat::F16)
        .number("crystallite.layout.rows", rows)
        .number("crystallite.layout.columns", columns);
}

TEST(ModelConfig, ReadsLearnedPositionsAndABoard) {
    const Result<ModelConfig> config =
        configOf(boardBuilder(6, 8, 48).number("crystallite.layout.box_rows", 2).number("crystallite.layout.box_columns", 4).build());
    const Result<ModelConfig> plain = configOf(boardBuilder(6, 8, 48).build());

    ASSERT_TRUE(config) << config.error().message;
    EXPECT_TRUE(config->learnedPositions);
    EXPECT_EQ(config->rotaryDims, 0U);
    EXPECT_EQ(config->layout, (GridLayout{.rows = 6, .columns = 8, .boxRows = 2, .boxColumns = 4}));
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->layout, (GridLayout{.rows = 6, .columns = 8, .boxRows = 6, .boxColumns = 8})) << "no boxes: one of all cells";
    EXPECT_FALSE(configOf(smallBuilder().build())->layout.has_value());
}

TEST(ModelConfig, RefusesBoardsThatCannotBe) {
    EXPECT_THAT(errorOf(boardBuilder(6, 6, 48).build()).message, AllOf(HasSubstr("36 cells"), HasSubstr("48 slots")));
    EXPECT_THAT(errorOf(boardBuilder(6, 8, 48).number("crystallite.layout.box_rows", 4).build()).message, HasSubstr("impossible"));
    EXPECT_THAT(errorOf(boardBuilder(2000000000, 2000000000, 48).build()).message, HasSubstr("impossible"));
    EXPECT_THAT(errorOf(boardBuilder(0, 8, 48).build()).message, HasSubstr("crystallite.layout.rows is 0"));
    EXPECT_THAT(errorOf(smallBuilder().number("crystallite.layout.columns", 8).build()).message,
                HasSubstr("crystallite.layout.rows is missing"));
    EXPECT_THAT(
        errorOf(boardBuilder(6, 8, 48).without("crystallite.context_length").number("crystallite.context_length", 24).build()).message,
        HasSubstr("48 cells"));
}

TEST(ModelConfig, NeedsAMaskInsideTheVocabulary) {
    const Error outside = errorOf(withNumber("tokenizer.ggml.mask_token_id", 272));
    const Error undeclared = errorOf(smallBuilder().without("tokenizer.ggml.mask_token_id").build());

    EXPECT_EQ(outside.kind, ErrorKind::Corrupt);
    EXPECT_THAT(outside.message, AllOf(HasSubstr("mask id 272"), HasSubstr("vocabulary of 272")));
    EXPECT_EQ(undeclared.kind, ErrorKind::Unsupported);
    EXPECT_THAT(undeclared.message, HasSubstr("tokenizer.ggml.mask_token_id"));
}

TEST(ModelConfig, KnowsTheMaskThatFilesOfLlada8bDoNotDeclare) {
    const LladaSizes sizes{.layers = 1, .width = 8, .heads = 1, .kvHeads = 1, .feedForward = 8, .vocabulary = 126464};

    const Result<ModelConfig> config =
        configOf(randomLladaBuilder(sizes, 1, WeightFormat::F16).without("tokenizer.ggml.mask_token_id").build());

    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->maskId, 126336U);
}

}  // namespace
}  // namespace crystallite
