#include "engine/formats/gguf_model.h"
#include "engine/model/families/family.h"
#include "engine/model/model_config.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Lt;

constexpr const char* kFamilyKey = "crystallite.family";
constexpr const char* kPairingKey = "crystallite.rope.pairing";

Result<ModelConfig> configOf(const GgufBuilder& builder) {
    const std::vector<std::byte> bytes = builder.build();
    const auto source = openGgufBytes(bytes, "model.gguf");
    return source ? readModelConfig(**source) : Result<ModelConfig>(source.error());
}

Error errorOf(const GgufBuilder& builder) {
    const Result<ModelConfig> config = configOf(builder);
    return config ? Error{ErrorKind::Cancelled, "was accepted"} : config.error();
}

/// Plain blocks, which are right for the families llada, illada, diffullama and smdm.
GgufBuilder plainBlocks(const std::string& architecture) {
    return randomLladaBuilder({.architecture = architecture}, 1, WeightFormat::F32);
}

/// As a converter writes an architecture that knows nothing of diffusion.
GgufBuilder withoutDiffusionKeys(const std::string& architecture) {
    return plainBlocks(architecture).without(architecture + ".attention.causal").without("diffusion.shift_logits");
}

TEST(FamilyChoice, AsksWhereTheArchitectureIsAlsoThatOfModelsThatWriteLeftToRight) {
    const Error llama = errorOf(withoutDiffusionKeys("llama"));
    const Error qwen2 = errorOf(withoutDiffusionKeys("qwen2"));

    EXPECT_EQ(llama.kind, ErrorKind::Ambiguous);
    EXPECT_THAT(llama.choices, ElementsAre("diffullama", "smdm", "stable-diffcoder", "llama"));
    EXPECT_THAT(llama.message, AllOf(HasSubstr("'llama'"), HasSubstr("say which it is: diffullama, smdm, stable-diffcoder")));
    EXPECT_THAT(qwen2.choices, ElementsAre("open-dcoder", "qwen2-mdlm", "qwen2-bd3lm", "fast-dllm-v2", "qwen2"));
    EXPECT_THAT(errorOf(withoutDiffusionKeys("qwen3")).choices,
                ElementsAre("qwen3-mdlm", "qwen3-bd3lm", "sdar", "dream-reasoner", "qwen3"));
    EXPECT_THAT(errorOf(withoutDiffusionKeys("gpt2")).choices, ElementsAre("diffugpt"));
}

TEST(FamilyChoice, TakesTheAnswer) {
    const Result<ModelConfig> shifted = configOf(withoutDiffusionKeys("llama").text(kFamilyKey, "diffullama"));
    const Result<ModelConfig> plain = configOf(withoutDiffusionKeys("llama").text(kFamilyKey, "smdm"));

    ASSERT_TRUE(shifted) << shifted.error().message;
    EXPECT_EQ(shifted->architecture, "llama");
    EXPECT_EQ(shifted->family, "diffullama");
    EXPECT_TRUE(shifted->shiftLogits);
    EXPECT_EQ(shifted->visibility, Visibility::Full);
    EXPECT_EQ(shifted->ropePairing, RopePairing::Interleaved);
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->family, "smdm");
    EXPECT_FALSE(plain->shiftLogits);
}

TEST(FamilyChoice, TakesTheAnswerThatAModelWritesFromLeftToRight) {
    const Result<ModelConfig> causal = configOf(withoutDiffusionKeys("llama").text(kFamilyKey, "llama"));
    const Result<ModelConfig> declared =
        configOf(randomLladaBuilder({.architecture = "llama", .causal = true, .shiftLogits = true}, 1, WeightFormat::F32));
    const Error both = errorOf(plainBlocks("llama").text(kFamilyKey, "llama"));

    ASSERT_TRUE(causal) << causal.error().message;
    EXPECT_TRUE(causal->isAutoregressive());
    EXPECT_TRUE(causal->shiftLogits);
    ASSERT_TRUE(declared) << declared.error().message;
    EXPECT_EQ(declared->family, "llama");
    EXPECT_EQ(both.kind, ErrorKind::Unsupported);
    EXPECT_THAT(both.message, HasSubstr("in both directions; models of the family llama write from left to right"));
}

/// SDAR's and Fast-dLLM v2's masks are written as no other model's.
TEST(FamilyChoice, KnowsAFamilyByATokenThatOnlyItHas) {
    const auto withToken = [](const std::string& architecture, const std::string& token) {
        std::vector<std::string> tokens(272, "x");
        tokens[3] = token;
        return withoutDiffusionKeys(architecture).without("tokenizer.ggml.tokens").texts("tokenizer.ggml.tokens", tokens);
    };
    const Error sdar = errorOf(withToken("qwen3", "<|MASK|>"));
    const Error fast = errorOf(withToken("qwen2", "|<MASK>|"));

    // Plain blocks are not theirs: that something is missing shows as what they were read.
    EXPECT_NE(sdar.kind, ErrorKind::Ambiguous) << sdar.message;
    EXPECT_THAT(sdar.message, HasSubstr("attn_q_norm"));
    EXPECT_NE(fast.kind, ErrorKind::Ambiguous) << fast.message;
    EXPECT_THAT(fast.message, HasSubstr("attn_q.bias"));
    EXPECT_EQ(errorOf(withToken("qwen3", "<|mask|>")).kind, ErrorKind::Ambiguous) << "three families have that one";
}

