#include "engine/formats/hugging_face_config.h"

#include "tests/support/checkpoint_builder.h"
#include "tests/support/mixture_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A folder that gives nothing away.
FolderEvidence silentEvidence() {
    return {.displayName = "folder",
            .pathNames = "folder ",
            .hasTensor = [](std::string_view) { return false; },
            .vocabularyHolds = [](std::string_view) { return false; },
            .chosen = {}};
}

std::string recognised(const nlohmann::json& config, const FolderEvidence& evidence = silentEvidence()) {
    const Result<const HuggingFaceFamily*> family = recogniseFamily(config, evidence);
    return family ? std::string((*family)->architecture) : "refused: " + family.error().message;
}

Error refusal(const nlohmann::json& config, const FolderEvidence& evidence = silentEvidence()) {
    const Result<const HuggingFaceFamily*> family = recogniseFamily(config, evidence);
    return family ? Error{ErrorKind::Cancelled, "was recognised"} : family.error();
}

nlohmann::json typed(const char* modelType, const char* className) {
    return {{"model_type", modelType}, {"architectures", {className}}};
}

TEST(RecogniseFamily, GoesByTypeAndClass) {
    EXPECT_EQ(recognised(typed("llada", "LLaDAModelLM")), "llada");
    EXPECT_EQ(recognised({{"model_type", "llada"}}), "llada");
    EXPECT_EQ(recognised({{"architectures", {"ILLaDAForCausalLM"}}}), "illada");
    EXPECT_EQ(recognised(typed("Dream", "DreamModel")), "dream");
    EXPECT_EQ(recognised({{"n_query_groups", 4}}), "smdm");
    EXPECT_EQ(recognised(typed("sdar", "SDARForCausalLM")), "sdar");
    EXPECT_EQ(recognised(typed("Fast_dLLM_Qwen", "Fast_dLLM_QwenForCausalLM")), "fast-dllm-v2");
}

TEST(RecogniseFamily, KnowsMixturesByTheirTypeOrTheirExperts) {
    for (const char* const family : {"llada-moe", "rnd1", "sdar-moe", "llada2"}) {
        EXPECT_EQ(recognised(mixtureConfig(family)), family);
    }
    EXPECT_EQ(recognised({{"model_type", "llada"}, {"num_experts", 64}}), "llada-moe") << "as LLaDA-MoE's own tools write it";
    EXPECT_EQ(recognised(typed("lladamoe", "LLaDAMoEModel")), "llada-moe");
    EXPECT_EQ(recognised({{"model_type", "sdar"}, {"num_experts", 128}, {"block_size", 4}}), "sdar-moe");
    EXPECT_EQ(recognised({{"model_type", "llada2_moe_veomni"}}), "llada2");
}

TEST(RecogniseFamily, GoesByWhatElseIsInTheFolder) {
    FolderEvidence expanding = silentEvidence();
    expanding.vocabularyHolds = [](std::string_view token) { return token == "<|expand|>"; };
    FolderEvidence mdlm = silentEvidence();
    mdlm.pathNames = "abc snapshots models--dllm-hub--Qwen3-0.6B-diffusion-MDLM-v0.1 ";
    FolderEvidence bd3lm = silentEvidence();
    bd3lm.pathNames = "Qwen3-0.6B-diffusion-bd3lm-v0.1 ";
    FolderEvidence diffCoder = silentEvidence();
    diffCoder.pathNames = "Stable-DiffCoder-8B-Instruct ";
    nlohmann::json blocks = typed("Dream", "DreamModel");
    blocks["block_size"] = 32;
    FolderEvidence dcoder = silentEvidence();
    dcoder.pathNames = "open-dcoder-0.5B ";
    FolderEvidence wrappedGpt = silentEvidence();
    wrappedGpt.hasTensor = [](std::string_view name) { return name == "embed_tokens.weight" || name == "denoise_model.ln_f.weight"; };
    FolderEvidence wrappedLlama = silentEvidence();
    wrappedLlama.hasTensor = [](std::string_view name) { return name == "embed_tokens.weight" || name == "denoise_model.norm.weight"; };

    EXPECT_EQ(recognised(typed("Dream", "DreamModel"), expanding), "dreamon");
    EXPECT_EQ(recognised(typed("a2d-qwen3", "A2DQwen3LMHeadModel"), mdlm), "qwen3-mdlm");
    EXPECT_EQ(recognised(typed("a2d-qwen2", "A2DQwen2LMHeadModel"), mdlm), "qwen2-mdlm");
    EXPECT_EQ(recognised(typed("a2d-qwen3", "A2DQwen3LMHeadModel"), bd3lm), "qwen3-bd3lm");
    EXPECT_EQ(recognised(typed("a2d-qwen2", "A2DQwen2LMHeadModel"), bd3lm), "qwen2-bd3lm");
    EXPECT_EQ(recognised(blocks), "dream-reasoner");
    EXPECT_EQ(recognised(typed("llama", "LlamaForCausalLM"), diffCoder), "stable-diffcoder");
    EXPECT_EQ(recognised(typed("qwen2", "Qwen2ForCausalLM"), dcoder), "open-dcoder");
    EXPECT_EQ(recognised(typed("gpt2", "DiscreteDiffusionModel"), wrappedGpt), "diffugpt");
    EXPECT_EQ(recognised(typed("llama", "DiscreteDiffusionModel"), wrappedLlama), "diffullama");
}

