#include "engine/formats/hugging_face_config.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/model_source.h"

#include <algorithm>
#include <array>
#include <utility>

namespace crystallite {
namespace {

/// Families of experts keep it for layers that they may not have.
uint64_t widthOfDenseLayers(ConfigReader& config) {
    return config.countOrNone(config.has("dense_intermediate_size") ? "dense_intermediate_size" : "intermediate_size");
}

/// How many dimensions of a head turn: a part of them in LLaDA2.
uint64_t rotaryDimsOf(ConfigReader& config, uint64_t headDim) {
    const double share = config.numberOr("partial_rotary_factor", 1.0);
    const uint64_t dims = config.countOr("rotary_dim", static_cast<uint64_t>(std::min(share, 1.0) * static_cast<double>(headDim)));
    if (share > 1.0 || dims > headDim || dims % 2 != 0) {
        config.corrupt("turns " + std::to_string(dims) + " dimensions of heads of " + std::to_string(headDim) +
                       "; an even number of them is possible");
    }
    return dims;
}

/// Llama's, Qwen2's and Qwen3's fields; absent ones have the value that their reader gives them.
CheckpointSizes readLlamaStyle(ConfigReader& config, const HuggingFaceFamily& family) {
    CheckpointSizes sizes;
    sizes.layers = config.count("num_hidden_layers");
    sizes.width = config.count("hidden_size");
    sizes.heads = config.count("num_attention_heads");
    sizes.kvHeads = config.countOr("num_key_value_heads", sizes.heads);
    sizes.headDim = config.countOr("head_dim", sizes.heads == 0 ? 0 : sizes.width / sizes.heads);
    sizes.feedForward = family.mixture == MixtureFields::None ? config.count("intermediate_size") : widthOfDenseLayers(config);
    sizes.contextLength = config.count("max_position_embeddings");
    sizes.vocabulary = config.count("vocab_size");
    sizes.normEpsilon = config.numberOr("rms_norm_eps", 1e-6);
    sizes.ropeTheta = config.numberOr("rope_theta", 10000.0);
    sizes.tiedHead = config.flagOr("tie_word_embeddings", false);
    config.refuseUnless(config.textOr("hidden_act", "silu") == "silu", "has another activation than silu");
    config.refuseUnless(family.qkvBias || !config.flagOr("attention_bias", false), "has attention biases, which its family has not");
    config.refuseUnless(!config.flagOr("mlp_bias", false), "has biases in its feed-forward");
    config.refuseUnless(!config.flagOr("use_sliding_window", false), "lets its slots see a sliding window only");
    config.refuseUnless(!config.has("layer_norm_eps"), "has LayerNorm (layer_norm_eps is given), which its family has not");
    return sizes;
}

/// LLaDA2's, which are Llama's with a few of its own.
CheckpointSizes readBailingStyle(ConfigReader& config, const HuggingFaceFamily& family) {
    config.refuseUnless(!config.flagOr("use_qkv_bias", false) && !config.flagOr("use_bias", false), "has biases, which its family has not");
    config.refuseUnless(config.flagOr("use_qk_norm", true), "does not norm queries and keys");
    return readLlamaStyle(config, family);
}

/// Stretched positions: `rope_scaling` of older files, `rope_parameters` of newer ones, which hold the base too.
void readRopeParameters(ConfigReader& config, CheckpointSizes& sizes) {
    for (const char* const field : {"rope_scaling", "rope_parameters"}) {
        const auto found = config.document().find(field);
        if (found == config.document().end() || found->is_null()) {
            continue;
        }
        if (!found->is_object()) {
            config.corrupt(std::string("has a ") + field + " that is not a table");
            return;
        }
        ConfigReader inner(*found, field);
        const std::string type = inner.textOr("rope_type", inner.textOr("type", "default"));
        config.refuseUnless(type == "default" && inner.numberOr("factor", 1.0) == 1.0, "stretches its positions by " + inQuotes(type));
        sizes.ropeTheta = inner.numberOr("rope_theta", sizes.ropeTheta);
        if (inner.error()) {
            config.corrupt("is contradictory: " + inner.error()->message);
        }
    }
}

/// LLaDA-8B's fields, which are OLMo's.
CheckpointSizes readOlmoStyle(ConfigReader& config) {
    CheckpointSizes sizes;
    sizes.layers = config.count("n_layers");
    sizes.width = config.count("d_model");
    sizes.heads = config.count("n_heads");
    sizes.kvHeads = config.countOr("n_kv_heads", sizes.heads);
    sizes.headDim = sizes.heads == 0 ? 0 : sizes.width / sizes.heads;
    sizes.feedForward = config.count("mlp_hidden_size");
    sizes.contextLength = config.count("max_sequence_length");
    sizes.vocabulary = config.count("vocab_size");
    sizes.normEpsilon = config.numberOr("rms_norm_eps", 1e-5);
    sizes.ropeTheta = config.numberOr("rope_theta", 10000.0);
    sizes.tiedHead = config.flagOr("weight_tying", true);
    config.refuseUnless(config.textOr("block_type", "llama") == "llama", "has another block than llama's");
    config.refuseUnless(config.textOr("activation_type", "silu") == "silu", "has another activation than silu");
    config.refuseUnless(config.textOr("layer_norm_type", "rms") == "rms", "has another norm than rms");
    config.refuseUnless(config.flagOr("rope", true) && !config.flagOr("alibi", false), "has other positions than rotary ones");
    config.refuseUnless(!config.flagOr("include_bias", false) && !config.flagOr("include_qkv_bias", false), "has biases");
    config.refuseUnless(!config.flagOr("attention_layer_norm", false), "normalises queries and keys");
    config.refuseUnless(!config.flagOr("scale_logits", false), "scales its logits");
    config.refuseUnless(!config.flagOr("input_emb_norm", false), "normalises its embeddings");
    return sizes;
}

CheckpointSizes readGpt2Style(ConfigReader& config) {
    CheckpointSizes sizes;
    sizes.layers = config.count("n_layer");
    sizes.width = config.count("n_embd");
    sizes.heads = config.count("n_head");
    sizes.kvHeads = sizes.heads;
    sizes.headDim = sizes.heads == 0 ? 0 : sizes.width / sizes.heads;
    sizes.feedForward = config.countOr("n_inner", 4 * sizes.width);
    sizes.contextLength = config.count(config.has("n_positions") ? "n_positions" : "n_ctx");
    sizes.vocabulary = config.count("vocab_size");
    sizes.normEpsilon = config.numberOr("layer_norm_epsilon", 1e-5);
    sizes.tiedHead = config.flagOr("tie_word_embeddings", true);
    const std::string activation = config.textOr("activation_function", "gelu_new");
    config.refuseUnless(activation == "gelu_new" || activation == "gelu_pytorch_tanh", "has another activation than gelu_new");
    config.refuseUnless(config.flagOr("scale_attn_weights", true) && !config.flagOr("scale_attn_by_inverse_layer_idx", false),
                        "scales its attention differently");
    config.refuseUnless(!config.flagOr("add_cross_attention", false), "attends to a second text");
    return sizes;
}

CheckpointSizes readLitGptStyle(ConfigReader& config) {
    CheckpointSizes sizes;
    sizes.layers = config.count("n_layer");
    sizes.width = config.count("n_embd");
    sizes.heads = config.count("n_head");
    sizes.kvHeads = config.countOr("n_query_groups", sizes.heads);
    sizes.headDim = sizes.heads == 0 ? 0 : sizes.width / sizes.heads;
    sizes.feedForward = config.count("intermediate_size");
    sizes.contextLength = config.count("block_size");
    // The mask is a row of its own behind the padded vocabulary.
    const uint64_t multiple = config.countOr("padding_multiple", 64);
    const uint64_t words = config.count("vocab_size");
    const uint64_t padded = multiple == 0 ? 0 : (words + multiple - 1) / multiple * multiple;
    sizes.vocabulary = config.countOr("padded_vocab_size", padded) + 1;
    sizes.mask = static_cast<TokenId>(sizes.vocabulary - 1);
    sizes.normEpsilon = config.numberOr("norm_eps", 1e-5);
    sizes.ropeTheta = 10000.0;
    config.refuseUnless(config.numberOr("rotary_percentage", 1.0) == 1.0, "turns a part of its dimensions only");
    config.refuseUnless(!config.flagOr("parallel_residual", false) && !config.flagOr("bias", false), "has parallel residuals or biases");
    config.refuseUnless(config.textOr("_mlp_class", "LLaMAMLP") == "LLaMAMLP", "has another feed-forward than Llama's");
    config.refuseUnless(config.countOr("condense_ratio", 1) == 1, "condenses its positions");
    return sizes;
}

CheckpointSizes readStyle(ConfigReader& config, const HuggingFaceFamily& family) {
    switch (family.style) {
        case NamingStyle::Llama: return readLlamaStyle(config, family);
        case NamingStyle::Bailing: return readBailingStyle(config, family);
        case NamingStyle::Olmo: return readOlmoStyle(config);
        case NamingStyle::Gpt2: return readGpt2Style(config);
        case NamingStyle::LitGpt: return readLitGptStyle(config);
    }
    ENGINE_ASSERT(false);
}

}  // namespace

Result<CheckpointSizes> readCheckpointSizes(const nlohmann::json& config, const HuggingFaceFamily& family, std::string fileName) {
    ConfigReader reader(config, std::move(fileName));
    CheckpointSizes sizes = readStyle(reader, family);
    if (sizes.ropeTheta > 0.0) {
        readRopeParameters(reader, sizes);
        sizes.rotaryDims = rotaryDimsOf(reader, sizes.headDim);
    }
    if (family.mixture != MixtureFields::None) {
        sizes.experts = readCheckpointExperts(reader, family.mixture);
    }
    for (const char* const field : kBlockFields) {
        if (family.attention == HuggingFaceAttention::Blocks && reader.has(field)) {
            sizes.blockLength = reader.count(field);
        }
    }
    const std::optional<TokenId> mask = reader.tokenId("mask_token_id");
    sizes.mask = mask ? mask : sizes.mask;
    sizes.bos = reader.tokenId("bos_token_id");
    sizes.eos = reader.tokenId("eos_token_id");
    sizes.ends = reader.tokenIds("eos_token_id");
    sizes.pad = reader.tokenId("pad_token_id");
    if (!reader.error() && (sizes.headDim == 0 || sizes.heads % sizes.kvHeads != 0)) {
        reader.corrupt("has " + std::to_string(sizes.heads) + " heads over " + std::to_string(sizes.kvHeads) +
                       " key heads and a width of " + std::to_string(sizes.width) + ", which do not fit together");
    }
    if (reader.error()) {
        return *reader.error();
    }
    return sizes;
}

Result<void> addGenerationConfig(const nlohmann::json& document, std::string fileName, CheckpointSizes& sizes) {
    if (document.is_null()) {
        return {};
    }
    ConfigReader reader(document, std::move(fileName));
    if (!document.is_object()) {
        reader.corrupt("is not a table of fields");
        return *reader.error();
    }
    const std::array<std::pair<const char*, std::optional<TokenId>*>, 4> roles = {
        {{"mask_token_id", &sizes.mask}, {"bos_token_id", &sizes.bos}, {"eos_token_id", &sizes.eos}, {"pad_token_id", &sizes.pad}}};
    for (const auto& [field, role] : roles) {
        const std::optional<TokenId> id = reader.tokenId(field);
        *role = *role ? *role : id;
    }
    for (const TokenId id : reader.tokenIds("eos_token_id")) {
        if (std::find(sizes.ends.begin(), sizes.ends.end(), id) == sizes.ends.end()) {
            sizes.ends.push_back(id);
        }
    }
    return reader.error() ? Result<void>(*reader.error()) : Result<void>();
}

Metadata metadataFor(const HuggingFaceFamily& family, const CheckpointSizes& sizes, const std::string& name) {
    Metadata metadata;
    const std::string prefix = std::string(family.architecture) + ".";
    metadata.set("general.architecture", std::string(family.architecture));
    metadata.set("general.name", name);
    metadata.set(prefix + "block_count", sizes.layers);
    metadata.set(prefix + "context_length", sizes.contextLength);
    metadata.set(prefix + "embedding_length", sizes.width);
    if (sizes.feedForward > 0) {
        metadata.set(prefix + "feed_forward_length", sizes.feedForward);
    }
    if (sizes.experts) {
        setExpertMetadata(metadata, prefix, *sizes.experts);
    }
    metadata.set(prefix + "attention.head_count", sizes.heads);
    metadata.set(prefix + "attention.head_count_kv", sizes.kvHeads);
    metadata.set(prefix + "attention.key_length", sizes.headDim);
    metadata.set(prefix + "attention.value_length", sizes.headDim);
    metadata.set(prefix + "attention.causal", family.attention == HuggingFaceAttention::LeftToRight);
    metadata.set(prefix + (family.layerNorm ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon"), sizes.normEpsilon);
    metadata.set(prefix + "rope.dimension_count", sizes.rotaryDims);
    if (sizes.ropeTheta > 0.0) {
        metadata.set(prefix + "rope.freq_base", sizes.ropeTheta);
        metadata.set(std::string(kRopePairingKey), std::string(kHalfSplitPairs));
    }
    metadata.set("diffusion.shift_logits", family.shiftLogits);
    if (sizes.blockLength > 0) {
        metadata.set("diffusion.block_length", sizes.blockLength);
    }
    if (sizes.mask) {
        metadata.set("tokenizer.ggml.mask_token_id", uint64_t{*sizes.mask});
    }
    return metadata;
}

}  // namespace crystallite
