#!/usr/bin/env python3
"""Converts a checkpoint with LLaDA's tensor names (safetensors) to GGUF version 3.

Reads a folder with config.json, tokenizer.json and model.safetensors and writes one file. Where llama.cpp has the architecture its
conventions are followed, so that other programs load it too: `llada` denoises in both directions, `llama` is its causal twin. What neither
expresses (learned positions, a board) is written as `crystallite`, see engine/decisions/0002-our-own-gguf-keys.md. The same input gives the
same bytes. Needs Python 3.9 and NumPy.

    convert_to_gguf.py CHECKPOINT_FOLDER OUTPUT.gguf --name stories --license apache-2.0 [--type f16|f32|bf16]
"""

import argparse
import enum
import json
import pathlib
import struct
import sys

import numpy as np

ALIGNMENT = 32


class ValueType(enum.IntEnum):
    """Type tags of GGUF metadata values that this script writes."""

    UINT32 = 4
    INT32 = 5
    FLOAT32 = 6
    BOOL = 7
    STRING = 8
    ARRAY = 9


class TokenType(enum.IntEnum):
    """`tokenizer.ggml.token_type`."""

    NORMAL = 1
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5


# Name -> (ggml tensor type, general.file_type). Norms stay F32 whatever the choice.
WEIGHT_TYPES = {"f32": (0, 0), "f16": (1, 1), "bf16": (30, 32)}
F32_TENSOR = WEIGHT_TYPES["f32"][0]

# Tensor names: checkpoint -> GGUF. In the checkpoint `ff_proj` is the gate and a block's `ff_out` the down projection.
OUTER_TENSORS = {
    "model.transformer.wte.weight": "token_embd.weight",
    "model.transformer.ln_f.weight": "output_norm.weight",
}
POSITIONS = ("model.transformer.wpe.weight", "position_embd.weight")
UNTIED_HEAD = ("model.transformer.ff_out.weight", "output.weight")
BLOCK_TENSORS = {
    "attn_norm": "attn_norm",
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "attn_out": "attn_output",
    "ff_norm": "ffn_norm",
    "ff_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "ff_out": "ffn_down",
}

# What none of the architectures expresses: a checkpoint must not ask for it.
REQUIRED_SETTINGS = {
    "model_type": "llada",
    "block_type": "llama",
    "activation_type": "silu",
    "layer_norm_type": "rms",
    "include_bias": False,
    "include_qkv_bias": False,
    "attention_layer_norm": False,
}


class ConversionError(Exception):
    """The checkpoint cannot be converted; the text says why."""


def read_safetensors(path):
    """Returns {name: F32 array}. Layout: u64 header length, JSON header, then the tensors' bytes."""
    blob = path.read_bytes()
    (header_length,) = struct.unpack_from("<Q", blob)
    header = json.loads(blob[8 : 8 + header_length])
    data = memoryview(blob)[8 + header_length :]
    header.pop("__metadata__", None)
    return {name: decode_tensor(name, entry, data) for name, entry in header.items()}


def decode_tensor(name, entry, data):
    """One tensor of a safetensors file as F32."""
    begin, end = entry["data_offsets"]
    raw = data[begin:end]
    if entry["dtype"] == "F32":
        values = np.frombuffer(raw, dtype="<f4")
    elif entry["dtype"] == "F16":
        values = np.frombuffer(raw, dtype="<f2").astype(np.float32)
    elif entry["dtype"] == "BF16":
        values = (np.frombuffer(raw, dtype="<u2").astype(np.uint32) << 16).view(np.float32)
    else:
        raise ConversionError(f"tensor {name} has type {entry['dtype']}; F32, F16 and BF16 are supported")
    if not np.isfinite(values).all():
        raise ConversionError(f"tensor {name} holds values that are not finite")
    return values.reshape(entry["shape"])


def check_settings(config):
    """Refuses checkpoints that need more than the architectures have."""
    for key, wanted in REQUIRED_SETTINGS.items():
        if config.get(key) != wanted:
            raise ConversionError(f"config.json has {key} = {config.get(key)!r}; only {wanted!r} can be converted")
    if config.get("causal", False) != config.get("shift_logits", False):
        raise ConversionError("config.json must have causal and shift_logits both or neither")


def architecture_of(config):
    """The GGUF architecture that says what this checkpoint computes."""
    if not config.get("rope", True) or "grid" in config:
        return "crystallite"
    return "llama" if config.get("causal", False) else "llada"


