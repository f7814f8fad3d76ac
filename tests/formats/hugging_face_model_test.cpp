#include "engine/formats/model_source.h"

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

const std::vector<std::string> kArchitectures = {
    "llada",        "illada",           "dream", "dreamon", "open-dcoder",    "qwen3-mdlm",  "qwen2-mdlm",
    "diffugpt",     "diffullama",       "smdm",  "sdar",    "dream-reasoner", "qwen3-bd3lm", "qwen2-bd3lm",
    "fast-dllm-v2", "stable-diffcoder", "llama", "qwen2",   "qwen3"};

std::vector<float> valuesOf(const StoredTensor& tensor) {
    uint64_t elements = 1;
    for (const uint64_t dimension : tensor.dimensions) {
        elements *= dimension;
    }
    std::vector<float> values(elements);
    unpackRow(tensor.format, tensor.bytes.whole().data(), values.data(), elements);
    return values;
}

/// Folders have names that tell what the files inside do not.
std::filesystem::path folderNameFor(const std::string& architecture) {
    return "some-" + architecture + "-v0.1";
}

/// Of these the files alone cannot tell whether somebody made a diffusion model of them.
bool isLeftToRight(const std::string& architecture) {
    return architecture == "llama" || architecture == "qwen2" || architecture == "qwen3";
}

struct Opened {
    std::shared_ptr<const ModelSource> source;
    RandomCheckpoint checkpoint;
};

Opened openRandom(const TemporaryFolder& folder, const std::string& architecture, WeightFormat format) {
    const std::filesystem::path path = folder.path() / folderNameFor(architecture);
    Opened opened{.source = nullptr, .checkpoint = randomCheckpoint(architecture, 7, format)};
    writeCheckpoint(path, opened.checkpoint);
    if (architecture == "dreamon") {
        writeText(path / "added_tokens.json", R"({"<|expand|>": 151667})");
    }
    OpenOptions options;
    options.family = isLeftToRight(architecture) ? architecture : "";
    const auto source = openModel(path, options);
    EXPECT_TRUE(source) << source.error().message;
    opened.source = source ? *source : nullptr;
    return opened;
}

class HuggingFaceFamilyTest : public testing::TestWithParam<std::string> {};

std::string testName(const testing::TestParamInfo<std::string>& instance) {
    std::string name = instance.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Families, HuggingFaceFamilyTest, testing::ValuesIn(kArchitectures), testName);

TEST_P(HuggingFaceFamilyTest, GivesEveryTensorUnderGgufsNameWithItsValues) {
    for (const WeightFormat format : {WeightFormat::F32, WeightFormat::F16, WeightFormat::BF16}) {
        const TemporaryFolder folder;
        const Opened opened = openRandom(folder, GetParam(), format);

        ASSERT_NE(opened.source, nullptr);
        EXPECT_EQ(opened.source->tensors().size(), opened.checkpoint.values.size());
        for (const auto& [name, values] : opened.checkpoint.values) {
            const StoredTensor* const tensor = opened.source->findTensor(name);
            ASSERT_NE(tensor, nullptr) << name;
            EXPECT_EQ(tensor->dimensions, opened.checkpoint.shapes.at(name)) << name;
            EXPECT_EQ(tensor->format, tensor->dimensions.size() == 1 ? WeightFormat::F32 : format) << name;
            EXPECT_EQ(valuesOf(*tensor), values) << name;
        }
    }
}

