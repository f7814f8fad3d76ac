"""Fast-dLLM v2 (arXiv 2509.26328) at temperature 0: sub-blocks from left to right inside a block, predictions shifted inside it.

Facts from NVlabs/Fast-dLLM v2/generation_functions.py (Fast_dLLM_QwenForCausalLM.batch_sample) and the checkpoint's modeling.py. Row i - 1 of
a pass predicts position i; the first position of what a pass computes would be predicted by its own row, but is never open then: it is
prompt, or the token that the last row of the pass before the block gave (the prefill, when the prompt ends at a border).
A stop id ends the run when its block is full, without a pass that keeps the block. Left out of the published code: that it skips the prefill
of a prompt of exactly one block, that a stop id from the last row of a pass does not stop, and that the checkpoint's own generate(), unlike
batch_sample(), begins a block with the keys and values inside the block before.
"""

import numpy as np

from block_diffusion import BlockRun
from caches import NONE, SUB_BLOCK
from decoding import COMMIT, DENOISE, PREFILL


def shifted(raw):
    return np.concatenate([raw[:1], raw[:-1]])


def take_next(run, raw, position):
    """The token behind the last row of a pass."""
    run.begin_step()
    run.commit_best(np.array([position]), raw[-1:], position, lambda in_order: 1)


def sub_block_logits(run, block, sub_block, seen_whole):
    """Logits of the sub-block's positions. With the cache inside the block the whole block is computed until the first position of the
    sub-block holds a token, then the sub-block alone over what the last whole pass left of the rest."""
    first, last = block
    start, end = sub_block
    inside = run.cache == SUB_BLOCK
    if inside and seen_whole and run.text[start] != run.mask:
        return shifted(run.forward(DENOISE, start, end, keep=True))
    return shifted(run.denoise(first, last, keep=inside))[start - first : end - first]


def fill(run, block, sub_block, threshold):
    start, end = sub_block
    while len(positions := run.open_in(start, end)):
        logits = sub_block_logits(run, block, sub_block, run.seen_whole)
        run.seen_whole = True
        run.begin_step()
        run.commit_best(positions, logits, start, run.above(threshold, 1))


def fast_dllm_v2(run: BlockRun, options, stop):
    raw = run.prefill()
    if run.cache == NONE and run.first_open == run.prompt > 0:
        raw = run.forward(PREFILL, 0, run.prompt)
    if run.first_open == run.prompt > 0:
        take_next(run, raw, run.prompt)
    for first, last in run.borders():
        run.seen_whole = False
        for start in range(first, last, options["sub_block"]):
            fill(run, (first, last), (start, min(start + options["sub_block"], last)), options["threshold"])
        if run.has_stopped(stop) or last == len(run.text):
            break
        raw = run.forward(COMMIT, 0 if run.cache == NONE else first, last, keep=run.cache != NONE)
        take_next(run, raw, last)
