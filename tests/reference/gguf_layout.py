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
}


def gguf_name(name):
    *layer, part, kind = name.split(".")
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


def store_type(name, values, tensor_type):
    return tensor_type if values.ndim == 2 else F32


def round_all(weights, tensor_type):
    """The weights as the file holds them: matrices in `tensor_type`, vectors in F32."""
    return {name: rounded(values, store_type(name, values, tensor_type)) for name, values in weights.items()}


def _tensors(family, spelling, weights):
    shape = family.shape
    heads = {"q": shape.heads, "k": shape.kv_heads}
    for name, values in weights.items():
        layer, part, kind = name.rpartition(".")[0].partition(".")[0], name.split(".")[-2], name.split(".")[-1]
        if spelling.fused and part in ("q", "k", "v"):
            if part == "q":
                yield f"blk.{layer}.attn_qkv.{kind}", np.concatenate([weights[f"{layer}.{p}.{kind}"] for p in "qkv"])
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
    if shape.rotary_dims not in (0, shape.head_dim):
        writer.add(prefix + "rope.dimension_count", "u32", shape.rotary_dims)
    epsilon = "attention.layer_norm_epsilon" if shape.layer_norm else "attention.layer_norm_rms_epsilon"
    writer.add(prefix + epsilon, "f32", shape.epsilon)
    if family.declares_shift:
        writer.add("diffusion.shift_logits", "bool", shape.shift)
    if spelling.names_family:
        writer.add("crystallite.family", "text", family.name)
    if spelling.names_pairing:
        writer.add("crystallite.rope.pairing", "text", "half-split")


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
