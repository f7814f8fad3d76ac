#!/usr/bin/env python3
"""Writes a random checkpoint of every family in every spelling, what a double-precision forward makes of it, and what the samplers do with
that.

    make_checkpoints.py FOLDER

FOLDER gets cases.json (one entry per file: file, family, format, tokens, mask, logits, confirmed: what a block of the tokens gets from the
rest of the text), `FAMILY.ARCHITECTURE.FORMAT.gguf` and, per family
and format, the Hugging Face folder `FAMILY.FORMAT` and `FAMILY.FORMAT.npy`: float64 [positions, predicted ids], raw rows, of the weights as that file holds them. `FAMILY.decodes.json` has runs on
its F32 files: what decodes.py describes. Needs NumPy.
"""

import json
import pathlib
import sys

import numpy as np

import forward
from decodes import decodes_of
from families import FAMILIES, canvas, checkpoint_weights, mask_id, vocabulary
from gguf_layout import round_all, write_gguf
from gguf_writer import BF16, F16, F32
from hugging_face_layout import write_folder

FORMATS = {"F32": F32, "F16": F16, "BF16": BF16}


def confirmed(family, weights, tokens, begin, end):
    """Probabilities of the tokens of a block; 0 for one that is never predicted. The mask and ids without text are no rivals."""
    rows = forward.confirmation(weights, family.shape, tokens, mask_id(family), begin, end)
    rivals = np.exp(rows)
    rivals[:, len(vocabulary(family)[0]) :] = 0
    rivals[:, mask_id(family) : mask_id(family) + 1] = 0
    held = enumerate(tokens[begin:end])
    p = [float(np.exp(rows[row, token]) / rivals[row].sum()) if token < rows.shape[1] else 0.0 for row, token in held]
    return {"begin": begin, "probabilities": p}


def write_family(folder, family):
    weights = checkpoint_weights(family)
    (folder / f"{family.name}.decodes.json").write_text(json.dumps(decodes_of(family, round_all(weights, F32))))
    tokens = canvas(family)
    for format_name, tensor_type in FORMATS.items():
        stored = round_all(weights, tensor_type)
        raw = forward.logits(stored, family.shape, tokens)
        blocks = [confirmed(family, stored, tokens, begin, end) for begin, end in ((0, 1), (0, 12), (7, 18), (20, 29))]
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
                "confirmed": blocks,
            }


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    cases = [case for family in FAMILIES for case in write_family(folder, family)]
    (folder / "cases.json").write_text(json.dumps(cases, indent=1))


if __name__ == "__main__":
    main()
