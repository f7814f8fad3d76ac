#include "engine/model/model_config.h"
#include "tests/model/edited_source.h"
#include "tests/model/reference_checkpoints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace crystallite {
namespace {

using testing::HasSubstr;

/// Something that a file of llada2 says, and what must be answered.
struct Contradiction {
    std::string key;  ///< behind the architecture; empty: a tensor is edited
    MetadataValue value;
    ErrorKind kind = ErrorKind::Corrupt;
    std::string message;
    EditedSource::EditTensor edit = {};
};

EditedSource::EditTensor without(std::string name) {
    return [name = std::move(name)](const StoredTensor& tensor) { return tensor.name != name; };
}

EditedSource::EditTensor reshaped(std::string name, std::vector<uint64_t> dimensions) {
    return [name = std::move(name), dimensions = std::move(dimensions)](StoredTensor& tensor) {
        if (tensor.name == name) {
            tensor.dimensions = dimensions;
        }
        return true;
    };
}

/// 3 layers of width 48, the first dense; 4 of 16 experts of width 20 from 2 of 4 groups, a shared one.
std::vector<Contradiction> contradictions() {
    const uint64_t huge = std::numeric_limits<int32_t>::max();
    const auto halfBias = [](StoredTensor& tensor) {
        tensor.format = tensor.name == "blk.1.exp_probs_b.bias" ? WeightFormat::F16 : tensor.format;
        return true;
    };
    return {
        {"expert_count", uint64_t{0}, ErrorKind::Corrupt, "which no model has"},
        {"expert_count", uint64_t{8}, ErrorKind::Corrupt, "its metadata needs"},
        {"expert_count", uint64_t{17}, ErrorKind::Corrupt, "17 experts do not divide into 4 groups"},
        {"expert_count", uint64_t{2048}, ErrorKind::Corrupt, "at most 1024"},
        {"expert_count", huge, ErrorKind::Corrupt, "at most 1024"},
        {"expert_used_count", uint64_t{0}, ErrorKind::Corrupt, "which no model has"},
        {"expert_used_count", uint64_t{17}, ErrorKind::Corrupt, "asks 17 of 16 experts"},
        {"expert_used_count", uint64_t{9}, ErrorKind::Corrupt, "9 experts cannot be chosen from 2 of 4 groups"},
        {"expert_feed_forward_length", huge, ErrorKind::Corrupt, "more than any model has"},
        {"expert_feed_forward_length", uint64_t{21}, ErrorKind::Corrupt, "its metadata needs"},
        {"expert_group_count", uint64_t{3}, ErrorKind::Corrupt, "do not divide into 3 groups"},
        {"expert_group_count", uint64_t{128}, ErrorKind::Corrupt, "do not divide into 128 groups"},
        {"expert_group_used_count", uint64_t{5}, ErrorKind::Corrupt, "from 5 of 4 groups"},
        {"expert_gating_func", uint64_t{3}, ErrorKind::Unsupported, "softmax (1) and sigmoid (2)"},
        {"expert_weights_scale", -1.0, ErrorKind::Corrupt, "not a positive number"},
        {"expert_weights_scale", HUGE_VAL, ErrorKind::Corrupt, "not a positive number"},
        {"expert_shared_feed_forward_length", uint64_t{7}, ErrorKind::Corrupt, "ffn_up_shexp.weight has 20 rows"},
        {"leading_dense_block_count", uint64_t{3}, ErrorKind::Corrupt, "3 of its 3 layers have no experts"},
        {"leading_dense_block_count", uint64_t{0}, ErrorKind::Corrupt, "blk.0.ffn_up_shexp.weight has 0 rows"},
        {"leading_dense_block_count", uint64_t{2}, ErrorKind::Corrupt, "has no tensor blk.1.ffn_gate.weight"},
        {"feed_forward_length", uint64_t{0}, ErrorKind::Corrupt, "feed_forward_length is missing"},
        {"", uint64_t{0}, ErrorKind::Corrupt, "has no tensor blk.1.ffn_gate_inp.weight", without("blk.1.ffn_gate_inp.weight")},
        {"", uint64_t{0}, ErrorKind::Corrupt, "has no tensor blk.2.exp_probs_b.bias", without("blk.2.exp_probs_b.bias")},
        {"", uint64_t{0}, ErrorKind::Unsupported, "blk.2.exp_probs_b.bias", without("blk.1.exp_probs_b.bias")},
        {"", uint64_t{0}, ErrorKind::Corrupt, "blk.2.ffn_up_exps.weight of shape [48, 320]",
         reshaped("blk.2.ffn_up_exps.weight", {48, 320})},
        {"", uint64_t{0}, ErrorKind::Corrupt, "blk.2.ffn_down_exps.weight of shape [48, 20, 16]",
         reshaped("blk.2.ffn_down_exps.weight", {48, 20, 16})},
        {"", uint64_t{0}, ErrorKind::Unsupported, "norms and biases must be F32", halfBias},
    };
}

TEST(MixtureFile, IsRefusedWithASentenceWhenItContradictsItself) {
    const auto file = openReference("llada2.llada2.F32.gguf");
    ASSERT_TRUE(readModelConfig(*file)) << readModelConfig(*file).error().message;
    for (const Contradiction& wrong : contradictions()) {
        Metadata values;
        if (!wrong.key.empty()) {
            values.set("llada2." + wrong.key, wrong.value);
        }
        const EditedSource source(file, std::move(values), wrong.edit);

        const Result<ModelConfig> config = readModelConfig(source);

        ASSERT_FALSE(config) << wrong.message;
        EXPECT_EQ(config.error().kind, wrong.kind) << config.error().message;
        EXPECT_THAT(config.error().message, HasSubstr(wrong.message));
    }
}

TEST(MixtureFile, HasABlockLengthThatAModelCanHave) {
    const auto file = openReference("llada2.llada2.F32.gguf");
    for (const uint64_t length : {uint64_t{0}, uint64_t{1} << 40U}) {
        Metadata values;
        values.set("diffusion.block_length", length);

        const Result<ModelConfig> config = readModelConfig(EditedSource(file, std::move(values)));

        ASSERT_FALSE(config);
        EXPECT_THAT(config.error().message, HasSubstr("diffusion.block_length is " + std::to_string(length)));
    }
}

/// Converters write the width of all shared experts together or of one.
TEST(MixtureFile, SaysTheWidthOfItsSharedExpertsInEitherWay) {
    const auto file = openReference("llada2-ties.llada2.F32.gguf");  // two shared ones of width 20
    for (const uint64_t declared : {uint64_t{20}, uint64_t{40}}) {
        Metadata values;
        values.set("llada2.expert_shared_feed_forward_length", declared);

        const Result<ModelConfig> config = readModelConfig(EditedSource(file, std::move(values)));

        ASSERT_TRUE(config) << config.error().message;
        EXPECT_EQ(config->mixture->sharedWidth, 40U);
    }
}

TEST(MixtureFile, IsReadWithEveryPartOfItsRouting) {
    const Result<ModelConfig> config = readModelConfig(*openReference("llada2.llada2.F32.gguf"));

    ASSERT_TRUE(config) << config.error().message;
    const Mixture& mixture = *config->mixture;
    EXPECT_EQ(mixture.experts, 16U);
    EXPECT_EQ(mixture.used, 4U);
    EXPECT_EQ(mixture.width, 20U);
    EXPECT_EQ(mixture.sharedWidth, 20U);
    EXPECT_EQ(mixture.denseLayers, 1U);
    EXPECT_TRUE(mixture.selectionBias);
    EXPECT_EQ(mixture.rule.score, RouterScore::Sigmoid);
    EXPECT_EQ(mixture.rule.groups, 4U);
    EXPECT_EQ(mixture.rule.groupsUsed, 2U);
    EXPECT_EQ(mixture.rule.scale, 2.5F);
    EXPECT_FALSE(config->hasExperts(0));
    EXPECT_TRUE(config->hasExperts(1));
    // Of 16 experts 4 are asked, in two of three layers: three matrices of 20 x width each.
    EXPECT_EQ(config->parameters - config->activeParameters, uint64_t{2} * 12 * 3 * 20 * config->width);
}

/// The experts of a folder are not put together: they stay where they lie, and nothing is held in memory for them.
TEST(MixtureFolder, LeavesEveryExpertWhereItLies) {
    for (const char* const name : {"llada-moe.BF16", "rnd1.BF16", "sdar-moe.BF16", "llada2.BF16"}) {
        const std::string family = std::string(name).substr(0, std::string(name).find('.'));
        const auto source = openReference(name, {.tokenizer = referenceFolder() / (family + "." + family + ".BF16.gguf")});
        const StoredTensor* const stack = source->findTensor("blk.1.ffn_down_exps.weight");

        ASSERT_NE(stack, nullptr) << name;
        ASSERT_EQ(stack->dimensions.size(), 3U);
        EXPECT_EQ(stack->bytes.pieceBytes() * stack->dimensions[2], stack->bytes.size());
        EXPECT_EQ(source->ownedBytes(), 0U) << name;
    }
}

}  // namespace
}  // namespace crystallite
