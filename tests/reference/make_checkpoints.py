#!/usr/bin/env python3
"""Writes a random checkpoint of every family in every spelling, and what a double-precision forward makes of it.

    make_checkpoints.py FOLDER

FOLDER gets cases.json (one entry per file: file, family, format, tokens, mask, logits), `FAMILY.ARCHITECTURE.FORMAT.gguf` and, per family
and format, the Hugging Face folder `FAMILY.FORMAT` and `FAMILY.FORMAT.npy`: float64 [positions, predicted ids], raw rows, of the weights as that file holds them. Needs NumPy.
"""

import json
import pathlib
import sys

import numpy as np

import forward
from families import FAMILIES, canvas, mask_id, random_weights
from gguf_layout import round_all, write_gguf
from gguf_writer import BF16, F16, F32
from hugging_face_layout import write_folder

FORMATS = {"F32": F32, "F16": F16, "BF16": BF16}


def write_family(folder, family, seed):
    weights = random_weights(family.shape, seed)
    tokens = canvas(family)
    for format_name, tensor_type in FORMATS.items():
        raw = forward.logits(round_all(weights, tensor_type), family.shape, tokens)
        logits_file = f"{family.name}.{format_name}.npy"
        np.save(folder / logits_file, raw)
        write_folder(folder / f"{family.name}.{format_name}", family, weights, tensor_type, mask_id(family))
        for number, spelling in enumerate(family.spellings):
            pairing = ".half-split" if spelling.names_pairing else ""
            file = f"{family.name}.{spelling.architecture}{pairing}.{format_name}.gguf"
            write_gguf(folder / file, family, spelling, weights, tensor_type)
            yield {
                "file": file,
                "family": family.name,
                "spelling": number,
                "format": format_name,
                "shift": family.shape.shift,
                "mask": int(mask_id(family)),
                "tokens": tokens.tolist(),
                "logits": logits_file,
            }


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    cases = [case for seed, family in enumerate(FAMILIES, start=1) for case in write_family(folder, family, seed)]
    (folder / "cases.json").write_text(json.dumps(cases, indent=1))


if __name__ == "__main__":
    main()
