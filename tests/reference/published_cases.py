#!/usr/bin/env python3
"""Compares forward.py with the published cases: logits that another double-precision forward, confirmed by llama.cpp, gave for random
checkpoints. The two do the same arithmetic in another order, so that only roundings of 2^-53 may differ.

    published_cases.py FOLDER

FOLDER is ../shared/data/cases beside the checkout. Without it there is nothing to compare: exit code 77, or 1 when CI is set.
"""

import json
import os
import pathlib
import sys

import numpy as np

import forward
from gguf_layout import NAMES, separate
from gguf_reader import read_gguf

SKIPPED = 77
# Four layers of five sums one after the other, of at most 768 terms: 1.7e-12 if every rounding of 2^-53 went the same way.
BOUND = 2e-12


def shape_of(metadata, tensors):
    architecture = metadata["general.architecture"]
    value = lambda key: metadata[f"{architecture}.{key}"]
    heads, width = value("attention.head_count"), value("embedding_length")
    return forward.Shape(
        layers=value("block_count"),
        width=width,
        heads=heads,
        kv_heads=value("attention.head_count_kv"),
        head_dim=width // heads,
        rotary_dims=width // heads,
        theta=value("rope.freq_base"),
        epsilon=value("attention.layer_norm_rms_epsilon"),
        qkv_bias=architecture == "dream",
        tied="output.weight" not in tensors,
    )


def weights_of(metadata, tensors, shape):
    ours = {written: name for name, written in NAMES.items()}
    interleaved = metadata["general.architecture"] == "llada"
    heads = {"q": shape.heads, "k": shape.kv_heads}
    weights = {}
    for written, values in tensors.items():
        *block, part, kind = written.removeprefix("blk.").split(".")
        name = ours[part]
        if interleaved and name in heads:
            values = separate(values, heads[name])
        weights[".".join([*block, name, kind])] = values
    return weights


def main():
    folder = pathlib.Path(sys.argv[1])
    if not folder.is_dir():
        print(f"no {folder}: the reference cannot be compared with the published cases")
        return 1 if "CI" in os.environ else SKIPPED
    failed = False
    for case in json.loads((folder / "cases_tokens.json").read_text()):
        metadata, tensors = read_gguf(folder / case["model"])
        shape = shape_of(metadata, tensors)
        published = np.load(folder / f"{case['case']}__f64.npy")
        logits = forward.logits(weights_of(metadata, tensors, shape), shape, np.array(case["tokens"]))
        error = np.abs(logits - published).max() / published.std()
        print(f"{case['case']}: largest error {error:.1e} standard deviations, allowed {BOUND:.0e}")
        failed |= not error <= BOUND
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
