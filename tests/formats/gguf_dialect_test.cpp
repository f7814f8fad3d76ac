#include "engine/formats/model_source.h"

#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

Result<std::shared_ptr<const ModelSource>> open(const GgufBuilder& builder, const OpenOptions& options = {}) {
    const TemporaryFolder folder;
    writeFile(folder / "model.gguf", builder.build());
    return openModel(folder / "model.gguf", options);
}

GgufBuilder diffuse(const char* type) {
    return GgufBuilder()
        .text("general.architecture", "diffuse")
        .text("diffuse.model_type", type)
        .number("diffuse.block_count", 3)
        .number("diffuse.embedding_length", 8)
        .number("diffuse.attention.head_count", 2)
        .number("diffuse.mask_token_id", 5)
        .tensor("token_embd.weight", {8, 1}, 0, std::string(32, 'a'));
}

TEST(GgufDialect, ReadsDiffuseAsTheFamilyThatItHolds) {
    const auto llada = open(diffuse("llada"));
    const auto dream = open(diffuse("dream").real("diffuse.rope.freq_base", 1e6F));

    ASSERT_TRUE(llada) << llada.error().message;
    EXPECT_EQ((*llada)->findString("general.architecture"), "llada");
    EXPECT_EQ((*llada)->findUnsigned("llada.block_count"), 3U);
    EXPECT_EQ((*llada)->findString(kRopePairingKey), kHalfSplitPairs);
    EXPECT_EQ((*llada)->findBool("diffusion.shift_logits"), false);
    EXPECT_EQ((*llada)->findUnsigned("tokenizer.ggml.mask_token_id"), 5U);
    EXPECT_EQ((*llada)->findFloat("llada.rope.freq_base"), 500000.0);
    EXPECT_EQ((*llada)->findFloat("llada.attention.layer_norm_rms_epsilon"), 1e-5);
    EXPECT_THAT((*llada)->keys(), AllOf(Contains("llada.block_count"), Contains("general.architecture")));
    ASSERT_TRUE(dream) << dream.error().message;
    EXPECT_EQ((*dream)->findString("general.architecture"), "dream");
    EXPECT_EQ((*dream)->findBool("diffusion.shift_logits"), true);
    EXPECT_EQ((*dream)->findFloat("dream.rope.freq_base"), 1e6);
}

TEST(GgufDialect, RefusesDiffuseOfATypeThatIsNotRun) {
    const auto moe = open(diffuse("llada2_moe"));

    ASSERT_FALSE(moe);
    EXPECT_EQ(moe.error().kind, ErrorKind::Unsupported);
    EXPECT_THAT(moe.error().message, AllOf(HasSubstr("'model.gguf'"), HasSubstr("'llada2_moe'"), HasSubstr("llada and dream")));
}

TEST(GgufDialect, TakesATokenizerFromElsewhereAndKeepsItsMask) {
    const TemporaryFolder folder;
    writeFile(folder / "tokenizer.gguf", GgufBuilder()
                                             .text("tokenizer.ggml.model", "gpt2")
                                             .texts("tokenizer.ggml.tokens", {"a", "b"})
                                             .number("tokenizer.ggml.mask_token_id", 1)
                                             .build());
    const auto without = open(diffuse("llada"));
    const auto with = open(diffuse("llada"), {.family = {}, .tokenizer = folder / "tokenizer.gguf"});

    ASSERT_TRUE(without);
    const Result<TokenizerData> none = (*without)->tokenizer();
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().message, AllOf(HasSubstr("carries no tokenizer"), HasSubstr("--tokenizer")));
    ASSERT_TRUE(with);
    const Result<TokenizerData> data = (*with)->tokenizer();
    ASSERT_TRUE(data) << data.error().message;
    EXPECT_THAT(data->tokens, ElementsAre("a", "b"));
    EXPECT_EQ(data->mask, 5U);
}

TEST(GgufDialect, RefusesAMaskThatIsNoTokenId) {
    const GgufBuilder builder =
        diffuse("llada").without("diffuse.mask_token_id").raw("diffuse.mask_token_id", 10, littleEndian(uint64_t{1} << 32U));
    const auto source = open(builder.text("tokenizer.ggml.model", "gpt2").texts("tokenizer.ggml.tokens", {"a"}));

    ASSERT_TRUE(source);
    EXPECT_EQ((*source)->tokenizer().error().kind, ErrorKind::Corrupt);
}

GgufBuilder borrowed(const std::string& architecture, const char* name) {
    return GgufBuilder()
        .text("general.architecture", architecture)
        .text("general.name", name)
        .number(architecture + ".embedding_length", 8)
        .number(architecture + ".attention.head_count", 2)
        .number(architecture + ".attention.head_count_kv", 1)
        .tensor("token_embd.weight", {8, 1}, 0, std::string(32, 'a'));
}

