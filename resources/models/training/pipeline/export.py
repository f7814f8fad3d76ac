"""Writes a Hugging Face folder in LLaDA's layout: model.safetensors (F32), config.json, tokenizer.json."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

from torch import Tensor

from pipeline.backbone import Backbone
from pipeline.bpe import END_ID, hugging_face_json
from pipeline.config import RunConfig
from pipeline.sudoku.data import SPECIAL_TOKENS as GRID_SPECIAL_TOKENS

PREFIX = "model.transformer."
TRAINING_TOKENS = "training_tokens"  # config.json: what the weights were trained on, earlier runs included


def llada_tensors(model: Backbone) -> dict[str, Tensor]:
    """Tensors under LLaDA's names, fused projections split. A grid's three tables are summed into the learned position
    table `wpe` of the same architecture (rope = false), which gives the same hidden states."""
    tensors = {"wte.weight": model.embedding.weight}
    if model.positions is not None:
        tensors["wpe.weight"] = model.positions()
    for index, block in enumerate(model.blocks):
        query, key, value = block.query_key_value.weight.chunk(3, 0)
        gate, up = block.gate_up.weight.chunk(2, 0)
        named = {
            "attn_norm": block.attention_norm.weight,
            "ff_norm": block.feed_norm.weight,
            "q_proj": query,
            "k_proj": key,
            "v_proj": value,
            "attn_out": block.attention_out.weight,
            "ff_proj": gate,
            "up_proj": up,
            "ff_out": block.down.weight,
        }
        tensors |= {f"blocks.{index}.{name}.weight": tensor for name, tensor in named.items()}
    tensors["ln_f.weight"] = model.final_norm.weight
    return {PREFIX + name: tensor.detach().float().contiguous() for name, tensor in tensors.items()}


def write_safetensors(path: Path, tensors: dict[str, Tensor]) -> None:
    """u64 header length, JSON header with byte ranges, then the data; the header is padded to 8 bytes with spaces."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    offset = 0
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.numpy().astype("<f4").tobytes())


def llada_config(config: RunConfig, training_tokens: int) -> dict[str, Any]:
    shape = config.model
    causal = config.objective == "ar"
    result = {
        "architectures": ["LLaDAModelLM"],
        "model_type": "llada",
        "name": config.name,
        "d_model": shape.width,
        "n_layers": shape.layers,
        "n_heads": shape.heads,
        "n_kv_heads": shape.heads,
        "mlp_hidden_size": shape.feed_forward,
        "block_type": "llama",
        "activation_type": "silu",
        "layer_norm_type": "rms",
        "rms_norm_eps": shape.norm_epsilon,
        "rope": shape.positions == "rope",
        "rope_theta": shape.rope_theta,
        "include_bias": False,
        "include_qkv_bias": False,
        "attention_layer_norm": False,
        "weight_tying": True,
        "max_sequence_length": shape.context,
        "vocab_size": shape.vocabulary,
        "embedding_size": shape.vocabulary,
        "mask_token_id": 0,
        "pad_token_id": END_ID,
        "eos_token_id": END_ID,
        # Not LLaDA's: an autoregressive twin attends causally and row i - 1 predicts token i.
        "causal": causal,
        "shift_logits": causal,
        TRAINING_TOKENS: training_tokens,
    }
    if shape.positions == "grid":
        result["grid"] = {"rows": shape.grid_size, "columns": shape.grid_size, "box_rows": shape.box_rows, "box_columns": shape.box_columns}
    return result


def grid_tokenizer(side: int) -> dict[str, Any]:
    tokens = GRID_SPECIAL_TOKENS + [str(digit) for digit in range(1, side + 1)]
    return hugging_face_json({token: id_ for id_, token in enumerate(tokens)}, [], GRID_SPECIAL_TOKENS)


def export_folder(
    config: RunConfig, model: Backbone, tokenizer: dict[str, Any], folder: Path, training_tokens: int = 0
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(folder / "model.safetensors", llada_tensors(model))
    (folder / "config.json").write_text(json.dumps(llada_config(config, training_tokens), indent=1) + "\n")
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