TEST_P(HuggingFaceFamilyTest, SaysItsSizesUnderGgufsKeys) {
    const TemporaryFolder folder;
    const Opened opened = openRandom(folder, GetParam(), WeightFormat::F32);
    const std::string prefix = GetParam() + ".";
    const bool layerNorm = GetParam() == "diffugpt";
    const bool saysBlocks = GetParam() == "sdar" || GetParam() == "dream-reasoner" || GetParam() == "fast-dllm-v2";
    const bool hasWideHeads = GetParam().starts_with("qwen3") || GetParam() == "sdar" || GetParam() == "dream-reasoner";

    ASSERT_NE(opened.source, nullptr);
    const ModelSource& source = *opened.source;
    EXPECT_EQ(source.findString("general.architecture"), GetParam());
    EXPECT_EQ(source.displayName(), folderNameFor(GetParam()));
    EXPECT_EQ(source.findUnsigned(prefix + "block_count"), 2U);
    EXPECT_EQ(source.findUnsigned(prefix + "embedding_length"), 48U);
    EXPECT_EQ(source.findUnsigned(prefix + "feed_forward_length"), 40U);
    EXPECT_EQ(source.findUnsigned(prefix + "context_length"), 64U);
    EXPECT_EQ(source.findUnsigned(prefix + "attention.head_count"), 4U);
    EXPECT_EQ(source.findUnsigned(prefix + "attention.key_length"), hasWideHeads ? 20U : 12U);
    EXPECT_EQ(source.findBool(prefix + "attention.causal"), isLeftToRight(GetParam()));
    EXPECT_EQ(source.findUnsigned("diffusion.block_length"), saysBlocks ? std::optional<uint64_t>(8) : std::nullopt);
    EXPECT_EQ(source.findFloat(prefix + "attention.layer_norm_epsilon").has_value(), layerNorm);
    EXPECT_EQ(source.findFloat(prefix + "attention.layer_norm_rms_epsilon").has_value(), !layerNorm);
    EXPECT_EQ(source.findString(kRopePairingKey), layerNorm ? std::nullopt : std::optional<std::string>(kHalfSplitPairs));
    EXPECT_EQ(source.findUnsigned(prefix + "rope.dimension_count") == 0U, layerNorm);
    EXPECT_EQ(source.findUnsigned("tokenizer.ggml.mask_token_id"), GetParam() == "smdm" ? 271U : 0U);
    const bool shifted = GetParam() == "dream" || GetParam() == "dreamon" || GetParam() == "open-dcoder" || GetParam() == "diffugpt" ||
                         GetParam() == "diffullama" || GetParam() == "fast-dllm-v2" || isLeftToRight(GetParam());
    EXPECT_EQ(source.findBool("diffusion.shift_logits"), shifted);
}

TEST_P(HuggingFaceFamilyTest, ReadsShardsAsOneFile) {
    const TemporaryFolder folder;
    const Opened whole = openRandom(folder, GetParam(), WeightFormat::BF16);
    const TemporaryFolder shardedFolder;
    const std::filesystem::path path = shardedFolder.path() / folderNameFor(GetParam());
    writeShardedCheckpoint(path, whole.checkpoint);

    const auto sharded = openModel(path, {.family = GetParam(), .tokenizer = {}});

    ASSERT_TRUE(sharded) << sharded.error().message;
    ASSERT_EQ((*sharded)->tensors().size(), whole.source->tensors().size());
    for (const StoredTensor& tensor : whole.source->tensors()) {
        ASSERT_NE((*sharded)->findTensor(tensor.name), nullptr);
        EXPECT_EQ(valuesOf(*(*sharded)->findTensor(tensor.name)), valuesOf(tensor)) << tensor.name;
    }
}

TEST_P(HuggingFaceFamilyTest, NamesATensorThatIsMissingLeftOverOrOfAnotherShape) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder.path() / "checkpoint";
    const RandomCheckpoint good = randomCheckpoint(GetParam(), 7, WeightFormat::F32);
    const auto errorOf = [&](const RandomCheckpoint& checkpoint) {
        writeCheckpoint(path, checkpoint);
        const auto source = openModel(path, {.family = GetParam(), .tokenizer = {}});
        return source ? Error{ErrorKind::Cancelled, "was accepted"} : source.error();
    };
    EXPECT_EQ(errorOf(good).message, "was accepted");

    for (size_t i = 0; i < good.tensors.size(); ++i) {
        const std::string& name = good.tensors[i].name;
        if (name.find(".1.") != std::string::npos || name.ends_with(".attn.bias")) {
            continue;  // the second layer is as the first; a mask of attention is no weight, and may be there or not
        }
        RandomCheckpoint bad = good;
        bad.tensors[i].name += "x";
        const Error renamed = errorOf(bad);
        bad = good;
        bad.tensors[i].shape.push_back(1);
        const Error reshaped = errorOf(bad);

        EXPECT_THAT(renamed.message, HasSubstr(name));
        EXPECT_EQ(reshaped.kind, ErrorKind::Corrupt) << reshaped.message;
        EXPECT_THAT(reshaped.message, HasSubstr(name));
    }
}

