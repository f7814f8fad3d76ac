"""How a family's weights are published in a Hugging Face folder: the fields of its config.json, its tensors' names, and what is transposed or
fused there. Facts from the authors' code, cited at each style; the writer of safetensors follows the format's own page."""

import json
import struct

import numpy as np

from gguf_layout import store_type
from gguf_writer import BF16, F16, F32, stored
from hugging_face_experts import bailing, bailing_config, llada_moe_config, qwen3_moe_config, split_experts
from hugging_face_names import llama, renamed

TYPE_NAMES = {F32: "F32", F16: "F16", BF16: "BF16"}


def write_safetensors(path, tensors, tensor_type):
    """`tensors`: name -> array. Matrices in `tensor_type`, what store_type() says in F32, one behind the other."""
    header, data = {"__metadata__": {"format": "pt"}}, []
    position = 0
    for name, values in tensors.items():
        kind = store_type(name, values, tensor_type)
        raw = stored(values, kind)
        header[name] = {"dtype": TYPE_NAMES[kind], "shape": list(values.shape), "data_offsets": [position, position + len(raw)]}
        position += len(raw)
        data.append(raw)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    path.write_bytes(struct.pack("<Q", len(head)) + head + b"".join(data))


# LLaDA's modeling_llada.py: ff_proj is the gate.
OLMO = {
    "attention_norm": "attn_norm",
    "q": "q_proj",
    "k": "k_proj",
    "v": "v_proj",
    "o": "attn_out",
    "feed_forward_norm": "ff_norm",
    "gate": "ff_proj",
    "up": "up_proj",
    "down": "ff_out",
}


def olmo(weights):
    body = "model.transformer."
    tables = {"embedding": body + "wte", "output_norm": body + "ln_f", "head": body + "ff_out"}
    return dict(renamed(weights, body + "blocks", OLMO, tables))


def gpt2(weights):
    """GPT-2's Conv1D is stored [inputs, outputs], q, k and v side by side (transformers, models/gpt2); HKUNLP/DiffuLLaMA model.py puts the
    transformer under denoise_model and its embedding outside."""
    body = "denoise_model."
    tensors = {"embed_tokens.weight": weights["embedding.weight"], body + "wpe.weight": weights["positions.weight"]}
    layers = sorted({int(name.split(".")[0]) for name in weights if name[0].isdigit()})
    for layer in layers:
        ours, theirs = f"{layer}.", f"{body}h.{layer}."
        for part, name in (("attention_norm", "ln_1"), ("feed_forward_norm", "ln_2")):
            for kind in ("weight", "bias"):
                tensors[f"{theirs}{name}.{kind}"] = weights[f"{ours}{part}.{kind}"]
        tensors[theirs + "attn.c_attn.weight"] = np.concatenate([weights[f"{ours}{p}.weight"] for p in "qkv"]).T
        tensors[theirs + "attn.c_attn.bias"] = np.concatenate([weights[f"{ours}{p}.bias"] for p in "qkv"])
        for part, name in (("o", "attn.c_proj"), ("up", "mlp.c_fc"), ("down", "mlp.c_proj")):
            tensors[f"{theirs}{name}.weight"] = weights[f"{ours}{part}.weight"].T
            tensors[f"{theirs}{name}.bias"] = weights[f"{ours}{part}.bias"]
    for kind in ("weight", "bias"):
        tensors[f"{body}ln_f.{kind}"] = weights[f"output_norm.{kind}"]
    return tensors


def lit_gpt(weights, shape):
    """ML-GSAI/SMDM lit_gpt/diffmodel.py: per group of heads its queries, its key, its value; xformers' SwiGLU calls the gate w1."""
    tensors = {"transformer.wte.weight": weights["embedding.weight"], "lm_head.weight": weights["head.weight"]}
    for layer in range(shape.layers):
        ours, theirs = f"{layer}.", f"transformer.h.{layer}."
        groups = [np.split(weights[f"{ours}{part}.weight"], shape.kv_heads) for part in "qkv"]
        tensors[theirs + "attn.attn.weight"] = np.concatenate([rows for group in zip(*groups) for rows in group])
        for part, name in (
            ("attention_norm", "norm_1"),
            ("o", "attn.proj"),
            ("feed_forward_norm", "norm_2"),
            ("gate", "mlp.swiglu.w1"),
            ("up", "mlp.swiglu.w2"),
            ("down", "mlp.swiglu.w3"),
        ):
            tensors[f"{theirs}{name}.weight"] = weights[f"{ours}{part}.weight"]
    tensors["transformer.ln_f.weight"] = weights["output_norm.weight"]
    return tensors


def llama_config(shape, model_type, class_name):
    return {
        "model_type": model_type,
        "architectures": [class_name],
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
        "hidden_act": "silu",
        "tie_word_embeddings": shape.tied,
    }


