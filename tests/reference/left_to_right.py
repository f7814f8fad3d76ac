"""Greedy decoding from left to right, with and without keys and values of the text so far: the last row's best id is the next token."""

import numpy as np

from caches import EXACT
from decoding import DENOISE, PREFILL, Run


def left_to_right(run: Run, cache, stop):
    """With the cache the prompt but its last token is prefilled, and every step computes one row."""
    if cache == EXACT and run.prompt > 1:
        run.forward(PREFILL, 0, run.prompt - 1, keep=True)
    for position in range(run.prompt, len(run.text)):
        raw = run.forward(DENOISE, position - 1 if cache == EXACT else 0, position, keep=cache == EXACT)
        run.begin_step()
        run.commit_best(np.array([position]), raw[-1:], position, lambda in_order: 1)
        if run.text[position] in stop:
            break
