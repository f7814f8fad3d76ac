"""Weights of a shipped model as the beginning of a new run: a folder written by `export.py`, or the GGUF file made from one.

Run folders are lost with the machine they lie on; what the repository ships is enough to go on from. The optimizer starts
afresh, with its usual warm-up.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
from torch import Tensor

from pipeline.backbone import Backbone
from pipeline.bpe import Tokenizer
from pipeline.config import ModelShape, RunConfig
from pipeline.export import PREFIX, TRAINING_TOKENS
from pipeline.trainer import START


# GGUF value types that are plain numbers, and the two that are not.
GGUF_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
GGUF_STRING, GGUF_ARRAY = 8, 9
F32, F16, Q8_0, BF16 = 0, 1, 8, 30

GGUF_NAMES = {"token_embd": "wte", "position_embd": "wpe", "output_norm": "ln_f"}
GGUF_BLOCK_NAMES = {
    "attn_norm": "attn_norm",
    "attn_q": "q_proj",
    "attn_k": "k_proj",
    "attn_v": "v_proj",
    "attn_output": "attn_out",
    "ffn_norm": "ff_norm",
    "ffn_gate": "ff_proj",
    "ffn_up": "up_proj",
    "ffn_down": "ff_out",
}


def read_safetensors(path: Path) -> dict[str, Tensor]:
    blob = path.read_bytes()
    (size,) = struct.unpack_from("<Q", blob)
    header = json.loads(blob[8 : 8 + size])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = torch.from_numpy(np.frombuffer(blob[begin:end], "<f4").reshape(entry["shape"]).copy())
    return tensors


def read_value(file: BinaryIO, kind: int) -> Any:
    if kind == GGUF_STRING:
        return file.read(read_value(file, 10)).decode("utf-8")
    if kind == GGUF_ARRAY:
        element, count = read_value(file, 4), read_value(file, 10)
        return [read_value(file, element) for _ in range(count)]
    layout = GGUF_SCALARS[kind]
    return struct.unpack(layout, file.read(struct.calcsize(layout)))[0]


def read_weights(file: BinaryIO, kind: int, count: int) -> np.ndarray:
    """`count` weights as f32. A Q8_0 block is an f16 scale and 32 signed bytes."""
    if kind == F32:
        return np.frombuffer(file.read(4 * count), "<f4")
    if kind == F16:
        return np.frombuffer(file.read(2 * count), "<f2").astype(np.float32)
    if kind == BF16:
        return (np.frombuffer(file.read(2 * count), "<u2").astype(np.uint32) << 16).view(np.float32)
    if kind == Q8_0:
        blocks = np.frombuffer(file.read(count // 32 * 34), [("scale", "<f2"), ("weights", "i1", 32)])
        return (blocks["scale"].astype(np.float32)[:, None] * blocks["weights"]).reshape(-1)
    raise ValueError(f"tensor type {kind} is not read here; known are F32, F16, BF16 and Q8_0")


def read_gguf(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Metadata and tensors of a GGUF file of version 3."""
    with path.open("rb") as file:
        magic, version = file.read(4), read_value(file, 4)
        if magic != b"GGUF" or version != 3:
            raise ValueError(f"{path} is not a GGUF file of version 3")
        tensor_count, value_count = read_value(file, 10), read_value(file, 10)
        metadata = {read_value(file, GGUF_STRING): read_value(file, read_value(file, 4)) for _ in range(value_count)}
        table = []
        for _ in range(tensor_count):
            name, dimensions = read_value(file, GGUF_STRING), read_value(file, 4)
            shape = [read_value(file, 10) for _ in range(dimensions)]
            table.append((name, shape[::-1], read_value(file, 4), read_value(file, 10)))  # a GGUF lists the row length first
        alignment = metadata.get("general.alignment", 32)
        start = -(-file.tell() // alignment) * alignment
        tensors = {}
        for name, shape, kind, offset in table:
            file.seek(start + offset)
            tensors[name] = read_weights(file, kind, int(np.prod(shape))).reshape(shape)
        return metadata, tensors


def llada_tensors_of_gguf(tensors: dict[str, np.ndarray], heads: int) -> dict[str, Tensor]:
    """Tensors under LLaDA's names. The rows of q and k go back from interleaved to half-split rotary pairs; without RoPE the
    order of the rows of a head does not matter as long as q and k agree."""
    result = {}
    for name, values in tensors.items():
        parts = name.removesuffix(".weight").split(".")
        if parts[0] != "blk":
            result[f"{PREFIX}{GGUF_NAMES[parts[0]]}.weight"] = torch.tensor(values)
            continue
        if parts[2] in ("attn_q", "attn_k"):
            rows, columns = values.shape
            values = values.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)
        result[f"{PREFIX}blocks.{parts[1]}.{GGUF_BLOCK_NAMES[parts[2]]}.weight"] = torch.tensor(values)
    return result


