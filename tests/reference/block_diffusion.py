"""Block diffusion at temperature 0: SDAR, TraDo, DreamReasoner, LLaDA2.0, LLaDA2.1 and dllm's bd3lm.

Facts from JetAstra/SDAR generate.py; ZHZisZZ/dllm dllm/pipelines/llada2/sampler.py, llada21/sampler.py, core/samplers/bd3lm.py and utils.py.
Left out of them: SDAR's top-k that overwrites tokens when fewer masks are left than it wants, and bd3lm's rule that an emitted pad becomes
invisible (the cases emit none).
A text that ends inside a block has a last block that is short, as dllm's bd3lm allows; SDAR and LLaDA2 always fill the block.
"""

import numpy as np

from caches import NONE
from decoding import COMMIT, DENOISE, PREFILL, Run, even, rounded


class BlockRun(Run):
    """Borders are those of the grid: (position + offset) // block."""

    def __init__(self, weights, shape, prompt, length, mask, emitted, sees, block, offset, cache):
        super().__init__(weights, shape, prompt, length, mask, emitted, sees)
        self.block, self.offset, self.cache = block, offset, cache
        self.first_open = (self.prompt + offset) // block * block - offset  # the border before the first mask

    def borders(self):
        """(first, last) of every block that has masks."""
        end = len(self.text)
        return [(max(first, 0), min(first + self.block, end)) for first in range(self.first_open, end, self.block)]

    def prefill(self):
        """Logits of the prompt's last row, when it has whole blocks."""
        first = max(self.first_open, 0)
        return self.forward(PREFILL, 0, first, keep=True) if first and self.cache != NONE else None

    def denoise(self, first, last, keep=False):
        """Logits of the block's rows."""
        start = first if self.cache != NONE else 0
        return self.forward(DENOISE, start, last, keep)[first - start :]

    def commit(self, first, last):
        """Keeps the finished block, unless nobody will look at it."""
        if self.cache != NONE and last < len(self.text):
            self.forward(COMMIT, first, last, keep=True)


def scheduled(run, steps, choose, stop, schedule_of):
    """`schedule_of(masks, block)`: how many each step takes at least; `choose(k)` gives commit_best() its rule."""
    run.prefill()
    for first, last in run.borders():
        for k in schedule_of(len(run.open_in(first, last)), steps):
            positions = run.open_in(first, last)
            if not len(positions):
                break
            logits = run.denoise(first, last)
            run.begin_step()
            choose(run, positions, logits, first, k)
        if run.has_stopped(stop):
            break
        run.commit(first, last)


def best_k(run, positions, logits, first, k):
    run.commit_best(positions, logits, first, run.best_k(k))


def first_k(run, positions, logits, first, k):
    """SDAR's `sequential`: k slots from the first mask on; those among them that hold a token keep it."""
    best, probabilities = run.best_of(logits)
    for position in positions[positions < positions[0] + k]:
        run.took(logits[position - first])
        run.change("commit", position, best[position - first], probabilities[position - first])


def above_or_k(threshold):
    return lambda run, positions, logits, first, k: run.commit_best(positions, logits, first, run.above(threshold, k))


def nominal(block):
    """SDAR and LLaDA2 share out the block, whether or not part of it is prompt."""
    return lambda masks, steps: even(block, steps)


def counted(masks, steps):
    """bd3lm shares out the masks."""
    return rounded(masks, steps)


def static(run, options, stop):
    scheduled(run, options["steps"], best_k, stop, nominal(options["block"]))


def sequential(run, options, stop):
    scheduled(run, options["steps"], first_k, stop, nominal(options["block"]))


def within(bound):
    """The entropy-bounded sampler of DreamReasoner and SDAR's option of that name, as arXiv 2505.24857 has it: SDAR's own code sums the wrong
    numbers."""

    return lambda run, positions, logits, first, k: run.commit_surest(positions, logits, first, run.within_entropy(bound))


def entropy_bound(run, options, stop):
    scheduled(run, options["block"], within(options["entropy_bound"]), stop, nominal(options["block"]))


def dynamic(run, options, stop):
    scheduled(run, options["steps"], above_or_k(options["threshold"]), stop, nominal(options["block"]))


def bd3lm(run, options, stop):
    scheduled(run, options["steps"], best_k, stop, counted)


def edit(run, positions, logits, first, threshold):
    """LLaDA2.1, token to token: every slot among `positions` whose best id is another one and more probable than the threshold. Threshold 0
    edits whenever the best id changed."""
    best, probabilities = run.best_of(logits)
    changed = []
    for position in positions:
        row = position - first
        run.compared([probabilities[row]], threshold)
        if probabilities[row] > threshold:
            run.took(logits[row])
            changed += [position] if best[row] != run.text[position] else []
    changed.sort(key=lambda position: -probabilities[position - first])
    for position in changed:
        run.change("edit", position, best[position - first], probabilities[position - first])
    run.in_this_order([probabilities[position - first] for position in changed])
    return len(changed)


def llada21(run, options, stop):
    """A block is finished by a pass that changes nothing, whose keys and values are those of the finished block, or after max_post_steps
    passes over a block without masks; the pass that keeps the block then is its own."""
    run.prefill()
    for first, last in run.borders():
        after_masks, settled = 0, False
        while not settled:
            masks = run.open_in(first, last)
            after_masks += len(masks) == 0
            if after_masks > options["max_post_steps"]:
                break
            tokens = np.setdiff1d(np.arange(max(first, run.prompt), last), masks)
            logits = run.denoise(first, last, keep=run.cache != NONE)
            run.begin_step()
            if len(masks):
                run.commit_best(masks, logits, first, run.above(options["threshold"], 1))
            edits = edit(run, tokens, logits, first, options["edit_threshold"])
            settled = not len(masks) and not edits
        if run.has_stopped(stop):
            break
        if not settled:
            run.commit(first, last)
