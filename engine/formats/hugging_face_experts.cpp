#include "engine/formats/hugging_face_experts.h"

#include "engine/base/assert.h"

#include <algorithm>

namespace crystallite {
namespace {

/// transformers, models/qwen3_moe. Its class leaves the weights their sum where the field is absent; RND1 and SDAR write it.
CheckpointExperts readQwen3(ConfigReader& config) {
    CheckpointExperts experts;
    experts.width = config.count("moe_intermediate_size");
    experts.renormalised = config.flagOr("norm_topk_prob", false);
    config.refuseUnless(config.countOr("decoder_sparse_step", 1) == 1, "has experts in some layers only (decoder_sparse_step)");
    const auto dense = config.document().find("mlp_only_layers");
    config.refuseUnless(dense == config.document().end() || dense->empty(), "has experts in some layers only (mlp_only_layers)");
    return experts;
}

/// inclusionAI/dInfer, configuration_olmoe.py.
CheckpointExperts readLladaMoe(ConfigReader& config) {
    CheckpointExperts experts;
    experts.width = config.count("expert_intermediate_size");
    experts.renormalised = config.flagOr("norm_topk_prob", false);
    experts.scale = config.numberOr("routed_scaling_factor", 1.0);
    const auto layers = config.document().find("moe_layer_freq");
    const bool everywhere = layers == config.document().end() || layers->is_null() || *layers == 1 ||
                            (layers->is_array() && std::ranges::all_of(*layers, [](const nlohmann::json& each) { return each == 1; }));
    config.refuseUnless(everywhere, "has experts in some layers only (moe_layer_freq)");
    config.refuseUnless(config.countOrNone("shared_expert_intermediate_size") == 0, "has shared experts, which its family has not");
    config.refuseUnless(!config.flagOr("moe_router_enable_expert_bias", false), "has a bias in its router, which its family has not");
    config.refuseUnless(config.textOr("moe_router_score_function", "softmax") == "softmax", "routes by another function than softmax");
    config.refuseUnless(config.flagOr("qk_layernorm", true), "does not norm queries and keys");
    return experts;
}

/// dllm, pipelines/llada2/models/configuration_llada2_moe.py.
CheckpointExperts readBailing(ConfigReader& config) {
    CheckpointExperts experts;
    experts.width = config.count("moe_intermediate_size");
    experts.shared = config.countOrNone("num_shared_experts");
    experts.denseLayers = config.countOrNone("first_k_dense_replace");
    experts.groups = config.countOr("n_group", 1);
    experts.groupsUsed = config.countOr("topk_group", experts.groups);
    experts.scale = config.numberOr("routed_scaling_factor", 1.0);
    experts.sigmoid = true;
    experts.renormalised = config.flagOr("norm_topk_prob", true);
    experts.selectionBias = config.flagOr("moe_router_enable_expert_bias", true);
    config.refuseUnless(config.textOr("score_function", "sigmoid") == "sigmoid", "routes by another function than sigmoid");
    return experts;
}

}  // namespace

CheckpointExperts readCheckpointExperts(ConfigReader& config, MixtureFields fields) {
    ENGINE_ASSERT(fields != MixtureFields::None);
    CheckpointExperts experts = fields == MixtureFields::Qwen3      ? readQwen3(config)
                                : fields == MixtureFields::LladaMoe ? readLladaMoe(config)
                                                                    : readBailing(config);
    experts.count = config.count("num_experts");
    experts.used = config.count("num_experts_per_tok");
    return experts;
}

void setExpertMetadata(Metadata& metadata, const std::string& prefix, const CheckpointExperts& experts) {
    constexpr uint64_t kSoftmax = 1;
    constexpr uint64_t kSigmoid = 2;
    metadata.set(prefix + "expert_count", experts.count);
    metadata.set(prefix + "expert_used_count", experts.used);
    metadata.set(prefix + "expert_feed_forward_length", experts.width);
    metadata.set(prefix + "expert_gating_func", experts.sigmoid ? kSigmoid : kSoftmax);
    metadata.set(prefix + "expert_weights_norm", experts.renormalised);
    metadata.set(prefix + "expert_weights_scale", experts.scale);
    metadata.set(prefix + "expert_group_count", experts.groups);
    metadata.set(prefix + "expert_group_used_count", experts.groupsUsed);
    metadata.set(prefix + "leading_dense_block_count", experts.denseLayers);
    if (experts.shared > 0) {
        metadata.set(prefix + "expert_shared_count", experts.shared);
        metadata.set(prefix + "expert_shared_feed_forward_length", experts.shared * experts.width);
    }
}

}  // namespace crystallite
