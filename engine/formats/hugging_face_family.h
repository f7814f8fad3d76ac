#pragma once

#include "engine/base/result.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace crystallite {

/// Whose names the fields of config.json and the tensors of a checkpoint have.
enum class NamingStyle {
    Llama,    ///< `hidden_size`, `model.layers.N.self_attn.q_proj`: Llama, Qwen2, Qwen3 and what was made of them
    Olmo,     ///< `d_model`, `model.transformer.blocks.N.q_proj`: LLaDA-8B
    Gpt2,     ///< `n_embd`, `h.N.attn.c_attn`: linear layers stored [inputs, outputs], q, k and v in one
    Bailing,  ///< Llama's fields; `model.word_embeddings`, `attention.query_key_value`: LLaDA2
    LitGpt,   ///< `n_embd`, `transformer.h.N.attn.attn`: q, k and v in one, group by group
};

/// Whose names the sizes of a mixture of experts have in config.json. In all of them every expert is a matrix of its own.
enum class MixtureFields {
    None,      ///< no mixture
    Qwen3,     ///< `moe_intermediate_size`, `norm_topk_prob`
    LladaMoe,  ///< `expert_intermediate_size`, `moe_layer_freq`
    Bailing,   ///< `n_group`, `num_shared_experts`, `first_k_dense_replace`
};

/// Whom the slots of a text see.
enum class HuggingFaceAttention {
    Full,
    Blocks,       ///< their own block and those before it, whose length may stand in config.json
    LeftToRight,  ///< what stands before them: a model that does not denoise
};

/// A family of models as it is published in Hugging Face folders. A further one made of the same parts is a further row.
struct HuggingFaceFamily {
    std::string_view architecture;  ///< what the translated file calls it; model/families has the row of this name
    NamingStyle style = NamingStyle::Llama;
    bool shiftLogits = false;  ///< row i - 1 predicts slot i
    bool qkvBias = false;
    bool qkNorm = false;
    HuggingFaceAttention attention = HuggingFaceAttention::Full;
    bool layerNorm = false;  ///< LayerNorm with biases, learned positions and an ungated feed-forward (GPT-2's block)
    MixtureFields mixture = MixtureFields::None;
    std::string_view endOfTurn;  ///< text of the token that ends an answer, where the files only name the end of a text
};

/// Fields of config.json for the length of a block, where a family attends block by block.
inline constexpr std::array kBlockFields = {"block_size", "bd_size", "block_length"};

/// Null when no row has this name.
const HuggingFaceFamily* findHuggingFaceFamily(std::string_view architecture);
std::string supportedHuggingFaceFamilies();

/// What besides config.json tells families apart.
struct FolderEvidence {
    std::string displayName;                                ///< of the folder, for messages
    std::string pathNames;                                  ///< names of the folder and those above it: published names are often there
    std::function<bool(std::string_view)> hasTensor;        ///< by the checkpoint's own name
    std::function<bool(std::string_view)> vocabularyHolds;  ///< a special token's text
    std::string chosen;                                     ///< the person's choice; empty: what the files say
};

/// The family of a checkpoint. Unsupported says what was found and what is supported; Ambiguous lists the families that it may be;
/// InvalidArgument when it cannot be what was chosen.
Result<const HuggingFaceFamily*> recogniseFamily(const nlohmann::json& config, const FolderEvidence& evidence);

}  // namespace crystallite
