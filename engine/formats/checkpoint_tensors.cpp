#include "engine/formats/checkpoint_tensors.h"

#include "engine/formats/tensor_planner.h"

#include <array>
#include <optional>
#include <utility>

namespace crystallite {
namespace {

/// The embedding, the last norm and the head, whose rows are those of the embedding unless they are given.
struct TableNames {
    std::string embedding, norm, head;
    std::optional<uint64_t> headRows = std::nullopt;
};

void planTables(TensorPlanner& plan, const CheckpointSizes& sizes, const TableNames& names) {
    const uint64_t rows = plan.tableRows(names.embedding, sizes.vocabulary);
    if (plan.failed()) {
        return;
    }
    plan.matrix("token_embd.weight", names.embedding, sizes.width, rows);
    plan.vector("output_norm.weight", names.norm + ".weight", sizes.width);
    if (sizes.tiedHead) {
        plan.ignore(names.head);
        return;
    }
    plan.matrix("output.weight", names.head, sizes.width, names.headRows.value_or(rows));
}

std::string blockName(uint64_t layer) {
    return "blk." + std::to_string(layer) + ".";
}

/// Where the tensors of a Llama-like checkpoint stand: its own model, or the wrapper of DiffuLLaMA around it.
struct LlamaPrefix {
    std::string embedding, body;
};

LlamaPrefix llamaPrefix(const TensorPlanner& plan) {
    return plan.has("embed_tokens.weight") || plan.has("denoise_model.norm.weight") ? LlamaPrefix{"embed_tokens.weight", "denoise_model."}
                                                                                    : LlamaPrefix{"model.embed_tokens.weight", "model."};
}

/// `gate_proj`, `up_proj` and `down_proj` under `theirs`; `ending` of our names: "" of a plain feed-forward, "_shexp" of shared experts.
void planGated(TensorPlanner& plan, const std::string& ours, const std::string& ending, const std::string& theirs, uint64_t width,
               uint64_t inner) {
    plan.matrix(ours + "ffn_gate" + ending + ".weight", theirs + "gate_proj.weight", width, inner);
    plan.matrix(ours + "ffn_up" + ending + ".weight", theirs + "up_proj.weight", width, inner);
    plan.matrix(ours + "ffn_down" + ending + ".weight", theirs + "down_proj.weight", inner, width);
}

/// A layer's feed-forward under `theirs` + "mlp.", plain or of experts.
void planFeedForward(TensorPlanner& plan, const CheckpointSizes& sizes, uint64_t layer, const std::string& theirs) {
    const std::string ours = blockName(layer);
    const std::string mlp = theirs + "mlp.";
    if (!sizes.experts || layer < sizes.experts->denseLayers) {
        planGated(plan, ours, "", mlp, sizes.width, sizes.feedForward);
        return;
    }
    const CheckpointExperts& experts = *sizes.experts;
    plan.matrix(ours + "ffn_gate_inp.weight", mlp + "gate.weight", sizes.width, experts.count);
    if (experts.selectionBias) {
        plan.vector(ours + "exp_probs_b.bias", mlp + "gate.expert_bias", experts.count);
    }
    const std::string each = mlp + "experts.";
    plan.stack(ours + "ffn_gate_exps.weight", each, ".gate_proj.weight", sizes.width, experts.width, experts.count);
    plan.stack(ours + "ffn_up_exps.weight", each, ".up_proj.weight", sizes.width, experts.width, experts.count);
    plan.stack(ours + "ffn_down_exps.weight", each, ".down_proj.weight", experts.width, sizes.width, experts.count);
    if (experts.shared > 0) {
        planGated(plan, ours, "_shexp", mlp + "shared_experts.", sizes.width, experts.shared * experts.width);
    }
}

void planLlamaStyle(TensorPlanner& plan, const HuggingFaceFamily& family, const CheckpointSizes& sizes) {
    const uint64_t queryWidth = sizes.heads * sizes.headDim;
    const uint64_t keyWidth = sizes.kvHeads * sizes.headDim;
    const LlamaPrefix prefix = llamaPrefix(plan);
    planTables(plan, sizes, {.embedding = prefix.embedding, .norm = prefix.body + "norm", .head = "lm_head.weight"});
    for (uint64_t layer = 0; layer < sizes.layers && !plan.failed(); ++layer) {
        const std::string ours = blockName(layer);
        const std::string theirs = prefix.body + "layers." + std::to_string(layer) + ".";
        plan.vector(ours + "attn_norm.weight", theirs + "input_layernorm.weight", sizes.width);
        plan.matrix(ours + "attn_q.weight", theirs + "self_attn.q_proj.weight", sizes.width, queryWidth);
        plan.matrix(ours + "attn_k.weight", theirs + "self_attn.k_proj.weight", sizes.width, keyWidth);
        plan.matrix(ours + "attn_v.weight", theirs + "self_attn.v_proj.weight", sizes.width, keyWidth);
        if (family.qkvBias) {
            plan.vector(ours + "attn_q.bias", theirs + "self_attn.q_proj.bias", queryWidth);
            plan.vector(ours + "attn_k.bias", theirs + "self_attn.k_proj.bias", keyWidth);
            plan.vector(ours + "attn_v.bias", theirs + "self_attn.v_proj.bias", keyWidth);
        }
        if (family.qkNorm) {
            plan.vector(ours + "attn_q_norm.weight", theirs + "self_attn.q_norm.weight", sizes.headDim);
            plan.vector(ours + "attn_k_norm.weight", theirs + "self_attn.k_norm.weight", sizes.headDim);
        }
        plan.matrix(ours + "attn_output.weight", theirs + "self_attn.o_proj.weight", queryWidth, sizes.width);
        plan.vector(ours + "ffn_norm.weight", theirs + "post_attention_layernorm.weight", sizes.width);
        planFeedForward(plan, sizes, layer, theirs);
    }
}

/// The rows of q, then those of k, then those of v stay one tensor.
void planBailingStyle(TensorPlanner& plan, const CheckpointSizes& sizes) {
    const uint64_t queryWidth = sizes.heads * sizes.headDim;
    const uint64_t keyWidth = sizes.kvHeads * sizes.headDim;
    planTables(plan, sizes, {.embedding = "model.word_embeddings.weight", .norm = "model.norm", .head = "lm_head.weight"});
    for (uint64_t layer = 0; layer < sizes.layers && !plan.failed(); ++layer) {
        const std::string ours = blockName(layer);
        const std::string theirs = "model.layers." + std::to_string(layer) + ".";
        plan.vector(ours + "attn_norm.weight", theirs + "input_layernorm.weight", sizes.width);
        plan.matrix(ours + "attn_qkv.weight", theirs + "attention.query_key_value.weight", sizes.width, queryWidth + 2 * keyWidth);
        plan.vector(ours + "attn_q_norm.weight", theirs + "attention.query_layernorm.weight", sizes.headDim);
        plan.vector(ours + "attn_k_norm.weight", theirs + "attention.key_layernorm.weight", sizes.headDim);
        plan.matrix(ours + "attn_output.weight", theirs + "attention.dense.weight", queryWidth, sizes.width);
        plan.vector(ours + "ffn_norm.weight", theirs + "post_attention_layernorm.weight", sizes.width);
        planFeedForward(plan, sizes, layer, theirs);
    }
}

/// In LLaDA's blocks `ff_proj` is the gate, `up_proj` what it lets through and `ff_out` the way back.
void planOlmoStyle(TensorPlanner& plan, const CheckpointSizes& sizes) {
    const uint64_t queryWidth = sizes.heads * sizes.headDim;
    const uint64_t keyWidth = sizes.kvHeads * sizes.headDim;
    const std::string body = "model.transformer.";
    planTables(plan, sizes, {.embedding = body + "wte.weight", .norm = body + "ln_f", .head = body + "ff_out.weight"});
    for (uint64_t layer = 0; layer < sizes.layers && !plan.failed(); ++layer) {
        const std::string ours = blockName(layer);
        const std::string theirs = body + "blocks." + std::to_string(layer) + ".";
        plan.vector(ours + "attn_norm.weight", theirs + "attn_norm.weight", sizes.width);
        plan.matrix(ours + "attn_q.weight", theirs + "q_proj.weight", sizes.width, queryWidth);
        plan.matrix(ours + "attn_k.weight", theirs + "k_proj.weight", sizes.width, keyWidth);
        plan.matrix(ours + "attn_v.weight", theirs + "v_proj.weight", sizes.width, keyWidth);
        plan.matrix(ours + "attn_output.weight", theirs + "attn_out.weight", queryWidth, sizes.width);
        plan.vector(ours + "ffn_norm.weight", theirs + "ff_norm.weight", sizes.width);
        plan.matrix(ours + "ffn_gate.weight", theirs + "ff_proj.weight", sizes.width, sizes.feedForward);
        plan.matrix(ours + "ffn_up.weight", theirs + "up_proj.weight", sizes.width, sizes.feedForward);
        plan.matrix(ours + "ffn_down.weight", theirs + "ff_out.weight", sizes.feedForward, sizes.width);
    }
}

/// A LayerNorm and the linear layers of GPT-2's blocks, with their biases.
void planGpt2Block(TensorPlanner& plan, const CheckpointSizes& sizes, const std::string& ours, const std::string& theirs) {
    const uint64_t width = sizes.width;
    constexpr std::array<std::string_view, 3> kParts = {"attn_q", "attn_k", "attn_v"};
    for (uint64_t part = 0; part < kParts.size(); ++part) {
        const RowRange range = {part * width, width};
        const std::string name = ours + std::string(kParts[part]);
        plan.columnsOf(name + ".weight", theirs + "attn.c_attn.weight", width, range, 3 * width);
        plan.vector(name + ".bias", theirs + "attn.c_attn.bias", range, 3 * width);
    }
    struct Linear {
        std::string_view ours, theirs;
        uint64_t inputs, outputs;
    };
    const std::array<Linear, 3> layers = {{{"attn_output", "attn.c_proj", width, width},
                                           {"ffn_up", "mlp.c_fc", width, sizes.feedForward},
                                           {"ffn_down", "mlp.c_proj", sizes.feedForward, width}}};
    for (const Linear& linear : layers) {
        const std::string source = theirs + std::string(linear.theirs);
        plan.columnsOf(ours + std::string(linear.ours) + ".weight", source + ".weight", linear.inputs, {0, linear.outputs}, linear.outputs);
        plan.vector(ours + std::string(linear.ours) + ".bias", source + ".bias", linear.outputs);
    }
    for (const auto& [norm, source] : {std::pair("attn_norm", "ln_1"), std::pair("ffn_norm", "ln_2")}) {
        plan.vector(ours + norm + ".weight", theirs + source + ".weight", width);
        plan.vector(ours + norm + ".bias", theirs + source + ".bias", width);
    }
}

void planGpt2Style(TensorPlanner& plan, const CheckpointSizes& sizes) {
    const bool wrapped = plan.has("embed_tokens.weight") || plan.has("denoise_model.ln_f.weight");
    const std::string body = wrapped ? "denoise_model." : "transformer.";
    planTables(plan, sizes,
               {.embedding = wrapped ? "embed_tokens.weight" : body + "wte.weight", .norm = body + "ln_f", .head = "lm_head.weight"});
    plan.vector("output_norm.bias", body + "ln_f.bias", sizes.width);
    plan.matrix("position_embd.weight", body + "wpe.weight", sizes.width, sizes.contextLength);
    for (uint64_t layer = 0; layer < sizes.layers && !plan.failed(); ++layer) {
        planGpt2Block(plan, sizes, blockName(layer), body + "h." + std::to_string(layer) + ".");
    }
}

/// The rows of one part of a fused projection that holds, for every group, its queries, its key and its value.
std::vector<RowRange> rowsOfEachGroup(const CheckpointSizes& sizes, uint64_t firstHead, uint64_t headsOfGroup) {
    const uint64_t perGroup = sizes.heads / sizes.kvHeads + 2;
    std::vector<RowRange> rows;
    for (uint64_t group = 0; group < sizes.kvHeads; ++group) {
        rows.push_back({(group * perGroup + firstHead) * sizes.headDim, headsOfGroup * sizes.headDim});
    }
    return rows;
}

void planLitGptStyle(TensorPlanner& plan, const CheckpointSizes& sizes) {
    const uint64_t queriesOfGroup = sizes.heads / sizes.kvHeads;
    const uint64_t queryWidth = sizes.heads * sizes.headDim;
    const uint64_t fused = (sizes.heads + 2 * sizes.kvHeads) * sizes.headDim;
    // The mask, the last of the vocabulary, has an embedding and is never predicted.
    planTables(
        plan, sizes,
        {.embedding = "transformer.wte.weight", .norm = "transformer.ln_f", .head = "lm_head.weight", .headRows = sizes.vocabulary - 1});
    for (uint64_t layer = 0; layer < sizes.layers && !plan.failed(); ++layer) {
        const std::string ours = blockName(layer);
        const std::string theirs = "transformer.h." + std::to_string(layer) + ".";
        const std::string attention = theirs + "attn.attn.weight";
        plan.vector(ours + "attn_norm.weight", theirs + "norm_1.weight", sizes.width);
        plan.rowsOf(ours + "attn_q.weight", attention, sizes.width, rowsOfEachGroup(sizes, 0, queriesOfGroup), fused);
        plan.rowsOf(ours + "attn_k.weight", attention, sizes.width, rowsOfEachGroup(sizes, queriesOfGroup, 1), fused);
        plan.rowsOf(ours + "attn_v.weight", attention, sizes.width, rowsOfEachGroup(sizes, queriesOfGroup + 1, 1), fused);
        plan.matrix(ours + "attn_output.weight", theirs + "attn.proj.weight", queryWidth, sizes.width);
        plan.vector(ours + "ffn_norm.weight", theirs + "norm_2.weight", sizes.width);
        plan.matrix(ours + "ffn_gate.weight", theirs + "mlp.swiglu.w1.weight", sizes.width, sizes.feedForward);
        plan.matrix(ours + "ffn_up.weight", theirs + "mlp.swiglu.w2.weight", sizes.width, sizes.feedForward);
        plan.matrix(ours + "ffn_down.weight", theirs + "mlp.swiglu.w3.weight", sizes.feedForward, sizes.width);
    }
}

}  // namespace

Result<std::vector<TensorRecipe>> planTensors(const SafetensorsFolder& checkpoint, const HuggingFaceFamily& family,
                                              const CheckpointSizes& sizes, const std::string& displayName) {
    TensorPlanner plan(checkpoint, displayName);
    switch (family.style) {
        case NamingStyle::Llama: planLlamaStyle(plan, family, sizes); break;
        case NamingStyle::Bailing: planBailingStyle(plan, sizes); break;
        case NamingStyle::Olmo: planOlmoStyle(plan, sizes); break;
        case NamingStyle::Gpt2: planGpt2Style(plan, sizes); break;
        case NamingStyle::LitGpt: planLitGptStyle(plan, sizes); break;
    }
    return plan.finish(family.style);
}

}  // namespace crystallite
