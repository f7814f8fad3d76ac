#!/usr/bin/env python3
"""Writes a random checkpoint of every family in every spelling, and what a double-precision forward makes of it.

    make_checkpoints.py FOLDER

README.md beside this file says what FOLDER gets. Needs NumPy.
"""

import json
import pathlib
import sys

import numpy as np

import decode_cases
import forward
import forward_cases
import routing_cases
from block_families import FAMILIES
from experts import CLEAR_ROUTE
from families import FULL_CANVAS, canvas, mask_id
from gguf_layout import round_all, write_gguf
from gguf_writer import BF16, F16, F32
from hugging_face_layout import write_folder
from weights import random_weights

FORMATS = {"F32": F32, "F16": F16, "BF16": BF16}


def formats_of(family):
    """One of the two 16-bit formats is enough where every dense family has shown both."""
    plain = family in FULL_CANVAS and family.shape.experts is None
    return FORMATS if plain else {"F32": F32, "BF16": BF16}


def routing_entry(routing):
    return {"layer": routing.layer, "experts": routing.chosen.tolist(), "weights": routing.weights.tolist(), "margin": finite(routing.margin)}


def finite(number):
    return number if np.isfinite(number) else None


def refuse_unclear(family, routings):
    """Another expert would answer where 32 bits cannot tell two scores apart, unless they are equal on purpose."""
    margin = min(routing.margin for routing in routings)
    if margin < CLEAR_ROUTE and not family.equal_scores:
        raise ValueError(f"{family.name}: a routing with a margin of {margin:.1e}; another canvas is needed")


def write_family(folder, family, weights):
    tokens, shape = canvas(family), family.shape
    for format_name, tensor_type in formats_of(family).items():
        name = f"{family.name}.{format_name}"
        routings = []
        np.save(folder / f"{name}.npy", forward.logits(round_all(weights, tensor_type), shape, tokens, routings=routings))
        if routings:
            refuse_unclear(family, routings)
            (folder / f"{name}.routing.json").write_text(json.dumps([routing_entry(routing) for routing in routings]))
        write_folder(folder / name, family, weights, tensor_type, mask_id(family))
        for number, spelling in enumerate(family.spellings):
            file = f"{family.name}.{spelling.file_part()}.{format_name}.gguf"
            write_gguf(folder / file, family, spelling, weights, tensor_type)
            yield {
                "file": file,
                "family": family.name,
                "engine_family": family.written_name(),
                "spelling": number,
                "format": format_name,
                "shift": shape.shift,
                "visibility": shape.sees,
                "block": shape.block,
                "mask": mask_id(family),
                "tokens": tokens.tolist(),
                "logits": f"{name}.npy",
                "routing": f"{name}.routing.json" if routings else None,
            }


def write_forwards(folder, family, weights):
    for case in forward_cases.CASES:
        if case["family"] == family.name:
            described, logits = forward_cases.entry(case, weights)
            np.save(folder / described["logits"], logits)
            yield described


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    cases, forwards, decodes = [], [], []
    for family in FAMILIES:
        weights = random_weights(family)
        cases += write_family(folder, family, weights)
        in_f32 = round_all(weights, F32)
        forwards += write_forwards(folder, family, in_f32)
        decodes += [entry for case in decode_cases.CASES if case.family == family.name for entry in decode_cases.entries(case, in_f32)]
    (folder / "cases.json").write_text(json.dumps(cases, indent=1))
    (folder / "forwards.json").write_text(json.dumps(forwards))
    (folder / "routings.json").write_text(json.dumps(list(routing_cases.cases())))
    (folder / "decodes.json").write_text(json.dumps(decodes))


if __name__ == "__main__":
    main()