TEST(FamilyChoice, RefusesAnAnswerThatTheArchitectureCannotHold) {
    const Error error = errorOf(withoutDiffusionKeys("llama").text(kFamilyKey, "dream"));
    const Error unasked = errorOf(plainBlocks("llada").text(kFamilyKey, "smdm"));

    EXPECT_EQ(error.kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(error.message, AllOf(HasSubstr("'dream'"), HasSubstr("diffullama, smdm")));
    EXPECT_EQ(unasked.kind, ErrorKind::InvalidArgument);
}

TEST(FamilyChoice, LetsTheFileSayHowItsRowsArePaired) {
    const Result<ModelConfig> published = configOf(plainBlocks("llada").text(kPairingKey, "half-split"));
    const Result<ModelConfig> permuted = configOf(plainBlocks("illada").text(kPairingKey, "interleaved"));
    const Error unknown = errorOf(plainBlocks("llada").text(kPairingKey, "thirds"));

    ASSERT_TRUE(published && permuted);
    EXPECT_EQ(published->ropePairing, RopePairing::HalfSplit);
    EXPECT_EQ(permuted->ropePairing, RopePairing::Interleaved);
    EXPECT_EQ(configOf(plainBlocks("illada"))->ropePairing, RopePairing::HalfSplit);
    EXPECT_EQ(unknown.kind, ErrorKind::Unsupported);
    EXPECT_THAT(unknown.message, AllOf(HasSubstr("'thirds'"), HasSubstr("half-split or interleaved")));
}

TEST(FamilyChoice, NamesOnlyFamiliesThatExist) {
    for (const std::string_view architecture :
         {"llada",  "dream",   "llama",          "qwen2",       "qwen3",       "gpt2",         "crystallite",
          "illada", "dreamon", "open-dcoder",    "qwen2-mdlm",  "qwen3-mdlm",  "diffugpt",     "diffullama",
          "smdm",   "sdar",    "dream-reasoner", "qwen3-bd3lm", "qwen2-bd3lm", "fast-dllm-v2", "stable-diffcoder"}) {
        const Architecture* const found = findArchitecture(architecture);
        ASSERT_NE(found, nullptr) << architecture;
        EXPECT_NE(findFamily(found->families.front()), nullptr) << architecture;
        for (const std::string_view family : found->families) {
            EXPECT_TRUE(family.empty() || findFamily(family) != nullptr) << architecture << ": " << family;
        }
        EXPECT_THAT(supportedArchitectures(), HasSubstr(std::string(architecture)));
    }
    EXPECT_EQ(findArchitecture("mamba"), nullptr);
}

struct PublishedMask {
    std::string architecture;
    uint32_t vocabulary = 0;
    TokenId mask = 0;
};

/// Ids that the published files declare nowhere: only their authors' code has them.
TEST(FamilyChoice, KnowsTheMasksThatPublishedFilesDoNotDeclare) {
    const std::vector<PublishedMask> published = {
        {"illada", 155136, 5}, {"diffullama", 32000, 811}, {"smdm", 32001, 32000}, {"smdm", 32064, 32000}, {"stable-diffcoder", 155136, 5}};
    for (const PublishedMask& model : published) {
        const LladaSizes sizes{.layers = 1,
                               .width = 8,
                               .heads = 1,
                               .kvHeads = 1,
                               .feedForward = 8,
                               .vocabulary = model.vocabulary,
                               .architecture = model.architecture};

        const Result<ModelConfig> config =
            configOf(randomLladaBuilder(sizes, 1, WeightFormat::F16).without("tokenizer.ggml.mask_token_id"));

        ASSERT_TRUE(config) << config.error().message;
        EXPECT_EQ(config->maskId, model.mask) << model.architecture;
    }
}

TEST(OutputVocabulary, MayBeShorterThanTheEmbeddingAndNotLonger) {
    const auto withHead = [](uint64_t rows) {
        return plainBlocks("llada").tensor("output.weight", {64, rows}, 0, std::string(64 * 4 * rows, '\0'));
    };
    const Result<ModelConfig> shorter = configOf(withHead(200));
    const Error longer = errorOf(withHead(273));

    ASSERT_TRUE(shorter) << shorter.error().message;
    EXPECT_EQ(shorter->vocabulary, 272U);
    EXPECT_EQ(shorter->outputVocabulary, 200U);
    EXPECT_THAT(shorter->forbiddenIds, Each(Lt(200U)));
    EXPECT_EQ(longer.kind, ErrorKind::Corrupt);
    EXPECT_THAT(longer.message, AllOf(HasSubstr("output.weight of 273 rows"), HasSubstr("at most the 272")));
    EXPECT_EQ(errorOf(withHead(0)).kind, ErrorKind::Corrupt);
}

}  // namespace
}  // namespace crystallite
