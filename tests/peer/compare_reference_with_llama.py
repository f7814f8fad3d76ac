"""Holds tests/reference, which the engine is measured against, to llama.cpp: the rows of logits of every family that both know.

    python3 compare_reference_with_llama.py LLAMA_DECODE LIBRARY_FOLDER FOLDER [FAMILY...]

The models are written into FOLDER and stay there: compare_with_llama.py can run them. Every row sees every row in both, whatever the family was trained for: that is what llama.cpp can be told. Its vocabulary must be as long as
the embedding, so that the padding gets names here.
"""

import pathlib
import subprocess
import sys
from dataclasses import replace

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reference"))

import families
import forward
import gguf_layout
import visibility
from block_families import FAMILIES
from gguf_writer import F32
from weights import checkpoint_weights

KNOWN = ("llada", "dream", "llada-moe", "rnd1", "llama", "qwen2", "qwen3", "gpt2", "bailingmoe2")  # to llama.cpp
SURE = 1e-4  # of the standard deviation of the logits, the bar of the engine's own tests
BARS = {"gpt2": 2e-3}  # llama.cpp looks GELU up in a table of F16, GGML_GELU_FP16


def padded(family):
    tokens, ordinary = families.vocabulary(family)
    return tokens + [f"<padding {i}>" for i in range(len(tokens), family.shape.vocabulary)], ordinary


def peer_logits(decode, libraries, path, tokens):
    """None when it refuses the file, with its reason on stderr."""
    ids = ",".join(str(token) for token in tokens)
    result = subprocess.run([decode, path, "logits", ids, "0", "0", libraries], capture_output=True, text=True)
    if result.returncode != 0:
        reasons = [line for line in result.stderr.splitlines() if "error" in line or "ASSERT" in line]
        return None, reasons[0] if reasons else "without a reason"
    return np.array([line.split() for line in result.stdout.splitlines()], dtype=np.float64), ""


def compare(decode, libraries, folder, family, spelling):
    name = f"{family.name} as {spelling.architecture}"
    weights = gguf_layout.round_all(checkpoint_weights(family), F32)
    path = folder / f"{family.name}.{spelling.architecture}.gguf"
    gguf_layout.write_gguf(path, family, spelling, weights, F32)
    tokens = families.canvas(family)
    theirs, reason = peer_logits(decode, libraries, path, tokens)
    if theirs is None:
        print(f"{name}: refused, {reason}")
        return True
    ours = forward.logits(weights, replace(family.shape, sees=visibility.FULL, block=0), tokens)
    error = np.abs(theirs[:, : ours.shape[1]] - ours).max() / ours.std()
    print(f"{name}: {ours.shape[0]} rows of {ours.shape[1]} logits, at most {error:.1e} of their standard deviation apart")
    return error <= BARS.get(spelling.architecture, SURE)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    decode, libraries, folder, *wanted = sys.argv[1:]
    gguf_layout.vocabulary = padded
    pathlib.Path(folder).mkdir(exist_ok=True)
    same = True
    for family in FAMILIES:
        spellings = [spelling for spelling in family.spellings if spelling.architecture in KNOWN and not spelling.names_pairing]
        if spellings and (not wanted or family.name in wanted):
            same &= compare(decode, libraries, pathlib.Path(folder), family, spellings[0])
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