TEST(HuggingFaceModel, TakesMatricesFromTheMappedFile) {
    const TemporaryFolder folder;
    const Opened opened = openRandom(folder, "llada", WeightFormat::BF16);
    const Opened transposed = openRandom(folder, "diffugpt", WeightFormat::BF16);

    // In one file the bytes of two matrices are as far apart as they were written; copies would not be.
    const auto distance = [](const ModelSource& source, const char* a, const char* b) {
        return source.findTensor(b)->bytes.whole().data() - source.findTensor(a)->bytes.whole().data();
    };
    EXPECT_EQ(distance(*opened.source, "blk.0.attn_q.weight", "blk.0.attn_k.weight"), 48 * 48 * 2);
    EXPECT_EQ(distance(*opened.source, "blk.0.attn_k.weight", "blk.0.attn_v.weight"), 48 * 48 * 2);
    EXPECT_EQ(transposed.source->findTensor("blk.0.ffn_up.weight")->format, WeightFormat::BF16);
}

TEST(HuggingFaceModel, HasAFingerprintOfWeightsConfigAndFamily) {
    const TemporaryFolder folder;
    const RandomCheckpoint checkpoint = randomCheckpoint("open-dcoder", 1, WeightFormat::F16);
    writeCheckpoint(folder.path() / "a", checkpoint);
    writeCheckpoint(folder.path() / "b", checkpoint);
    RandomCheckpoint changed = checkpoint;
    changed.config["rope_theta"] = 10000.0;
    writeCheckpoint(folder.path() / "c", changed);
    const auto fingerprint = [&](const char* name, const char* family) {
        const auto source = openModel(folder / name, {.family = family, .tokenizer = {}});
        EXPECT_TRUE(source) << source.error().message;
        return (*source)->fingerprint();
    };

    EXPECT_EQ(fingerprint("a", "open-dcoder"), fingerprint("b", "open-dcoder"));
    EXPECT_NE(fingerprint("a", "open-dcoder"), fingerprint("a", "qwen2-mdlm"));
    EXPECT_NE(fingerprint("a", "open-dcoder"), fingerprint("c", "open-dcoder"));
    EXPECT_EQ(fingerprint("a", "open-dcoder").size(), 32U);
}

TEST(HuggingFaceModel, TakesATokenizerFromAGgufFileAndItsIdsFromTheConfig) {
    const TemporaryFolder folder;
    writeCheckpoint(folder / "model", randomCheckpoint("llada", 1, WeightFormat::F32));
    writeFile(folder / "tokenizer.gguf", GgufBuilder()
                                             .text("tokenizer.ggml.model", "gpt2")
                                             .texts("tokenizer.ggml.tokens", {"a", "b", "c", "<|eot_id|>"})
                                             .number("tokenizer.ggml.mask_token_id", 3)
                                             .number("tokenizer.ggml.padding_token_id", 2)
                                             .build());

    const auto source = openModel(folder / "model", {.family = {}, .tokenizer = folder / "tokenizer.gguf"});
    ASSERT_TRUE(source) << source.error().message;
    const Result<TokenizerData> data = (*source)->tokenizer();

    ASSERT_TRUE(data) << data.error().message;
    EXPECT_THAT(data->tokens, ElementsAre("a", "b", "c", "<|eot_id|>"));
    EXPECT_EQ(data->mask, 0U) << "the mask is the model's";
    EXPECT_EQ(data->eos, 2U) << "from config.json";
    EXPECT_EQ(data->pad, 2U) << "the tokenizer's own";
    EXPECT_EQ(data->eot, 3U) << "by the family's text";
}

TEST(HuggingFaceModel, ReadsWhatGenerationConfigSaysAboutTheEndOfAnAnswer) {
    const TemporaryFolder folder;
    RandomCheckpoint checkpoint = randomCheckpoint("llada", 1, WeightFormat::F32);
    checkpoint.config["eos_token_id"] = {2, 7};
    checkpoint.config.erase("pad_token_id");
    checkpoint.config.erase("mask_token_id");
    writeCheckpoint(folder / "model", checkpoint);
    writeText(folder.path() / "model/generation_config.json",
              R"({"eos_token_id": [5, 7], "pad_token_id": 3, "mask_token_id": 4, "bos_token_id": null, "max_new_tokens": 9})");
    writeFile(folder / "tokenizer.gguf", GgufBuilder().text("tokenizer.ggml.model", "gpt2").texts("tokenizer.ggml.tokens", {"a"}).build());
    const OpenOptions options{.family = {}, .tokenizer = folder / "tokenizer.gguf"};

    const auto source = openModel(folder / "model", options);
    ASSERT_TRUE(source) << source.error().message;
    const Result<TokenizerData> data = (*source)->tokenizer();
    writeText(folder.path() / "model/generation_config.json", R"({"eos_token_id": [5, "seven"]})");
    const auto wrong = openModel(folder / "model", options);

    ASSERT_TRUE(data) << data.error().message;
    EXPECT_EQ(data->eos, 2U) << "config.json's first";
    EXPECT_THAT(data->ends, ElementsAre(2, 7, 5));
    EXPECT_EQ(data->pad, 3U);
    EXPECT_EQ(data->mask, 4U);
    EXPECT_EQ((*source)->findUnsigned("tokenizer.ggml.mask_token_id"), 4U);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().kind, ErrorKind::Corrupt);
    EXPECT_THAT(wrong.error().message, AllOf(HasSubstr("generation_config.json of model"), HasSubstr("eos_token_id")));
}

