#include "engine/model/gguf_export.h"

#include "engine/model/model.h"
#include "tests/support/backends.h"
#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

using testing::ElementsAre;

const std::vector<std::string> kArchitectures = {
    "llada",        "illada",           "dream", "dreamon", "open-dcoder",    "qwen3-mdlm",  "qwen2-mdlm",
    "diffugpt",     "diffullama",       "smdm",  "sdar",    "dream-reasoner", "qwen3-bd3lm", "qwen2-bd3lm",
    "fast-dllm-v2", "stable-diffcoder", "llama", "qwen2",   "qwen3"};

constexpr uint32_t kTokens = 268;

/// A folder of a random model of the family with 272 rows of embeddings; its tokenizer, that of a random GGUF model, has fewer tokens.
std::shared_ptr<const ModelSource> openRandom(const TemporaryFolder& folder, const std::string& architecture, WeightFormat format) {
    writeCheckpoint(folder / "model", randomCheckpoint(architecture, 11, format));
    writeFile(folder / "tokenizer.gguf", randomLlada({.vocabulary = kTokens}, 1, WeightFormat::F16));
    const auto source = openModel(folder / "model", {.family = architecture, .tokenizer = folder / "tokenizer.gguf"});
    EXPECT_TRUE(source) << source.error().message;
    return *source;
}

Result<void> exportTo(const std::filesystem::path& path, const ModelSource& source, std::optional<WeightFormat> quantize = std::nullopt) {
    const Result<ModelConfig> config = readModelConfig(source);
    if (!config) {
        return config.error();
    }
    const Result<GgufExport> plan = GgufExport::plan(source, *config, quantize);
    if (!plan) {
        return plan.error();
    }
    const Result<void> written = plan->write(path, {}, {});
    if (written) {
        EXPECT_EQ(std::filesystem::file_size(path), plan->sizes().fileBytes);
    }
    return written;
}

std::vector<float> logitsOf(const std::shared_ptr<const ModelSource>& source) {
    const Result<std::unique_ptr<Model>> model = Model::load(backendNamed("Cpu"), source);
    EXPECT_TRUE(model) << model.error().message;
    const std::vector<TokenId> tokens = {5, 0, 70, 71, 0, 200, 9, 0, 33, 4, 0};
    std::vector<uint32_t> rows(tokens.size());
    std::iota(rows.begin(), rows.end(), 0U);
    const Result<std::vector<float>> logits = (*model)->rowLogits(tokens, rows, {});
    EXPECT_TRUE(logits) << logits.error().message;
    return *logits;
}