def split_positions(table: Tensor, model: Backbone) -> dict[str, Tensor]:
    """Row, column and box tables whose sums are the given learned positions (they are sums of such, so the fit is exact)."""
    groups = model.positions.groups
    side = model.shape.grid_size
    design = torch.cat([torch.nn.functional.one_hot(group, side) for group in groups], 1).double()
    tables = torch.linalg.pinv(design) @ table.double()
    return {f"positions.tables.{index}.weight": part.float() for index, part in enumerate(tables.split(side))}


def backbone_state(tensors: dict[str, Tensor], shape: ModelShape, causal: bool) -> dict[str, Tensor]:
    """The inverse of `export.llada_tensors`; a tensor that is missing or has another shape is an error."""
    named = {name.removeprefix(PREFIX): tensor for name, tensor in tensors.items()}
    model = Backbone(shape, causal)
    state = {"embedding.weight": named["wte.weight"], "final_norm.weight": named["ln_f.weight"]}
    if model.positions is not None:
        state |= split_positions(named["wpe.weight"], model)
    for index in range(shape.layers):
        block = {name.split(".")[2]: tensor for name, tensor in named.items() if name.startswith(f"blocks.{index}.")}
        parts = {
            "attention_norm": block["attn_norm"],
            "query_key_value": torch.cat([block["q_proj"], block["k_proj"], block["v_proj"]]),
            "attention_out": block["attn_out"],
            "feed_norm": block["ff_norm"],
            "gate_up": torch.cat([block["ff_proj"], block["up_proj"]]),
            "down": block["ff_out"],
        }
        state |= {f"blocks.{index}.{name}.weight": tensor for name, tensor in parts.items()}
    model.load_state_dict(state)
    return model.state_dict()


def read_start(source: Path, config: RunConfig) -> tuple[dict[str, Tensor], dict[str, Any], int]:
    """Weights, tokenizer.json and the tokens seen before (0 where the file does not say)."""
    if source.is_dir():
        stored = json.loads((source / "config.json").read_text())
        tensors = read_safetensors(source / "model.safetensors")
        return tensors, json.loads((source / "tokenizer.json").read_text()), stored.get(TRAINING_TOKENS, 0)
    metadata, tensors = read_gguf(source)
    merges = [tuple(merge.split(" ")) for merge in metadata.get("tokenizer.ggml.merges", [])]  # a board has none
    return llada_tensors_of_gguf(tensors, config.model.heads), Tokenizer(merges).to_json(), 0


def prepare_start(source: Path, config: RunConfig, out: Path) -> None:
    """Leaves the weights where the trainer looks for them when there is no checkpoint, and the tokenizer that they know."""
    tensors, tokenizer, earlier_tokens = read_start(source, config)
    state = backbone_state(tensors, config.model, config.objective == "ar")
    torch.save({"model": state, "earlier_tokens": earlier_tokens}, out / START)
    if config.task == "stories":
        (out / "tokenizer.json").write_text(json.dumps(tokenizer))