TEST(RecogniseFamily, AsksWhereTheFilesCannotTell) {
    const Error a2d = refusal(typed("a2d-qwen3", "A2DQwen3LMHeadModel"));
    const Error qwen = refusal(typed("qwen2", "Qwen2ForCausalLM"));
    FolderEvidence chosen = silentEvidence();
    chosen.chosen = "qwen2-mdlm";

    EXPECT_EQ(a2d.kind, ErrorKind::Ambiguous);
    EXPECT_THAT(a2d.choices, ElementsAre("qwen3-mdlm", "qwen3-bd3lm"));
    EXPECT_THAT(a2d.message, AllOf(HasSubstr("mdlm or a bd3lm"), HasSubstr("say which it is: qwen3-mdlm, qwen3-bd3lm")));
    EXPECT_EQ(qwen.kind, ErrorKind::Ambiguous);
    EXPECT_THAT(qwen.choices, ElementsAre("open-dcoder", "qwen2-mdlm", "qwen2-bd3lm", "dream", "qwen2"));
    EXPECT_THAT(qwen.message, HasSubstr("autoregressive unless"));
    EXPECT_THAT(refusal(typed("qwen3", "Qwen3ForCausalLM")).choices, ElementsAre("qwen3-mdlm", "qwen3-bd3lm", "qwen3"));
    EXPECT_THAT(refusal(typed("llama", "LlamaForCausalLM")).choices, ElementsAre("diffullama", "stable-diffcoder", "llama"));
    EXPECT_EQ(recognised(typed("qwen2", "Qwen2ForCausalLM"), chosen), "qwen2-mdlm");
}