class GgufExportOf : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Families, GgufExportOf, testing::ValuesIn(kArchitectures), [](const auto& instance) {
    std::string name = instance.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST_P(GgufExportOf, ComputesTheSameLogitsAsItsFolder) {
    for (const WeightFormat format : {WeightFormat::F32, WeightFormat::BF16}) {
        const TemporaryFolder folder;
        const auto source = openRandom(folder, GetParam(), format);
        const Result<void> written = exportTo(folder / "out.gguf", *source);
        ASSERT_TRUE(written) << written.error().message;
        const auto exported = openModel(folder / "out.gguf", {.family = GetParam() == "dreamon" ? "dreamon" : "", .tokenizer = {}});
        ASSERT_TRUE(exported) << exported.error().message;

        const std::vector<float> expected = logitsOf(source);
        const std::vector<float> actual = logitsOf(*exported);

        ASSERT_EQ(actual.size(), expected.size());
        // The same numbers in the same order, but for LLaDA and Llama, whose turned rows add up in another order: 12 products of a head of
        // size 1 or so differ by at most 12 roundings (1e-6), and two layers amplify that by less than ten.
        const float tolerance = GetParam() == "llada" || GetParam() == "llama" ? 2e-5F : 0.0F;
        for (size_t i = 0; i < expected.size(); ++i) {
            ASSERT_NEAR(actual[i], expected[i], tolerance) << GetParam() << ", logit " << i;
        }
        EXPECT_GT(*std::max_element(expected.begin(), expected.end()), 0.5F) << "logits of a random model are of size 1";
    }
}

TEST(GgufExport, WritesLladaAsLlamaCppReadsIt) {
    const TemporaryFolder folder;
    const auto source = openRandom(folder, "llada", WeightFormat::BF16);
    ASSERT_TRUE(exportTo(folder / "out.gguf", *source));

    const auto exported = openModel(folder / "out.gguf");

    ASSERT_TRUE(exported) << exported.error().message;
    EXPECT_EQ((*exported)->findString("general.architecture"), "llada");
    EXPECT_EQ((*exported)->findString(kRopePairingKey), std::nullopt);
    EXPECT_EQ((*exported)->findBool("llada.attention.causal"), false);
    EXPECT_EQ((*exported)->findBool("diffusion.shift_logits"), false);
    EXPECT_EQ((*exported)->findUnsigned("llada.vocab_size"), 272U);
    EXPECT_EQ((*exported)->findUnsigned("llada.rope.dimension_count"), 12U);
    EXPECT_EQ((*exported)->findUnsigned("tokenizer.ggml.mask_token_id"), 0U);
    EXPECT_EQ((*exported)->findTensor("blk.0.attn_norm.weight")->format, WeightFormat::F32);
    EXPECT_EQ((*exported)->findTensor("blk.0.attn_q.weight")->format, WeightFormat::BF16);
}

/// llama.cpp refuses a file with more rows of embeddings than tokens.
TEST(GgufExport, NamesEveryRowOfThePaddedVocabulary) {
    const TemporaryFolder folder;
    const auto source = openRandom(folder, "dream", WeightFormat::F32);
    ASSERT_EQ(source->tokenizer()->tokens.size(), kTokens);
    ASSERT_TRUE(exportTo(folder / "out.gguf", *source));

    const auto exported = openModel(folder / "out.gguf");

    ASSERT_TRUE(exported) << exported.error().message;
    const Result<TokenizerData> tokenizer = (*exported)->tokenizer();
    ASSERT_TRUE(tokenizer) << tokenizer.error().message;
    ASSERT_EQ(tokenizer->tokens.size(), 272U);
    EXPECT_EQ(tokenizer->kinds.size(), 272U);
    EXPECT_EQ(tokenizer->tokens[kTokens], "[PAD268]");
    EXPECT_EQ(tokenizer->kinds[kTokens], TokenKind::Unused);
}

/// Readers that know no such architecture, and ours, find there what the family alone says otherwise.
TEST(GgufExport, SaysHowAModelAttendsThatIsNotOfOneBlock) {
    const TemporaryFolder folder;
    ASSERT_TRUE(exportTo(folder / "blocks.gguf", *openRandom(folder, "qwen3-bd3lm", WeightFormat::F16)));
    ASSERT_TRUE(exportTo(folder / "causal.gguf", *openRandom(folder, "llama", WeightFormat::F16)));

    const auto blocks = openModel(folder / "blocks.gguf");
    const auto causal = openModel(folder / "causal.gguf");

    ASSERT_TRUE(blocks && causal);
    EXPECT_EQ((*blocks)->findUnsigned("diffusion.block_length"), 32U);
    EXPECT_EQ((*blocks)->findBool("qwen3-bd3lm.attention.causal"), false);
    EXPECT_EQ((*causal)->findUnsigned("diffusion.block_length"), std::nullopt);
    EXPECT_EQ((*causal)->findBool("llama.attention.causal"), true);
    EXPECT_EQ((*causal)->findString(kRopePairingKey), std::nullopt) << "the rows are in the order that llama.cpp expects";
}

TEST(GgufExport, WritesDreamOnAsDream) {
    const TemporaryFolder folder;
    ASSERT_TRUE(exportTo(folder / "out.gguf", *openRandom(folder, "dreamon", WeightFormat::F16)));

    const auto exported = openModel(folder / "out.gguf");

    ASSERT_TRUE(exported) << exported.error().message;
    EXPECT_EQ((*exported)->findString("general.architecture"), "dream");
    EXPECT_EQ((*exported)->findUnsigned("dream.block_count"), 2U);
    EXPECT_EQ((*exported)->findUnsigned("dreamon.block_count"), std::nullopt);
}

/// Pairs (j, j + 2) of a head of 6 that turns its first 4 become (2j, 2j + 1); the others stay.
TEST(RowOfInterleavedPairs, TakesTheHalvesByTurns) {
    std::vector<uint64_t> rows;
    for (uint64_t row = 0; row < 12; ++row) {
        rows.push_back(rowOfInterleavedPairs(row, 6, 4));
    }

    EXPECT_THAT(rows, ElementsAre(0, 2, 1, 3, 4, 5, 6, 8, 7, 9, 10, 11));
}

TEST(GgufExport, QuantizesOnTheWayAsWhileLoading) {
    const TemporaryFolder folder;
    writeFile(folder / "model.gguf", randomLlada({}, 3, WeightFormat::F16));
    const auto source = openModel(folder / "model.gguf");
    const auto loaded = openModel(folder / "model.gguf", {.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q4_0});
    ASSERT_TRUE(source && loaded);

    ASSERT_TRUE(exportTo(folder / "out.gguf", **source, WeightFormat::Q4_0));
    const auto exported = openModel(folder / "out.gguf");

    ASSERT_TRUE(exported) << exported.error().message;
    for (const StoredTensor& expected : (*loaded)->tensors()) {
        const StoredTensor* const actual = (*exported)->findTensor(expected.name);
        ASSERT_NE(actual, nullptr) << expected.name;
        EXPECT_EQ(actual->format, expected.format) << expected.name;
        EXPECT_TRUE(std::ranges::equal(actual->bytes.whole(), expected.bytes.whole())) << expected.name;
    }
}

TEST(GgufExport, LeavesNothingBehindWhenItIsStopped) {
    const TemporaryFolder folder;
    const TemporaryFolder out;
    const auto source = openRandom(folder, "dream", WeightFormat::F32);
    const Result<ModelConfig> config = readModelConfig(*source);
    ASSERT_TRUE(config) << config.error().message;
    const Result<GgufExport> plan = GgufExport::plan(*source, *config, std::nullopt);
    ASSERT_TRUE(plan) << plan.error().message;
    std::stop_source stop;
    double last = 0.0;

    const Result<void> written = plan->write(
        out / "out.gguf",
        [&](double share) {
            EXPECT_GT(share, last);
            last = share;
            if (share > 0.5) {
                stop.request_stop();
            }
        },
        stop.get_token());

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Cancelled);
    EXPECT_TRUE(std::filesystem::is_empty(out.path()));
}

}  // namespace
}  // namespace crystallite
