"""How mixtures of experts are published in Hugging Face folders: one matrix per expert, and two sets of names for their sizes."""

import numpy as np

from hugging_face_names import LLAMA, renamed


def split_experts(tensors):
    """mlp.experts.up_proj [experts, …] becomes mlp.experts.0.up_proj, mlp.experts.1.up_proj, …"""
    split = {}
    for name, values in tensors.items():
        before, found, part = name.partition(".experts.")
        if found:
            split |= {f"{before}.experts.{number}.{part}": expert for number, expert in enumerate(values)}
        else:
            split[name] = values
    return split


def llada_moe_config(shape, config):
    """inclusionAI/dInfer, python/dinfer/model/configuration_olmoe.py: other names for the widths, and the heads share out hidden_size."""
    experts = shape.experts
    common = {field: value for field, value in config.items() if field not in ("intermediate_size", "head_dim")}
    return common | {
        "dense_intermediate_size": shape.feed_forward,
        "expert_intermediate_size": experts.width,
        "shared_expert_intermediate_size": None,
        "num_experts": experts.count,
        "num_experts_per_tok": experts.used,
        "norm_topk_prob": experts.renormalised,
        "moe_layer_freq": [1] * shape.layers,
        "moe_router_enable_expert_bias": False,
        "moe_router_score_function": "softmax",
        "qk_layernorm": True,
        "routed_scaling_factor": 1.0,
        "partial_rotary_factor": 1.0,
        "attention_bias": False,
    }


def qwen3_moe_config(experts):
    """transformers, models/qwen3_moe; RND1 and SDAR keep it."""
    return {
        "num_experts": experts.count,
        "num_experts_per_tok": experts.used,
        "moe_intermediate_size": experts.width,
        "norm_topk_prob": experts.renormalised,
        "decoder_sparse_step": 1,
        "mlp_only_layers": [],
    }


# dllm, pipelines/llada2/models/modeling_llada2_moe.py.
BAILING = LLAMA | {
    "qkv": "attention.query_key_value",
    "q_norm": "attention.query_layernorm",
    "k_norm": "attention.key_layernorm",
    "o": "attention.dense",
}


def bailing(weights):
    """The rows of q, then those of k, then those of v are one tensor; the selection bias is the router's `expert_bias`."""
    joined = {}
    for name, values in weights.items():
        layer, _, part = name.partition(".")
        if part == "q.weight":
            joined[f"{layer}.qkv.weight"] = np.concatenate([weights[f"{layer}.{p}.weight"] for p in "qkv"])
        elif part not in ("k.weight", "v.weight"):
            joined[name] = values
    tables = {"embedding": "model.word_embeddings", "output_norm": "model.norm", "head": "lm_head"}
    named = dict(renamed(joined, "model.layers", BAILING, tables))
    return split_experts({name.replace("mlp.gate.bias", "mlp.gate.expert_bias"): values for name, values in named.items()})


def bailing_config(shape):
    """inclusionAI/dFactory, configs/model_configs/llada2_mini/config.json."""
    experts = shape.experts
    return {
        "model_type": "llada2_moe",
        "architectures": ["LLaDA2MoeModelLM"],
        "num_hidden_layers": shape.layers,
        "hidden_size": shape.width,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.kv_heads,
        "head_dim": shape.head_dim,
        "intermediate_size": shape.feed_forward,
        "max_position_embeddings": shape.context,
        "vocab_size": shape.vocabulary,
        "rms_norm_eps": shape.epsilon,
        "rope_theta": shape.theta,
        "partial_rotary_factor": shape.rotary_dims / shape.head_dim,
        "rotary_dim": shape.rotary_dims,
        "rope_scaling": None,
        "hidden_act": "silu",
        "tie_word_embeddings": shape.tied,
        "use_qk_norm": True,
        "use_qkv_bias": False,
        "use_bias": False,
        "num_experts": experts.count,
        "num_experts_per_tok": experts.used,
        "num_shared_experts": experts.shared,
        "moe_intermediate_size": experts.width,
        "first_k_dense_replace": experts.dense_layers,
        "n_group": experts.groups,
        "topk_group": experts.groups_used,
        "routed_scaling_factor": experts.scale,
        "score_function": "sigmoid",
        "norm_topk_prob": experts.renormalised,
        "moe_router_enable_expert_bias": True,
        "router_dtype": "fp32",
    }
