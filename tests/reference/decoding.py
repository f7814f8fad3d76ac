"""What every greedy decoder here shares: a text, the passes over it, the steps that change it, and how close the decisions were.

A decision is taken on logits without the ids that are never emitted. Published samplers forbid neither the mask nor the rows of the head that
no token has; the engine does, and a forbidden best id would only waste a step.
"""

import numpy as np

import forward
from caches import Store
from experts import CLEAR_ROUTE, softmax

ONE_FOR_FLOATS = 1e-5  # the natural logarithm of a ratio of two probabilities that 32 bits need not tell apart
PREFILL, DENOISE, COMMIT = "prefill", "denoise", "commit"


def even(count, steps):
    """How many slots each step takes: the first count mod steps take one more."""
    return [count // steps + (1 if step < count % steps else 0) for step in range(steps)]


def rounded(masks, steps):
    """dllm's schedule for a linear alpha (core/samplers/utils.py, core/schedulers/alpha.py): of the masks that are left the share 1 - s / t,
    rounded half to even, for t from 1 to 1 / steps; steps that would take none are dropped. s / t is one of 32-bit floats, written as
    (1 - alpha(s)) / (1 - alpha(t)) with alpha(t) = 1 - t: without their roundings every third schedule is another one, because shares that end
    in a half are frequent."""
    one = np.float32(1)
    schedule, left = [], masks
    for step in range(steps, 0, -1):
        open_at = [one - (one - np.float32(time / steps)) for time in (step - 1, step)]
        taken = min(round(left * (1 - float(open_at[0] / open_at[1]))), left)
        schedule += [taken] if taken else []
        left -= taken
    return schedule


class Unsuitable(Exception):
    """The run says too little: a decision is close, or what it is for does not happen."""


class Run:
    """`sees` [positions, positions] of the text of `length` masks behind `prompt`. `emitted`: ids from here up are never emitted. `mask` is -1
    for a model without one."""

    def __init__(self, weights, shape, prompt, length, mask, emitted, sees):
        self.weights, self.shape, self.sees = weights, shape, sees
        self.prompt, self.mask, self.emitted = len(prompt), mask, emitted
        self.text = np.concatenate([prompt, np.full(length, mask)]).astype(int)
        self.store = Store(shape, len(self.text))
        self.passes, self.steps, self.margin = [], [], np.inf
        self.least_margin = 0.0
        self.routing_margin = np.inf
        self._changes = None
        self.deviation = 1.0

    def open_in(self, first, last):
        """Positions of masks."""
        return first + np.flatnonzero(self.text[first:last] == self.mask)

    def forward(self, kind, first, last, keep=False):
        """Raw logits of positions first … last - 1. They see what the text's visibility shows them of positions that are in the store or in
        this pass."""
        rows = np.arange(first, last)
        self.store.keeps = keep
        routings = []
        raw = forward.row_logits(self.weights, self.shape, self.text, rows, self.sees[first:last], self.store, routings)
        self.routing_margin = min([self.routing_margin, *(routing.margin for routing in routings)])
        if self.routing_margin < CLEAR_ROUTE and self.least_margin > 0:
            raise Unsuitable(f"a routing with a margin of {self.routing_margin:.1e}, below {CLEAR_ROUTE:.1e}")
        self.passes.append({"kind": kind, "first": int(first), "rows": len(rows), "kept": keep})
        raw[:, self.emitted :] = -np.inf
        if self.mask >= 0:
            raw[:, self.mask] = -np.inf
        self.deviation = raw[np.isfinite(raw)].std()
        return raw

    def begin_step(self):
        """A step decided by the logits of the last pass."""
        self._changes = []
        self.steps.append({"pass": len(self.passes) - 1, "changes": self._changes})

    def change(self, kind, position, token, probability):
        self._changes.append([kind, int(position), int(token), float(probability)])
        self.text[position] = token

    def _close(self, distance):
        self.margin = min(self.margin, float(distance) / self.deviation)
        if self.margin < self.least_margin:
            raise Unsuitable(f"a decision with a margin of {self.margin:.1e}, below {self.least_margin:.1e}")

    def took(self, row):
        """The best id of a row of logits was taken."""
        second, first = np.sort(row)[-2:]
        self._close((first - second) / 2)

    def _apart(self, p, q, share):
        distance = abs(np.log(p) - np.log1p(-p) - np.log(q) + np.log1p(-q))
        self._close(distance / share if abs(np.log(p) - np.log(q)) > ONE_FOR_FLOATS else 0.0)

    def compared(self, probabilities, threshold):
        if threshold > 0:
            for probability in probabilities:
                self._apart(probability, threshold, 2)

    def cut(self, taken, left):
        """`taken` and `left` are probabilities on the two sides of a choice by rank."""
        if len(taken) and len(left):
            self._apart(min(taken), max(left), 4)

    def _apart_in_entropy(self, entropies, stiffness, others, other_stiffness):
        """An error d of the logits moves an entropy by d times its stiffness at most, to first order: dH = -sum p (ln p + H) dz."""
        self._close(abs(entropies - others) / max(stiffness + other_stiffness, 1e-12))

    def commit_surest(self, positions, logits, first, choose):
        """`choose(entropies, stiffness)`, both by rising entropy, says how many of the open `positions` are committed, in that order."""
        p = softmax(logits[positions - first])
        ln = np.log(np.where(p > 0, p, 1.0))
        entropies = -(p * ln).sum(axis=-1)
        stiffness = (p * abs(ln + entropies[:, None])).sum(axis=-1)
        order = np.argsort(entropies, kind="stable")
        entropies, stiffness = entropies[order], stiffness[order]
        count = choose(entropies, stiffness)
        for index in range(min(count, len(order) - 1)):
            self._apart_in_entropy(entropies[index], stiffness[index], entropies[index + 1], stiffness[index + 1])
        best, probabilities = self.best_of(logits)
        for position in positions[order][:count]:
            self.took(logits[position - first])
            self.change("commit", position, best[position - first], probabilities[position - first])

    def within_entropy(self, bound):
        """The first, and every further one as long as the entropies of those before it add up to `bound` at most."""

        def choose(entropies, stiffness):
            before, moves = np.cumsum(entropies)[:-1], np.cumsum(stiffness)[:-1]
            for index in range(len(before)):
                self._apart_in_entropy(before[index], moves[index], bound, 0.0)
            return 1 + int(sum(before <= bound))

        return choose

    def best_of(self, logits):
        """The best id of every row and its probability."""
        best = logits.argmax(axis=-1)
        return best, softmax(logits)[np.arange(len(best)), best]

    def commit_best(self, positions, logits, first, choose):
        """`choose(probabilities)` says how many of the open `positions`, in falling order of probability, are committed. Row 0 of `logits`
        predicts position `first`."""
        best, probabilities = self.best_of(logits)
        order = positions[np.argsort(-probabilities[positions - first], kind="stable")]
        taken = order[: choose(probabilities[order - first])]
        for position in taken:
            self.took(logits[position - first])
            self.change("commit", position, best[position - first], probabilities[position - first])
        self.in_this_order(probabilities[taken - first])

    def in_this_order(self, probabilities):
        for larger, smaller in zip(probabilities, probabilities[1:]):
            self.cut([larger], [smaller])

    def best_k(self, k):
        def choose(in_order):
            self.cut(in_order[:k], in_order[k:])
            return min(k, len(in_order))

        return choose

    def above(self, threshold, at_least, strict=True):
        """All above the threshold (or at it) when these are `at_least`, else the `at_least` best: the first `at_least` are in either way."""

        def choose(in_order):
            count = int(sum(in_order > threshold if strict else in_order >= threshold))
            self.compared(in_order[at_least:], threshold)
            return count if count > at_least else self.best_k(at_least)(in_order)

        return choose

    def has_stopped(self, stop):
        """A stop id stands behind the prompt."""
        return bool(np.isin(self.text[self.prompt :], stop).any())

    def result(self):
        return {
            "passes": self.passes,
            "nfe": sum(entry["kind"] == DENOISE for entry in self.passes),
            "steps": self.steps,
            "final": self.text.tolist(),
            "margin": self.margin,
        }