TEST(HuggingFaceModel, StopsWhenAskedWhileItPutsTensorsTogether) {
    const TemporaryFolder folder;
    writeCheckpoint(folder / "model", randomCheckpoint("diffugpt", 1, WeightFormat::F32));
    std::stop_source stop;
    double last = 0.0;
    const auto progress = [&](double share) {
        EXPECT_GE(share, last);
        EXPECT_LE(share, 1.0);
        last = share;
        if (share > 0.3) {
            stop.request_stop();
        }
    };

    const auto stopped = openModel(folder / "model", {.family = {}, .tokenizer = {}, .progress = progress, .stop = stop.get_token()});

    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
    EXPECT_GT(last, 0.3);
    EXPECT_LT(last, 0.9);
}

TEST(HuggingFaceModel, ReadsAnSmdmFileWithoutAConfig) {
    // The published sizes are the only ones that are known without a config: the smallest has a width of 256.
    const TemporaryFolder folder;
    const std::string zeros(2 * 256 * 1024, '\0');
    const auto matrix = [&zeros](SafetensorsBuilder& builder, const std::string& name, uint64_t rows, uint64_t columns) {
        builder.tensor(name, "F16", {rows, columns}, zeros.substr(0, rows * columns * 2));
    };
    SafetensorsBuilder builder;
    matrix(builder, "transformer.wte.weight", 65, 256);
    matrix(builder, "lm_head.weight", 64, 256);
    builder.tensor("transformer.ln_f.weight", "F16", {256}, zeros.substr(0, 512));
    for (const std::string layer : {"transformer.h.0.", "transformer.h.1.", "transformer.h.2."}) {
        builder.tensor(layer + "norm_1.weight", "F16", {256}, zeros.substr(0, 512));
        builder.tensor(layer + "norm_2.weight", "F16", {256}, zeros.substr(0, 512));
        matrix(builder, layer + "attn.attn.weight", 768, 256);
        matrix(builder, layer + "attn.proj.weight", 256, 256);
        matrix(builder, layer + "mlp.swiglu.w1.weight", 1024, 256);
        matrix(builder, layer + "mlp.swiglu.w2.weight", 1024, 256);
        matrix(builder, layer + "mlp.swiglu.w3.weight", 256, 1024);
    }
    writeFile(folder / "mdm-6M.safetensors", builder.build());

    const auto source = openModel(folder / "mdm-6M.safetensors");

    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ((*source)->findUnsigned("smdm.block_count"), 3U);
    EXPECT_EQ((*source)->findUnsigned("smdm.attention.head_count"), 4U);
    EXPECT_EQ((*source)->findUnsigned("smdm.context_length"), 2048U);
    EXPECT_EQ((*source)->findUnsigned("tokenizer.ggml.mask_token_id"), 64U);
    EXPECT_THAT((*source)->findTensor("output.weight")->dimensions, ElementsAre(256, 64));
}

TEST(HuggingFaceModel, NeedsAConfig) {
    const TemporaryFolder folder;
    writeFile(folder / "model.safetensors", SafetensorsBuilder().tensor("a", "F32", {1}, "1234").build());
    const auto without = openModel(folder.path());
    writeText(folder / "config.json", "[]");
    const auto noTable = openModel(folder.path());
    writeText(folder / "config.json", "{");
    const auto noJson = openModel(folder.path());

    ASSERT_FALSE(without);
    EXPECT_THAT(without.error().message, HasSubstr("has no config.json"));
    ASSERT_FALSE(noTable);
    EXPECT_THAT(noTable.error().message, HasSubstr("not a table of fields"));
    ASSERT_FALSE(noJson);
    EXPECT_THAT(noJson.error().message, AllOf(HasSubstr("'config.json'"), HasSubstr("not valid JSON")));
}

}  // namespace
}  // namespace crystallite