TEST(GgufDialect, AsksForTheFamilyOfAnAutoregressiveArchitecture) {
    const auto silent = open(borrowed("qwen2", "Qwen2.5"));
    const auto named = open(borrowed("qwen3", "Qwen3 0.6B Diffusion MDLM"));
    const auto blocks = open(borrowed("qwen3", "Qwen3 0.6B diffusion bd3lm"));
    const auto chosen = open(borrowed("qwen2", "Qwen2.5"), {.family = "open-dcoder", .tokenizer = {}});
    const auto wrong = open(borrowed("qwen2", "Qwen2.5"), {.family = "diffugpt", .tokenizer = {}});

    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().kind, ErrorKind::Ambiguous);
    EXPECT_THAT(silent.error().choices, ElementsAre("open-dcoder", "qwen2-mdlm"));
    ASSERT_TRUE(named) << named.error().message;
    EXPECT_EQ((*named)->findString("general.architecture"), "qwen3-mdlm");
    EXPECT_EQ((*named)->findUnsigned("qwen3-mdlm.embedding_length"), 8U);
    EXPECT_EQ((*named)->findBool("diffusion.shift_logits"), false);
    ASSERT_FALSE(blocks);
    EXPECT_EQ(blocks.error().kind, ErrorKind::Ambiguous);
    ASSERT_TRUE(chosen) << chosen.error().message;
    EXPECT_EQ((*chosen)->findBool("diffusion.shift_logits"), true);
    EXPECT_EQ((*chosen)->findBool("open-dcoder.attention.causal"), false);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(wrong.error().message, HasSubstr("it can be open-dcoder or qwen2-mdlm"));
}

TEST(GgufDialect, RunsLlamaAsItIsUnlessItIsChosenToBeMore) {
    const auto plain = open(borrowed("llama", "stories-ar"));
    const auto diffusion = open(borrowed("llama", "x"), {.family = "diffullama", .tokenizer = {}});

    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ((*plain)->findString("general.architecture"), "llama");
    EXPECT_EQ((*plain)->findString(kRopePairingKey), std::nullopt);
    ASSERT_TRUE(diffusion) << diffusion.error().message;
    EXPECT_EQ((*diffusion)->findString(kRopePairingKey), kInterleavedPairs) << "as converters of llama leave the rows";
    EXPECT_EQ((*diffusion)->findBool("diffusion.shift_logits"), true);
}

TEST(GgufDialect, KnowsDreamOnByItsVocabulary) {
    const auto builder = [](const char* token) {
        return borrowed("dream", "x").text("tokenizer.ggml.model", "gpt2").texts("tokenizer.ggml.tokens", {"a", token});
    };

    EXPECT_EQ((*open(builder("<|expand|>")))->findString("general.architecture"), "dreamon");
    EXPECT_EQ((*open(builder("b")))->findString("general.architecture"), "dream");
    EXPECT_EQ((*open(builder("b"), {.family = "dreamon", .tokenizer = {}}))->findUnsigned("dreamon.embedding_length"), 8U);
}

TEST(GgufDialect, RefusesAChoiceForAFileThatSaysWhatItIs) {
    const auto error = open(borrowed("llada", "x"), {.family = "dream", .tokenizer = {}});

    ASSERT_FALSE(error);
    EXPECT_EQ(error.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(error.error().message, HasSubstr("of architecture 'llada' and cannot be 'dream'"));
}

TEST(GgufDialect, SplitsFusedProjections) {
    // Two heads of 4 and one key head: 8 + 4 + 4 rows of 8 numbers.
    std::string rows;
    for (char row = 0; row < 16; ++row) {
        rows += std::string(32, static_cast<char>('a' + row));
    }
    std::string bias;
    for (char row = 0; row < 16; ++row) {
        bias += std::string(4, static_cast<char>('A' + row));
    }
    const GgufBuilder fits =
        borrowed("dream", "x").tensor("blk.0.attn_qkv.weight", {8, 16}, 0, rows).tensor("blk.0.attn_qkv.bias", {16}, 0, bias);
    const GgufBuilder misfits = borrowed("dream", "x").tensor("blk.0.attn_qkv.weight", {8, 15}, 0, rows.substr(0, 480));

    const TemporaryFolder folder;
    writeFile(folder / "model.gguf", fits.build());
    const auto source = openModel(folder / "model.gguf");
    const auto odd = open(misfits);

    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ((*source)->findTensor("blk.0.attn_qkv.weight"), nullptr);
    const StoredTensor* const key = (*source)->findTensor("blk.0.attn_k.weight");
    ASSERT_NE(key, nullptr);
    EXPECT_THAT(key->dimensions, ElementsAre(8, 4));
    EXPECT_EQ(key->bytes.size(), 4U * 32U);
    EXPECT_EQ(key->bytes.front(), std::byte{'a' + 8});
    const StoredTensor* const valueBias = (*source)->findTensor("blk.0.attn_v.bias");
    ASSERT_NE(valueBias, nullptr);
    EXPECT_THAT(valueBias->dimensions, ElementsAre(4));
    EXPECT_EQ(valueBias->bytes.front(), std::byte{'A' + 12});
    ASSERT_TRUE(odd);
    EXPECT_NE((*odd)->findTensor("blk.0.attn_qkv.weight"), nullptr) << "left for the check of the tensors to name";
}

}  // namespace
}  // namespace crystallite
