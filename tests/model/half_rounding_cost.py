#!/usr/bin/env python3
"""What rounding the matrices of a checkpoint to F16 costs its logits, by a forward in double precision that shares no code with the engine.

    half_rounding_cost.py CHECKPOINT_FOLDER

The folder holds config.json, model.safetensors and reference.json with its logits. logits_test.cpp states the numbers this prints for
the checkpoint that the embedded model was converted from; run it again when that changes. Needs NumPy.
"""

import json
import pathlib
import struct
import sys

import numpy as np


def read_safetensors(path):
    raw = path.read_bytes()
    header_bytes = struct.unpack("<Q", raw[:8])[0]
    tensors = {}
    for name, entry in json.loads(raw[8 : 8 + header_bytes]).items():
        if name != "__metadata__":
            values = np.frombuffer(raw, "<f4", int(np.prod(entry["shape"])), 8 + header_bytes + entry["data_offsets"][0])
            tensors[name.removeprefix("model.transformer.")] = values.reshape(entry["shape"]).astype(np.float64)
    return tensors


def rms_norm(x, weight, epsilon):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon) * weight


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + np.concatenate([-x[..., half:], x[..., :half]], -1) * sin


def attention(x, block, heads, cos, sin):
    q, k, v = ((x @ block(name).T).reshape(len(x), heads, -1).transpose(1, 0, 2) for name in ("q_proj", "k_proj", "v_proj"))
    scores = rotate(q, cos, sin) @ rotate(k, cos, sin).transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    return (shares @ v).transpose(1, 0, 2).reshape(x.shape) @ block("attn_out").T


def feed_forward(x, block):
    gate = x @ block("ff_proj").T
    return gate / (1 + np.exp(-gate)) * (x @ block("up_proj").T) @ block("ff_out").T


def logits(weights, config, ids):
    head_dim = config["d_model"] // config["n_heads"]
    angles = np.outer(np.arange(len(ids)), config["rope_theta"] ** (-np.arange(0, head_dim, 2) / head_dim))
    angles = np.concatenate([angles, angles], 1)
    epsilon = config["rms_norm_eps"]
    x = weights["wte.weight"][ids]
    for layer in range(config["n_layers"]):
        block = lambda name: weights[f"blocks.{layer}.{name}.weight"]
        x = x + attention(rms_norm(x, block("attn_norm"), epsilon), block, config["n_heads"], np.cos(angles), np.sin(angles))
        x = x + feed_forward(rms_norm(x, block("ff_norm"), epsilon), block)
    return rms_norm(x, weights["ln_f.weight"], epsilon) @ weights["wte.weight"].T


def main():
    folder = pathlib.Path(sys.argv[1])
    config = json.loads((folder / "config.json").read_text())
    weights = read_safetensors(folder / "model.safetensors")
    rounded = {name: w.astype(np.float16).astype(np.float64) if w.ndim == 2 else w for name, w in weights.items()}
    for case, entry in json.loads((folder / "reference.json").read_text()).items():
        reference = np.load(folder / entry["logits"]).astype(np.float64)
        for label, used in (("F32", weights), ("F16", rounded)):
            error = logits(used, config, np.array(entry["ids"])) - reference
            print(f"{case} {label}: rms {np.sqrt((error * error).mean()):.3g}, largest {np.abs(error).max():.3g}")


if __name__ == "__main__":
    main()