def interleave_rotary_rows(weights, heads):
    """Reorders the rows of a query or key projection from half-split to interleaved rotary pairs.

    The checkpoint turns dimension j of a head with j + d/2; llama.cpp's `llada` turns 2j with 2j + 1. Row j + s*d/2 of a head therefore
    becomes row 2j + s. Scores do not change, because queries and keys are reordered alike.
    """
    rows, columns = weights.shape
    return weights.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def convert_tensors(checkpoint, config):
    """Returns [(GGUF name, F32 array)] in file order and refuses to leave a tensor behind."""
    names = dict(OUTER_TENSORS)
    if not config.get("rope", True):
        names[POSITIONS[0]] = POSITIONS[1]
    if not config["weight_tying"]:
        names[UNTIED_HEAD[0]] = UNTIED_HEAD[1]
    for block in range(config["n_layers"]):
        for theirs, ours in BLOCK_TENSORS.items():
            names[f"model.transformer.blocks.{block}.{theirs}.weight"] = f"blk.{block}.{ours}.weight"
    left, absent = sorted(checkpoint.keys() - names.keys()), sorted(names.keys() - checkpoint.keys())
    if left or absent:
        raise ConversionError(f"tensors without a place in the file: {left}; tensors not in the checkpoint: {absent}")

    tensors = []
    for theirs, ours in names.items():
        values = checkpoint[theirs]
        if architecture_of(config) == "crystallite":
            pass  # the rows stay in the checkpoint's order
        elif ours.endswith("attn_q.weight"):
            values = interleave_rotary_rows(values, config["n_heads"])
        elif ours.endswith("attn_k.weight"):
            values = interleave_rotary_rows(values, config["n_kv_heads"])
        tensors.append((ours, values))
    return tensors


def read_vocabulary(tokenizer, size):
    """Returns (tokens, token types, merges); ids that the tokenizer does not name become unused entries, which no model emits."""
    model = tokenizer["model"]
    if model["type"] != "BPE" or tokenizer["pre_tokenizer"]["type"] != "ByteLevel":
        raise ConversionError("only byte-level BPE tokenizers can be converted")
    tokens = [f"[PAD{i}]" for i in range(size)]
    types = [TokenType.UNUSED] * size
    for text, token_id in model["vocab"].items():
        tokens[token_id], types[token_id] = text, TokenType.NORMAL
    for added in tokenizer["added_tokens"]:
        tokens[added["id"]] = added["content"]
        types[added["id"]] = TokenType.CONTROL if added["special"] else TokenType.USER_DEFINED
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in model["merges"]]
    return tokens, types, merges


def describe_tokenizer(config, tokenizer):
    """Returns the metadata of the tokenizer as [(key, value type, value)]."""
    u32, text, flag = ValueType.UINT32, ValueType.STRING, ValueType.BOOL
    tokens, types, merges = read_vocabulary(tokenizer, config["vocab_size"])
    vocabulary = [
        ("tokenizer.ggml.tokens", (ValueType.ARRAY, text), tokens),
        ("tokenizer.ggml.token_type", (ValueType.ARRAY, ValueType.INT32), types),
    ]
    mask = config["mask_token_id"]
    if "grid" in config:
        # A cell holds a symbol; of the special tokens only the mask has a meaning.
        for token_id, kind in enumerate(types):
            types[token_id] = TokenType.UNUSED if kind == TokenType.CONTROL and token_id != mask else kind
        return [("tokenizer.ggml.model", text, "symbols"), *vocabulary, ("tokenizer.ggml.mask_token_id", u32, mask)]
    end_of_text = config["eos_token_id"]
    return [
        ("tokenizer.ggml.model", text, "gpt2"),
        ("tokenizer.ggml.pre", text, "gpt-2"),
        *vocabulary,
        ("tokenizer.ggml.merges", (ValueType.ARRAY, text), merges),
        # A reader that finds no BOS takes an ordinary token for it; like GPT-2, end of text stands for both and is never added.
        ("tokenizer.ggml.bos_token_id", u32, config.get("bos_token_id", end_of_text)),
        ("tokenizer.ggml.eos_token_id", u32, end_of_text),
        ("tokenizer.ggml.eot_token_id", u32, end_of_text),
        ("tokenizer.ggml.padding_token_id", u32, config["pad_token_id"]),
        ("tokenizer.ggml.mask_token_id", u32, mask),
        ("tokenizer.ggml.add_bos_token", flag, False),
    ]


def describe_layout(config):
    """Returns the metadata of a board; nothing for a text."""
    if "grid" not in config:
        return []
    return [(f"crystallite.layout.{key}", ValueType.UINT32, config["grid"][key]) for key in ("rows", "columns", "box_rows", "box_columns")]


