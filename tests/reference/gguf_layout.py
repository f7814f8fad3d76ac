"""How a family's weights are named and ordered in GGUF: llama.cpp's names; q and k rows reordered where its architecture implies it."""

import numpy as np

from families import MERGES, mask_id, vocabulary
from gguf_writer import F32, GgufWriter, add_shape, rounded

NORMAL, CONTROL = 1, 3

NAMES = {
    "embedding": "token_embd",
    "positions": "position_embd",
    "output_norm": "output_norm",
    "head": "output",
    "attention_norm": "attn_norm",
    "q": "attn_q",
    "k": "attn_k",
    "v": "attn_v",
    "q_norm": "attn_q_norm",
    "k_norm": "attn_k_norm",
    "o": "attn_output",
    "feed_forward_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
    "router": "ffn_gate_inp",
    "experts_gate": "ffn_gate_exps",
    "experts_up": "ffn_up_exps",
    "experts_down": "ffn_down_exps",
    "shared_gate": "ffn_gate_shexp",
    "shared_up": "ffn_up_shexp",
    "shared_down": "ffn_down_shexp",
}
SIGMOID = 2  # of expert_gating_func; softmax is 1


def gguf_name(name):
    *layer, part, kind = name.split(".")
    if (part, kind) == ("router", "bias"):
        return f"blk.{layer[0]}.exp_probs_b.bias"
    return "".join(f"blk.{number}." for number in layer) + f"{NAMES[part]}.{kind}"


def interleave(rows, heads, rotary_dims):
    """Rows j and j + rotary_dims / 2 of every head become rows 2j and 2j + 1."""
    by_head = rows.reshape(heads, len(rows) // heads, *rows.shape[1:])
    turning = by_head[:, :rotary_dims]
    pairs = turning.reshape(heads, 2, rotary_dims // 2, *rows.shape[1:]).swapaxes(1, 2).reshape(turning.shape)
    return np.concatenate([pairs, by_head[:, rotary_dims:]], axis=1).reshape(rows.shape)


def separate(rows, heads):
    """What interleave() makes of rows that all turn, undone."""
    pairs = rows.reshape(heads, len(rows) // heads // 2, 2, *rows.shape[1:])
    return pairs.swapaxes(1, 2).reshape(rows.shape)


ROUTERS = ("router.weight", "ffn_gate_inp.weight", "mlp.gate.weight")  # ours, and as GGUF files and Hugging Face folders call them


def store_type(name, values, tensor_type):
    """Norms, biases and routers stay in F32."""
    return tensor_type if values.ndim > 1 and not name.endswith(ROUTERS) else F32


def round_all(weights, tensor_type):
    """The weights as the file holds them: matrices in `tensor_type`, what store_type() says in F32."""
    return {name: rounded(values, store_type(name, values, tensor_type)) for name, values in weights.items()}


def _tensors(family, spelling, weights):
    shape = family.shape
    heads = {"q": shape.heads, "k": shape.kv_heads}
    for name, values in weights.items():
        layer, part, kind = name.rpartition(".")[0].partition(".")[0], name.split(".")[-2], name.split(".")[-1]
        if spelling.fused and part in ("q", "k", "v"):
            if part == "q":
                yield f"blk.{layer}.attn_qkv.{kind}", np.concatenate([weights[f"{layer}.{p}.{kind}"] for p in "qkv"])
        elif spelling.joins_gate_up and part in ("experts_gate", "experts_up"):
            if part == "experts_gate":
                both = [weights[f"{layer}.{p}.{kind}"] for p in ("experts_gate", "experts_up")]
                yield f"blk.{layer}.ffn_gate_up_exps.{kind}", np.concatenate(both, axis=1)
        elif spelling.interleaved and part in heads:
            yield gguf_name(name), interleave(values, heads[part], shape.rotary_dims)
        else:
            yield gguf_name(name), values


def _add_sizes(writer, family, spelling):
    shape, prefix = family.shape, spelling.architecture + "."
    add_shape(writer, spelling.architecture, "random " + family.name, shape, shape.predicted)
    if shape.head_dim * shape.heads != shape.width:
        writer.add(prefix + "attention.key_length", "u32", shape.head_dim)
        writer.add(prefix + "attention.value_length", "u32", shape.head_dim)
    if shape.rotary_dims:
        writer.add(prefix + "rope.freq_base", "f32", shape.theta)
    if spelling.names_rope or shape.rotary_dims not in (0, shape.head_dim):
        writer.add(prefix + "rope.dimension_count", "u32", shape.rotary_dims)
    epsilon = "attention.layer_norm_epsilon" if shape.layer_norm else "attention.layer_norm_rms_epsilon"
    writer.add(prefix + epsilon, "f32", shape.epsilon)
    if shape.experts:
        add_experts(writer, prefix, shape.experts)
    if family.declares_shift or spelling.names_causal:
        writer.add("diffusion.shift_logits", "bool", shape.shift)
    if spelling.names_causal:
        writer.add(prefix + "attention.causal", "bool", True)
    if spelling.names_block:
        writer.add("diffusion.block_length", "u32", shape.block)
    if spelling.names_family:
        writer.add("crystallite.family", "text", family.written_name())
    if spelling.names_pairing:
        writer.add("crystallite.rope.pairing", "text", "half-split")


def add_experts(writer, prefix, experts):
    """The width of the shared experts is that of all of them together, as the converters write it."""
    writer.add(prefix + "expert_count", "u32", experts.count)
    writer.add(prefix + "expert_used_count", "u32", experts.used)
    writer.add(prefix + "expert_feed_forward_length", "u32", experts.width)
    if not experts.sigmoid:
        return  # llada-moe, rnd1 and qwen3moe: the architecture implies the rest
    writer.add(prefix + "expert_gating_func", "u32", SIGMOID)
    writer.add(prefix + "expert_weights_norm", "bool", experts.renormalised)
    writer.add(prefix + "expert_weights_scale", "f32", experts.scale)
    writer.add(prefix + "expert_group_count", "u32", experts.groups)
    writer.add(prefix + "expert_group_used_count", "u32", experts.groups_used)
    writer.add(prefix + "expert_shared_count", "u32", experts.shared)
    writer.add(prefix + "expert_shared_feed_forward_length", "u32", experts.shared * experts.width)
    writer.add(prefix + "leading_dense_block_count", "u32", experts.dense_layers)


def _add_tokenizer(writer, family):
    tokens, ordinary = vocabulary(family)
    writer.add("tokenizer.ggml.model", "text", "gpt2")
    writer.add("tokenizer.ggml.pre", "text", "qwen2")
    writer.add("tokenizer.ggml.tokens", "text[]", tokens)
    writer.add("tokenizer.ggml.token_type", "i32[]", [NORMAL] * ordinary + [CONTROL] * (len(tokens) - ordinary))
    writer.add("tokenizer.ggml.merges", "text[]", list(MERGES))
    writer.add("tokenizer.ggml.eos_token_id", "u32", tokens.index("<|endoftext|>"))
    if "<|eot_id|>" in tokens:
        writer.add("tokenizer.ggml.eot_token_id", "u32", tokens.index("<|eot_id|>"))
    if family.declares_mask:
        writer.add("tokenizer.ggml.mask_token_id", "u32", mask_id(family))


def write_gguf(path, family, spelling, weights, tensor_type):
    writer = GgufWriter()
    _add_sizes(writer, family, spelling)
    _add_tokenizer(writer, family)
    for name, values in _tensors(family, spelling, weights):
        writer.add_array(name, values, store_type(name, values, tensor_type))
    writer.write(path)
