#!/usr/bin/env python3
"""Writes a random checkpoint of every family in every spelling, what a double-precision forward makes of it, and what the decoders and
samplers do with that.

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
import policy_decodes
import routing_cases
from block_families import FAMILIES
from experts import CLEAR_ROUTE
from families import canvas, mask_id, vocabulary
from gguf_layout import round_all, write_gguf
from gguf_writer import BF16, F16, F32
from hugging_face_layout import write_folder
from weights import checkpoint_weights

FORMATS = {"F32": F32, "F16": F16, "BF16": BF16}


def formats_of(family):
    """One of the two 16-bit formats is enough where every dense family has shown both."""
    return FORMATS if family.is_plain() else {"F32": F32, "BF16": BF16}


def routing_entry(routing):
    return {"layer": routing.layer, "experts": routing.chosen.tolist(), "weights": routing.weights.tolist(), "margin": finite(routing.margin)}


def finite(number):
    return number if np.isfinite(number) else None


def refuse_unclear(family, routings):
    """Another expert would answer where 32 bits cannot tell two scores apart, unless they are equal on purpose."""
    margin = min((routing.margin for routing in routings), default=np.inf)
    if margin < CLEAR_ROUTE and not family.equal_scores:
        raise ValueError(f"{family.name}: a routing with a margin of {margin:.1e}; another canvas is needed")


def confirmed(family, weights, tokens, begin, end):
    """Probabilities of the tokens of a block; 0 for one that is never predicted. The mask and ids without text are no rivals."""
    routings = []
    rows = forward.confirmation(weights, family.shape, tokens, mask_id(family), begin, end, routings)
    refuse_unclear(family, routings)
    rivals = np.exp(rows)
    rivals[:, len(vocabulary(family)[0]) :] = 0
    rivals[:, mask_id(family) : mask_id(family) + 1] = 0
    held = enumerate(tokens[begin:end])
    p = [float(np.exp(rows[row, token]) / rivals[row].sum()) if token < rows.shape[1] else 0.0 for row, token in held]
    return {"begin": begin, "probabilities": p}


def confirmed_blocks(family, weights, tokens):
    return [confirmed(family, weights, tokens, begin, end) for begin, end in ((0, 1), (0, 12), (7, 18), (20, 29))]


def write_attention(folder, family, looked):
    """What stands in cases.json about where the rows look that predict the first, a middle and the last slot."""
    tokens = looked[0].shape[2]
    slots = [0, 1, tokens // 2, tokens - 1]
    file = f"{family.name}.attention.npy"
    np.save(folder / file, np.concatenate([forward.attention_of(family.shape, slot, looked) for slot in slots]))
    return {"slots": slots, "weights": file}


def write_family(folder, family, weights):
    tokens, shape = canvas(family), family.shape
    for format_name, tensor_type in formats_of(family).items():
        name = f"{family.name}.{format_name}"
        stored, routings, looked = round_all(weights, tensor_type), [], []
        np.save(folder / f"{name}.npy", forward.logits(stored, shape, tokens, routings=routings, looked=looked))
        attention = write_attention(folder, family, looked) if format_name == "F32" else None
        blocks = confirmed_blocks(family, stored, tokens) if family.has_policies() else None
        refuse_unclear(family, routings)
        if routings:
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
                "confirmed": blocks,
                "attention": attention,
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
        weights = checkpoint_weights(family)
        cases += write_family(folder, family, weights)
        in_f32 = round_all(weights, F32)
        forwards += write_forwards(folder, family, in_f32)
        decodes += [entry for case in decode_cases.CASES if case.family == family.name for entry in decode_cases.entries(case, in_f32)]
        if family.has_policies():
            (folder / f"{family.name}.policies.json").write_text(json.dumps(policy_decodes.decodes_of(family, in_f32)))
    (folder / "cases.json").write_text(json.dumps(cases, indent=1))
    (folder / "forwards.json").write_text(json.dumps(forwards))
    (folder / "routings.json").write_text(json.dumps(list(routing_cases.cases())))
    (folder / "decodes.json").write_text(json.dumps(decodes))


if __name__ == "__main__":
    main()