def describe(config, tokenizer, tensors, options):
    """Returns the metadata as [(key, value type, value)]."""
    u32, f32, text, flag = ValueType.UINT32, ValueType.FLOAT32, ValueType.STRING, ValueType.BOOL
    parameters = sum(values.size for _, values in tensors)
    prefix = architecture_of(config)
    rotary = config["d_model"] // config["n_heads"] if config.get("rope", True) else 0
    return [
        ("general.architecture", text, prefix),
        ("general.type", text, "model"),
        ("general.name", text, options.name),
        ("general.size_label", text, f"{parameters / 1e6:.1f}M"),
        ("general.license", text, options.license),
        ("general.file_type", u32, WEIGHT_TYPES[options.type][1]),
        (f"{prefix}.block_count", u32, config["n_layers"]),
        (f"{prefix}.context_length", u32, config["max_sequence_length"]),
        (f"{prefix}.embedding_length", u32, config["d_model"]),
        (f"{prefix}.feed_forward_length", u32, config["mlp_hidden_size"]),
        (f"{prefix}.attention.head_count", u32, config["n_heads"]),
        (f"{prefix}.attention.head_count_kv", u32, config["n_kv_heads"]),
        (f"{prefix}.attention.layer_norm_rms_epsilon", f32, config["rms_norm_eps"]),
        (f"{prefix}.attention.causal", flag, config.get("causal", False)),
        (f"{prefix}.rope.freq_base", f32, config["rope_theta"]),
        (f"{prefix}.rope.dimension_count", u32, rotary),
        (f"{prefix}.vocab_size", u32, config["vocab_size"]),
        *describe_layout(config),
        ("diffusion.shift_logits", flag, config.get("shift_logits", False)),
        *describe_tokenizer(config, tokenizer),
    ]


def pack_text(text):
    """A GGUF string: u64 length in bytes, then the bytes."""
    raw = text.encode("utf-8")
    return struct.pack("<Q", len(raw)) + raw


def pack_scalar(value_type, value):
    """A metadata value without its type tag."""
    if value_type == ValueType.STRING:
        return pack_text(value)
    formats = {ValueType.UINT32: "<I", ValueType.INT32: "<i", ValueType.FLOAT32: "<f", ValueType.BOOL: "<?"}
    return struct.pack(formats[value_type], value)


def pack_metadata(key, value_type, value):
    """A metadata entry: key, type tag, value; arrays carry the type of their elements and their count."""
    packed = pack_text(key)
    if isinstance(value_type, tuple):
        array_type, element_type = value_type
        packed += struct.pack("<IIQ", array_type, element_type, len(value))
        return packed + b"".join(pack_scalar(element_type, element) for element in value)
    return packed + struct.pack("<I", value_type) + pack_scalar(value_type, value)


def pack_weights(values, tensor_type):
    """The bytes of a tensor; F16 and BF16 round to nearest, ties to even."""
    if tensor_type == WEIGHT_TYPES["f16"][0]:
        halves = values.astype("<f2")
        if not np.isfinite(halves).all():
            raise ConversionError("a weight is too large for F16; use --type bf16 or f32")
        return halves.tobytes()
    if tensor_type == WEIGHT_TYPES["bf16"][0]:
        bits = np.ascontiguousarray(values, dtype="<f4").view(np.uint32)
        return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2").tobytes()
    return values.astype("<f4").tobytes()


def padded(blob):
    """`blob` with zeros up to the next multiple of the alignment."""
    return blob + bytes(-len(blob) % ALIGNMENT)


def write_gguf(path, metadata, tensors, matrix_type):
    """Header, metadata, table of tensors, padding, tensor bytes."""
    table, data = b"", []
    offset = 0
    for name, values in tensors:
        tensor_type = matrix_type if values.ndim > 1 else F32_TENSOR
        # GGUF lists the row length first.
        table += pack_text(name) + struct.pack(f"<I{values.ndim}Q", values.ndim, *reversed(values.shape))
        table += struct.pack("<IQ", tensor_type, offset)
        data.append(padded(pack_weights(values, tensor_type)))
        offset += len(data[-1])
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    head += b"".join(pack_metadata(*entry) for entry in metadata)
    path.write_bytes(padded(head + table) + b"".join(data))


def parse_options(arguments):
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=pathlib.Path, help="folder with config.json, tokenizer.json and model.safetensors")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--name", required=True, help="general.name of the file")
    parser.add_argument("--license", required=True, help="general.license, as an SPDX identifier in lower case")
    parser.add_argument("--type", choices=WEIGHT_TYPES, default="f16", help="type of the matrices (norms are always F32)")
    return parser.parse_args(arguments)


def main(arguments):
    """Converts one checkpoint; returns the exit status."""
    options = parse_options(arguments)
    try:
        config = json.loads((options.checkpoint / "config.json").read_text(encoding="utf-8"))
        tokenizer = json.loads((options.checkpoint / "tokenizer.json").read_text(encoding="utf-8"))
        check_settings(config)
        tensors = convert_tensors(read_safetensors(options.checkpoint / "model.safetensors"), config)
        metadata = describe(config, tokenizer, tensors, options)
        write_gguf(options.output, metadata, tensors, WEIGHT_TYPES[options.type][0])
    except (ConversionError, OSError) as error:
        print(f"convert_to_gguf: {error}", file=sys.stderr)
        return 1
    print(f"{options.output}: {options.output.stat().st_size} bytes, {len(tensors)} tensors, {len(metadata)} metadata values")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
