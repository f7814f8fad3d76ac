#include "tests/support/mixture_files.h"

#include "engine/base/assert.h"

#include <functional>
#include <numeric>

namespace crystallite {
namespace {

void addZeros(GgufBuilder& builder, const std::string& name, const std::vector<uint64_t>& dimensions) {
    const uint64_t elements = std::accumulate(dimensions.begin(), dimensions.end(), uint64_t{1}, std::multiplies<>());
    builder.tensor(name, dimensions, 0, std::string(elements * sizeof(float), '\0'));
}

void addFeedForward(GgufBuilder& builder, const std::string& block, const std::string& ending, std::vector<uint64_t> stack) {
    const auto shape = [&stack](uint64_t inputs, uint64_t outputs) {
        std::vector<uint64_t> dimensions = {inputs, outputs};
        dimensions.insert(dimensions.end(), stack.begin(), stack.end());
        return dimensions;
    };
    addZeros(builder, block + "ffn_gate" + ending + ".weight", shape(8, 4));
    addZeros(builder, block + "ffn_up" + ending + ".weight", shape(8, 4));
    addZeros(builder, block + "ffn_down" + ending + ".weight", shape(4, 8));
}

void addLayer(GgufBuilder& builder, uint32_t layer) {
    const std::string block = "blk." + std::to_string(layer) + ".";
    addZeros(builder, block + "attn_norm.weight", {8});
    addZeros(builder, block + "attn_qkv.weight", {8, 24});
    addZeros(builder, block + "attn_q_norm.weight", {4});
    addZeros(builder, block + "attn_k_norm.weight", {4});
    addZeros(builder, block + "attn_output.weight", {8, 8});
    addZeros(builder, block + "ffn_norm.weight", {8});
    if (layer == 0) {
        addFeedForward(builder, block, "", {});
        return;
    }
    addZeros(builder, block + "ffn_gate_inp.weight", {8, 8});
    addZeros(builder, block + "exp_probs_b.bias", {8});
    addFeedForward(builder, block, "_exps", {8});
    addFeedForward(builder, block, "_shexp", {});
}

const nlohmann::json& qwen3MoeFields() {
    static const nlohmann::json fields = {{"num_hidden_layers", 2},
                                          {"hidden_size", 48},
                                          {"num_attention_heads", 4},
                                          {"num_key_value_heads", 2},
                                          {"head_dim", 20},
                                          {"intermediate_size", 96},
                                          {"max_position_embeddings", 64},
                                          {"vocab_size", 272},
                                          {"rms_norm_eps", 1e-6},
                                          {"rope_theta", 1e6},
                                          {"hidden_act", "silu"},
                                          {"tie_word_embeddings", false},
                                          {"num_experts", 8},
                                          {"num_experts_per_tok", 3},
                                          {"moe_intermediate_size", 20},
                                          {"norm_topk_prob", true},
                                          {"decoder_sparse_step", 1},
                                          {"mlp_only_layers", nlohmann::json::array()},
                                          {"mask_token_id", 0}};
    return fields;
}

nlohmann::json withFields(nlohmann::json config, const nlohmann::json& more) {
    config.update(more);
    return config;
}

}  // namespace

std::vector<std::byte> smallMixture() {
    LladaSizes sizes{.layers = 0, .width = 8, .heads = 2, .kvHeads = 2, .feedForward = 4, .vocabulary = 264, .architecture = "llada2"};
    GgufBuilder builder = randomLladaBuilder(sizes, 1, WeightFormat::F32);
    builder.without("llada2.block_count")
        .number("llada2.block_count", 2)
        .number("llada2.rope.dimension_count", 2)
        .number("llada2.expert_count", 8)
        .number("llada2.expert_used_count", 2)
        .number("llada2.expert_feed_forward_length", 4)
        .number("llada2.expert_gating_func", 2)
        .flag("llada2.expert_weights_norm", true)
        .real("llada2.expert_weights_scale", 2.5F)
        .number("llada2.expert_group_count", 4)
        .number("llada2.expert_group_used_count", 2)
        .number("llada2.expert_shared_count", 1)
        .number("llada2.expert_shared_feed_forward_length", 4)
        .number("llada2.leading_dense_block_count", 1)
        .number("diffusion.block_length", 4);
    addLayer(builder, 0);
    addLayer(builder, 1);
    return builder.build();
}

nlohmann::json mixtureConfig(const std::string& family) {
    if (family == "rnd1") {
        return withFields(qwen3MoeFields(), {{"model_type", "rnd1"}, {"architectures", {"RND1"}}});
    }
    if (family == "sdar-moe") {
        return withFields(qwen3MoeFields(), {{"model_type", "sdar_moe"}, {"architectures", {"SDARMoeForCausalLM"}}, {"block_size", 4}});
    }
    if (family == "llada-moe") {
        nlohmann::json config = withFields(qwen3MoeFields(), {{"model_type", "lladamoe"},
                                                              {"architectures", {"LLaDAMoEModelLM"}},
                                                              {"dense_intermediate_size", 96},
                                                              {"expert_intermediate_size", 28},
                                                              {"shared_expert_intermediate_size", nullptr},
                                                              {"moe_layer_freq", {1, 1}},
                                                              {"moe_router_enable_expert_bias", false},
                                                              {"moe_router_score_function", "softmax"},
                                                              {"qk_layernorm", true},
                                                              {"norm_topk_prob", false}});
        for (const char* const field : {"intermediate_size", "moe_intermediate_size", "head_dim"}) {
            config.erase(field);
        }
        return config;
    }
    ENGINE_ASSERT(family == "llada2");
    return withFields(qwen3MoeFields(), {{"model_type", "llada2_moe"},
                                         {"architectures", {"LLaDA2MoeModelLM"}},
                                         {"head_dim", 16},
                                         {"partial_rotary_factor", 0.5},
                                         {"rotary_dim", 8},
                                         {"use_qk_norm", true},
                                         {"use_qkv_bias", false},
                                         {"use_bias", false},
                                         {"num_experts", 16},
                                         {"num_experts_per_tok", 4},
                                         {"num_shared_experts", 1},
                                         {"first_k_dense_replace", 1},
                                         {"n_group", 4},
                                         {"topk_group", 2},
                                         {"routed_scaling_factor", 2.5},
                                         {"score_function", "sigmoid"},
                                         {"moe_router_enable_expert_bias", true}});
}

}  // namespace crystallite
