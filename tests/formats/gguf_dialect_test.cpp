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
    EXPECT_THAT(none.error().message, AllOf(HasSubstr("carries no tokenizer"), HasSubstr("give the path of one")));
    ASSERT_TRUE(with);
    const Result<TokenizerData> data = (*with)->tokenizer();
    ASSERT_TRUE(data) << data.error().message;
    EXPECT_THAT(data->tokens, ElementsAre("a", "b"));
    EXPECT_EQ(data->mask, 5U);
}

TEST(GgufDialect, RefusesAMaskThatIsNoTokenId) {
    GgufBuilder builder =
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

TEST(GgufDialect, PutsTheFamilyUnderItsKey) {
    const auto familyOf = [](const Result<std::shared_ptr<const ModelSource>>& source) {
        return source ? (*source)->findString(kFamilyKey).value_or("none") : source.error().message;
    };

    EXPECT_EQ(familyOf(open(borrowed("qwen2", "Qwen2.5"))), "none");
    EXPECT_EQ(familyOf(open(borrowed("qwen3", "Qwen3 0.6B Diffusion MDLM"))), "qwen3-mdlm");
    EXPECT_EQ(familyOf(open(borrowed("qwen3", "Qwen3 0.6B diffusion mdlm bd3lm"))), "none");
    EXPECT_EQ(familyOf(open(borrowed("qwen2", "Open Dcoder 0.5B"))), "open-dcoder");
    EXPECT_EQ(familyOf(open(borrowed("qwen2", "Qwen2.5 mdlm"), {.family = "open-dcoder", .tokenizer = {}})), "open-dcoder")
        << "a choice wins";
    EXPECT_EQ(familyOf(open(borrowed("llama", "mdlm"))), "none");
    EXPECT_EQ(familyOf(open(borrowed("qwen2", "mdlm").text("crystallite.family", "open-dcoder"))), "open-dcoder")
        << "the file's own word is better than its name";
}

TEST(GgufDialect, LeavesAFileThatNeedsNothingAsItIs) {
    const auto plain = open(borrowed("llada", "x"));

    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ((*plain)->findString("general.architecture"), "llada");
    EXPECT_EQ((*plain)->findString(kFamilyKey), std::nullopt);
    EXPECT_EQ((*plain)->findString(kRopePairingKey), std::nullopt);
}

}  // namespace
}  // namespace crystallite
