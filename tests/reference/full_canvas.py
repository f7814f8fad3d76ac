"""LLaDA's blocks and RND1's schedule on a full canvas at temperature 0, and Fast-dLLM's approximate caches (arXiv 2505.22618) for the blocks.

Facts from ML-GSAI/LLaDA generate.py; RadicalNumerics/RND1 rnd/sampling.py; NVlabs/Fast-dLLM llada/generate.py and dream/model/generation_utils_block.py. At the start of a block the
whole text is computed, which commits the block's first step and leaves keys and values. Prefix cache: those before the block are kept, the
block and all behind it are computed anew. Dual cache: all are kept, the block alone is computed and takes its own place among them.
Left out: the published pass over a block that its first step already completed.
With a shift, row i - 1 predicts position i, and the row before the block is in no pass but that over the whole text. Published for Dream, and
so here: with a cache that pass commits the block's first position and nothing else. Ours is `row_before`: that row is computed, and kept, with
the block in every pass, and the pass over the whole text commits like any other.
"""

import numpy as np

import forward
from caches import DUAL, NONE
from decoding import DENOISE, Run, even


def whole_logits(run, cache):
    """Row i predicts position i."""
    return forward.aligned(run.forward(DENOISE, 0, len(run.text), keep=cache != NONE), run.shape)


def block_logits(run, cache, first, last, row_before):
    """Logits of the block's positions in a step that is not its first."""
    if cache == NONE:
        return whole_logits(run, cache)[first:last]
    start = first - row_before
    end = last if cache == DUAL else len(run.text)
    return forward.aligned(run.forward(DENOISE, start, end, keep=cache == DUAL), run.shape)[row_before : row_before + last - first]


def blocks(run, options, cache, choose):
    row_before = options.get("row_before", 0)
    for first in range(run.prompt, len(run.text), options["block"]):
        last = min(first + options["block"], len(run.text))
        schedule = iter(even(last - first, options.get("steps", last - first)))
        logits = whole_logits(run, cache)[first:last]
        run.begin_step()
        if run.shape.shift and cache != NONE and not row_before:
            run.commit_best(np.array([first]), logits, first, lambda in_order: 1)
        else:
            run.commit_best(run.open_in(first, last), logits, first, choose(run, next(schedule)))
        while len(positions := run.open_in(first, last)):
            logits = block_logits(run, cache, first, last, row_before)
            run.begin_step()
            run.commit_best(positions, logits, first, choose(run, next(schedule)))


def llada(run: Run, options, cache):
    blocks(run, options, cache, lambda run, k: run.best_k(k))


def threshold(run: Run, options, cache):
    blocks(run, options, cache, lambda run, k: run.above(options["threshold"], 1, strict=False))


def rnd1(run: Run, options, cache):
    """Without blocks: of `steps` steps number j leaves the floor(masks * (steps - j) / steps) slots of the highest entropy open."""
    masks, steps = len(run.open_in(0, len(run.text))), options["steps"]
    for left in reversed(range(steps)):
        positions = run.open_in(0, len(run.text))
        logits = whole_logits(run, cache)
        run.begin_step()
        run.commit_surest(positions, logits, 0, lambda *_: len(positions) - masks * left // steps)