def llada_config(shape):
    return {
        "model_type": "llada",
        "architectures": ["LLaDAModelLM"],
        "n_layers": shape.layers,
        "d_model": shape.width,
        "n_heads": shape.heads,
        "n_kv_heads": shape.kv_heads,
        "mlp_hidden_size": shape.feed_forward,
        "max_sequence_length": shape.context,
        "vocab_size": shape.vocabulary,
        "embedding_size": shape.vocabulary,
        "block_type": "llama",
        "activation_type": "silu",
        "layer_norm_type": "rms",
        "rms_norm_eps": shape.epsilon,
        "rope": True,
        "rope_theta": shape.theta,
        "weight_tying": shape.tied,
    }


def gpt2_config(shape):
    return {
        "model_type": "gpt2",
        "architectures": ["DiscreteDiffusionModel"],
        "n_layer": shape.layers,
        "n_embd": shape.width,
        "n_head": shape.heads,
        "n_inner": None,
        "n_positions": shape.context,
        "vocab_size": shape.vocabulary,
        "layer_norm_epsilon": shape.epsilon,
        "activation_function": "gelu_new",
    }


def lit_gpt_config(shape):
    return {
        "n_layer": shape.layers,
        "n_embd": shape.width,
        "n_head": shape.heads,
        "n_query_groups": shape.kv_heads,
        "intermediate_size": shape.feed_forward,
        "block_size": shape.context,
        "vocab_size": shape.predicted,
        "padded_vocab_size": shape.predicted,
        "norm_eps": shape.epsilon,
        "rotary_percentage": 1.0,
        "parallel_residual": False,
        "bias": False,
    }


LLAMA_TYPES = {  # model_type and class name
    "illada": ("illada", "ILLaDAForCausalLM"),
    "dream": ("Dream", "DreamModel"),
    "dreamon": ("Dream", "DreamModel"),
    "open-dcoder": ("qwen2", "Qwen2ForCausalLM"),
    "qwen2-mdlm": ("a2d-qwen2", "A2DQwen2LMHeadModel"),
    "qwen3-mdlm": ("a2d-qwen3", "A2DQwen3LMHeadModel"),
    "diffullama": ("llama", "DiscreteDiffusionModel"),
    "llada-moe": ("lladamoe", "LLaDAMoEModelLM"),
    "rnd1": ("rnd1", "RND1"),
    "sdar": ("sdar", "SDARForCausalLM"),
    "sdar-moe": ("sdar_moe", "SDARMoeForCausalLM"),
    "dream-reasoner": ("Dream", "DreamModel"),
    "qwen3-bd3lm": ("a2d-qwen3", "A2DQwen3LMHeadModel"),
    "qwen2-bd3lm": ("a2d-qwen2", "A2DQwen2LMHeadModel"),
    "fast-dllm-v2": ("Fast_dLLM_Qwen", "Fast_dLLM_QwenForCausalLM"),
    "stable-diffcoder": ("llama", "LlamaForCausalLM"),  # not verified
    "llama": ("llama", "LlamaForCausalLM"),
    "qwen2": ("qwen2", "Qwen2ForCausalLM"),
    "qwen3": ("qwen3", "Qwen3ForCausalLM"),
}
# What the block length is called in config.json. LLaDA2's, bd3lm's and Stable-DiffCoder's do not have it.
BLOCK_FIELDS = {"sdar": "block_size", "sdar-moe": "block_size", "dream-reasoner": "block_size", "fast-dllm-v2": "bd_size"}


def published(family, weights):
    """config.json and the tensors of the family, or nothing for one that is no published family."""
    shape = family.shape
    if family.name == "llada":
        return llada_config(shape), olmo(weights)
    if family.name == "diffugpt":
        return gpt2_config(shape), gpt2(weights)
    if family.name == "smdm":
        return lit_gpt_config(shape), lit_gpt(weights, shape)
    if family.name == "diffullama":
        return llama_config(shape, *LLAMA_TYPES[family.name]), llama(weights, "denoise_model.", "embed_tokens")
    name = family.written_name()
    if name == "llada2":
        return bailing_config(shape), bailing(weights)
    if name not in LLAMA_TYPES:
        return None
    config = llama_config(shape, *LLAMA_TYPES[name])
    if name in BLOCK_FIELDS:
        config[BLOCK_FIELDS[name]] = shape.block
    if name == "llada-moe":
        return llada_moe_config(shape, config), split_experts(llama(weights))
    if shape.experts:
        return config | qwen3_moe_config(shape.experts), split_experts(llama(weights))
    return config, llama(weights)


def write_folder(folder, family, weights, tensor_type, mask):
    """True when there is such a folder. The tokenizer is left to the GGUF files of the family: it is a subject of its own."""
    parts = published(family, weights)
    if parts is None:
        return False
    config, tensors = parts
    if family.declares_mask:
        config["mask_token_id"] = int(mask)
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=1))
    if "<|expand|>" in family.specials:
        (folder / "added_tokens.json").write_text(json.dumps({"<|expand|>": family.shape.vocabulary - 1}))
    write_safetensors(folder / "model.safetensors", tensors, tensor_type)
    return True