TEST(RecogniseFamily, RefusesAChoiceThatTheWeightsCannotBe) {
    FolderEvidence evidence = silentEvidence();
    evidence.chosen = "diffugpt";

    const Error error = refusal(typed("Dream", "DreamModel"), evidence);

    EXPECT_EQ(error.kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(error.message, AllOf(HasSubstr("cannot be 'diffugpt'"), HasSubstr("it can be: dream, dreamon, dream-reasoner")));
}

TEST(RecogniseFamily, NamesWhatWasFoundAndWhatIsSupported) {
    const Error unknown = refusal(typed("bert", "BertModel"));
    nlohmann::json experts = typed("Dream", "DreamModel");
    experts["num_experts"] = 64;
    nlohmann::json blocks = typed("a2d-qwen3", "A2DQwen3LMHeadModel");
    blocks["bd_size"] = 32;
    FolderEvidence mdlm = silentEvidence();
    mdlm.chosen = "qwen3-mdlm";

    EXPECT_EQ(unknown.kind, ErrorKind::Unsupported);
    EXPECT_THAT(unknown.message,
                AllOf(HasSubstr("'folder'"), HasSubstr("type 'bert' and class 'BertModel'"), HasSubstr("llada, illada, dream")));
    EXPECT_THAT(refusal(experts).message, HasSubstr("mixture of experts"));
    EXPECT_THAT(refusal(blocks, mdlm).message, AllOf(HasSubstr("bd_size is given"), HasSubstr("'qwen3-mdlm' does not")));
    EXPECT_EQ(refusal(nlohmann::json::object()).kind, ErrorKind::Unsupported);
    EXPECT_EQ(refusal({{"model_type", 7}, {"architectures", "x"}}).kind, ErrorKind::Unsupported);
}

Result<CheckpointSizes> sizesOf(const std::string& architecture, const nlohmann::json& config) {
    return readCheckpointSizes(config, *findHuggingFaceFamily(architecture), "config.json");
}

nlohmann::json changed(const std::string& architecture, const char* field, const nlohmann::json& value) {
    nlohmann::json config = randomCheckpoint(architecture, 1, WeightFormat::F32).config;
    config[field] = value;
    return config;
}

/// The sizes of the published models, as far as they are known without their files.
TEST(CheckpointSizes, AreReadFromThePublishedFields) {
    const Result<CheckpointSizes> llada = sizesOf("llada", {{"d_model", 4096},
                                                            {"n_layers", 32},
                                                            {"n_heads", 32},
                                                            {"n_kv_heads", 32},
                                                            {"mlp_hidden_size", 12288},
                                                            {"rms_norm_eps", 1e-5},
                                                            {"rope_theta", 500000.0},
                                                            {"weight_tying", false},
                                                            {"max_sequence_length", 4096},
                                                            {"vocab_size", 126464},
                                                            {"mask_token_id", 126336},
                                                            {"eos_token_id", 126081}});
    ASSERT_TRUE(llada) << llada.error().message;
    EXPECT_EQ(llada->headDim, 128U);
    EXPECT_EQ(llada->ropeTheta, 500000.0);
    EXPECT_EQ(llada->mask, 126336U);
    EXPECT_EQ(llada->eos, 126081U);
    EXPECT_FALSE(llada->tiedHead);

    const Result<CheckpointSizes> qwen3 = sizesOf("qwen3-mdlm", {{"hidden_size", 1024},
                                                                 {"num_hidden_layers", 28},
                                                                 {"num_attention_heads", 16},
                                                                 {"num_key_value_heads", 8},
                                                                 {"head_dim", 128},
                                                                 {"intermediate_size", 3072},
                                                                 {"max_position_embeddings", 40960},
                                                                 {"vocab_size", 151936},
                                                                 {"rms_norm_eps", 1e-6},
                                                                 {"rope_parameters", {{"rope_type", "default"}, {"rope_theta", 1e6}}},
                                                                 {"tie_word_embeddings", true},
                                                                 {"eos_token_id", {151645, 151643}}});
    ASSERT_TRUE(qwen3) << qwen3.error().message;
    EXPECT_EQ(qwen3->headDim, 128U) << "not the width by the heads";
    EXPECT_EQ(qwen3->ropeTheta, 1e6);
    EXPECT_EQ(qwen3->mask, std::nullopt) << "left to those who know the family";
    EXPECT_EQ(qwen3->eos, 151645U);
    EXPECT_TRUE(qwen3->tiedHead);
}

TEST(CheckpointSizes, HaveGpt2sDefaults) {
    const Result<CheckpointSizes> gpt =
        sizesOf("diffugpt", {{"n_embd", 768}, {"n_layer", 12}, {"n_head", 12}, {"n_positions", 1024}, {"vocab_size", 50257}});

    ASSERT_TRUE(gpt) << gpt.error().message;
    EXPECT_EQ(gpt->feedForward, 3072U) << "four times the width where it is not given";
    EXPECT_EQ(gpt->normEpsilon, 1e-5);
    EXPECT_EQ(gpt->ropeTheta, 0.0);
    EXPECT_TRUE(gpt->tiedHead);
}

TEST(CheckpointSizes, RefuseWhatIsMissingOrImpossible) {
    const auto messageOf = [](const std::string& architecture, const char* field, const nlohmann::json& value) {
        const Result<CheckpointSizes> sizes = sizesOf(architecture, changed(architecture, field, value));
        return sizes ? "was accepted" : sizes.error().message;
    };

    EXPECT_THAT(messageOf("dream", "hidden_size", nullptr), AllOf(HasSubstr("'config.json'"), HasSubstr("no hidden_size")));
    EXPECT_THAT(messageOf("dream", "hidden_size", -1), HasSubstr("a hidden_size of '-1'"));
    EXPECT_THAT(messageOf("dream", "hidden_size", 0), HasSubstr("a hidden_size of '0'"));
    EXPECT_THAT(messageOf("dream", "hidden_size", 4.5), HasSubstr("a hidden_size of '4.5'"));
    EXPECT_THAT(messageOf("dream", "hidden_size", uint64_t{1} << 40U), HasSubstr("a hidden_size of"));
    EXPECT_THAT(messageOf("dream", "hidden_size", "big"), HasSubstr("a hidden_size of"));
    EXPECT_THAT(messageOf("dream", "num_key_value_heads", 3), HasSubstr("4 heads over 3 key heads"));
    EXPECT_THAT(messageOf("llada", "n_heads", 100), HasSubstr("do not fit together"));
    EXPECT_THAT(messageOf("dream", "rms_norm_eps", 0.0), HasSubstr("no usable rms_norm_eps"));
    EXPECT_THAT(messageOf("dream", "tie_word_embeddings", "yes"), HasSubstr("neither true nor false"));
    EXPECT_THAT(messageOf("dream", "mask_token_id", -5), HasSubstr("not a token id"));
    EXPECT_THAT(messageOf("dream", "rope_scaling", 7), HasSubstr("rope_scaling that is not a table"));
}

TEST(CheckpointSizes, AreCompletedByGenerationConfig) {
    CheckpointSizes sizes;
    sizes.eos = 1;
    sizes.ends = {1};
    const CheckpointSizes before = sizes;

    ASSERT_TRUE(addGenerationConfig(nullptr, "none", sizes));
    EXPECT_EQ(sizes.ends, before.ends);
    // DiffusionGemma's list.
    ASSERT_TRUE(addGenerationConfig({{"eos_token_id", {1, 106, 50}}, {"pad_token_id", 0}}, "generation_config.json", sizes));
    EXPECT_THAT(sizes.ends, ElementsAre(1, 106, 50));
    EXPECT_EQ(sizes.eos, 1U);
    EXPECT_EQ(sizes.pad, 0U);
    EXPECT_EQ(sizes.mask, std::nullopt);

    for (const nlohmann::json& wrong :
         {nlohmann::json::array(), nlohmann::json("text"), nlohmann::json{{"eos_token_id", {1, -1}}}, nlohmann::json{{"pad_token_id", 1.5}},
          nlohmann::json{{"eos_token_id", std::vector<int>(65, 1)}}, nlohmann::json{{"mask_token_id", uint64_t{1} << 40U}}}) {
        CheckpointSizes fresh;
        const Result<void> added = addGenerationConfig(wrong, "generation_config.json", fresh);
        ASSERT_FALSE(added) << wrong;
        EXPECT_EQ(added.error().kind, ErrorKind::Corrupt);
        EXPECT_THAT(added.error().message, HasSubstr("'generation_config.json'"));
    }
}

TEST(CheckpointSizes, RefuseMathematicsThatNobodyComputes) {
    const auto kindOf = [](const std::string& architecture, const char* field, const nlohmann::json& value) {
        const Result<CheckpointSizes> sizes = sizesOf(architecture, changed(architecture, field, value));
        return sizes ? ErrorKind::Cancelled : sizes.error().kind;
    };
    const nlohmann::json yarn = {{"type", "yarn"}, {"factor", 4.0}};
    const nlohmann::json plain = {{"rope_type", "default"}};

    EXPECT_EQ(kindOf("dream", "rope_scaling", yarn), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("dream", "rope_scaling", plain), ErrorKind::Cancelled);
    EXPECT_EQ(kindOf("dream", "hidden_act", "gelu"), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("dream", "use_sliding_window", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("dream", "attention_bias", true), ErrorKind::Cancelled) << "Qwen2 has them anyway";
    EXPECT_EQ(kindOf("illada", "attention_bias", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("illada", "mlp_bias", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("illada", "layer_norm_eps", 1e-5), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada", "include_qkv_bias", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada", "attention_layer_norm", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada", "block_type", "sequential"), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada", "alibi", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada", "scale_logits", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("diffugpt", "activation_function", "relu"), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("diffugpt", "scale_attn_by_inverse_layer_idx", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("smdm", "rotary_percentage", 0.25), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("smdm", "bias", true), ErrorKind::Unsupported);
}

TEST(CheckpointSizes, OfMixturesAreReadWithTheirRouting) {
    const Result<CheckpointSizes> mini = sizesOf("llada2", mixtureConfig("llada2"));
    const Result<CheckpointSizes> moe = sizesOf("llada-moe", mixtureConfig("llada-moe"));
    const Result<CheckpointSizes> sdar = sizesOf("sdar-moe", mixtureConfig("sdar-moe"));

    ASSERT_TRUE(mini) << mini.error().message;
    EXPECT_EQ(mini->rotaryDims, 8U);
    EXPECT_EQ(mini->blockLength, 0U) << "its config.json does not say it";
    EXPECT_EQ(mini->experts->count, 16U);
    EXPECT_EQ(mini->experts->shared, 1U);
    EXPECT_EQ(mini->experts->denseLayers, 1U);
    EXPECT_EQ(mini->experts->groups, 4U);
    EXPECT_EQ(mini->experts->groupsUsed, 2U);
    EXPECT_EQ(mini->experts->scale, 2.5);
    EXPECT_TRUE(mini->experts->sigmoid && mini->experts->renormalised && mini->experts->selectionBias);
    ASSERT_TRUE(moe) << moe.error().message;
    EXPECT_EQ(moe->experts->width, 28U);
    EXPECT_EQ(moe->feedForward, 96U);
    EXPECT_FALSE(moe->experts->sigmoid || moe->experts->renormalised || moe->experts->selectionBias);
    ASSERT_TRUE(sdar) << sdar.error().message;
    EXPECT_EQ(sdar->blockLength, 4U);
    EXPECT_TRUE(sdar->experts->renormalised);
}

TEST(CheckpointSizes, OfMixturesAreRefusedWhereTheyWouldComputeSomethingElse) {
    const auto kindOf = [](const std::string& family, const char* field, const nlohmann::json& value) {
        nlohmann::json config = mixtureConfig(family);
        config[field] = value;
        const Result<CheckpointSizes> sizes = sizesOf(family, config);
        return sizes ? ErrorKind::Cancelled : sizes.error().kind;
    };
    EXPECT_EQ(kindOf("rnd1", "decoder_sparse_step", 2), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("rnd1", "mlp_only_layers", {0}), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("rnd1", "num_experts_per_tok", 0), ErrorKind::Corrupt);
    EXPECT_EQ(kindOf("rnd1", "num_experts", "many"), ErrorKind::Corrupt);
    EXPECT_EQ(kindOf("llada-moe", "moe_layer_freq", {0, 1}), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada-moe", "moe_layer_freq", 1), ErrorKind::Cancelled);
    EXPECT_EQ(kindOf("llada-moe", "shared_expert_intermediate_size", 28), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada-moe", "shared_expert_intermediate_size", 0), ErrorKind::Cancelled);
    EXPECT_EQ(kindOf("llada-moe", "moe_router_enable_expert_bias", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada-moe", "moe_router_score_function", "sigmoid"), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada-moe", "qk_layernorm", false), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada2", "score_function", "softmax"), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada2", "use_qkv_bias", true), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada2", "use_qk_norm", false), ErrorKind::Unsupported);
    EXPECT_EQ(kindOf("llada2", "rotary_dim", 17), ErrorKind::Corrupt);
    EXPECT_EQ(kindOf("llada2", "rotary_dim", 7), ErrorKind::Corrupt);
    EXPECT_EQ(kindOf("llada2", "first_k_dense_replace", 0), ErrorKind::Cancelled);
    EXPECT_EQ(kindOf("llada2", "routed_scaling_factor", 0.0), ErrorKind::Corrupt);
    EXPECT_EQ(kindOf("sdar-moe", "block_size", "four"), ErrorKind::Corrupt);
}

}  // namespace
}  // namespace crystallite
