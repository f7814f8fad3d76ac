"""A decode in progress: what samplers.py decides on, writes down and measures its decisions by.

A model has `ids` (the token of every column of its logits), `mask`, `end`, `eot`, `expand`, the ids `forbidden` beside the mask,
`logits(canvas)` with a row per slot, and `confirmation(canvas, begin, end)`: what the rest of the text says about each slot of a block.
"""

import numpy as np

U32 = 0xFFFFFFFF
LAST = -1e30  # behind every score


def softmax(z):
    z = z.astype(np.float64)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def entropy(p):
    return -np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(axis=-1)


def argtop(c, k):
    """Indices of the k largest, the lowest index among equals."""
    return np.argsort(-c, kind="stable")[:k]


def even(n, steps):
    return [n // steps + (1 if j < n % steps else 0) for j in range(steps)]


def philox(counter, key):
    """Philox4x32-10: Salmon et al., SC 2011."""
    a, b, c, d = counter
    for i in range(10):
        left, right = 0xD2511F53 * a, 0xCD9E8D57 * c
        k0, k1 = (key[0] + i * 0x9E3779B9) & U32, (key[1] + i * 0xBB67AE85) & U32
        a, b, c, d = right >> 32 ^ b ^ k0, right & U32, left >> 32 ^ d ^ k1, left & U32
    return a, b, c, d


def uniform(seed, step, position):
    """The number in (0, 1) by which chance decides about a slot in a step, counted from 1."""
    purpose = 2  # DrawPurpose::OrderScore
    return (philox((step, int(position), purpose, 0), (seed & U32, seed >> 32))[0] + 0.5) / 2**32


class Unfit(Exception):
    """A run that says nothing about an engine: logits with the error that is allowed could decide otherwise, or the mask was drawn where the
    published loop then never ends."""


ENDLESS = ("threshold", "factor", "entropy-bound", "wino", "dreamon")


class Run:
    """A canvas and the list of what was changed: [step, kind, position, id]. `error`: how far logits may be off without any change of it;
    a run that would notice is given up. Every comparison says by how much its difference can move per unit of that."""

    def __init__(self, case, model, error=0.0):
        self.case, self.model = case, model
        self.options = case.get("options", {})
        self.strict = bool(self.options.get("strict_reference", 0))
        self.seed = case.get("seed", 0)
        self.x = np.array(case["canvas"], np.int64)
        self.given = self.x != model.mask
        self.prompt = int(np.argmax(~self.given))
        self.error = error * (1 + 2 * self.options.get("cfg_scale", 0.0))  # z_u + (s + 1)(z - z_u)
        self.changes, self.step, self.forwards = [], 0, 0
        self.passed = None  # the canvas of the last pass

    def column(self, token):
        """None where the model has no logit of it."""
        return self.model.ids.index(token) if token in self.model.ids else None

    def token(self, column):
        return self.model.ids[int(column)]

    def forbid(self, z, tokens):
        for token in tokens:
            if token is not None and self.column(token) is not None:
                z[:, self.column(token)] = -np.inf
        return z

    def impossible(self):
        """Strictly, what the authors forbid: MDLM, which ReMDM samples from, never predicts its mask; the others do."""
        if self.strict:
            return {self.model.mask} if self.case["policy"] == "remdm" else set()
        return {self.model.mask, *self.model.forbidden}

    def forward(self):
        """Logits of the model's ids, with guidance and without the ids that may not be drawn. A canvas that did not change since the last
        pass has the same ones."""
        scale = np.float32(self.options.get("cfg_scale", 0.0))
        z = self.model.logits(self.x)
        if scale > 0:
            u = self.x.copy()
            u[self.given] = self.model.mask
            z_u = self.model.logits(u)
            z = z_u + (scale + np.float32(1)) * (z - z_u)
            self.forwards += 2
        elif self.passed is None or not np.array_equal(self.passed, self.x):
            self.forwards += 1
        self.passed = self.x.copy()
        self.forbid(z, self.impossible())
        if self.options.get("logits_eos_inf", 0):
            self.forbid(z, [self.model.end])
        self.step += 1
        self.z = z
        return z

    def apart(self, a, b, slope):
        """A comparison of a with b, whose difference moves by at most slope per unit of the logits' error."""
        if self.error > 0 and abs(a - b) <= slope * self.error:
            raise Unfit(f"step {self.step}: {a} and {b}")

    def apart_ranks(self, c, slopes, order, k):
        """The first k of `order` stand where they stand."""
        for i in range(min(k, len(order) - 1)):
            first, second = order[i], order[i + 1]
            if c[first] > LAST or c[second] > LAST:
                self.apart(c[first], c[second], slopes[first] + slopes[second])

    def apart_tokens(self, position):
        """The most probable token is the most probable one."""
        two = np.partition(self.z[position], -2)[-2:]
        self.apart(two[0], two[1], 2)

    def draw(self, position):
        return uniform(self.seed, self.step, position)

    def commit(self, position, token):
        if token != self.model.mask:
            self.changes.append([self.step, "commit", int(position), int(token)])
            self.x[position] = token

    def take(self, position, best):
        self.apart_tokens(position)
        if self.token(best[position]) == self.model.mask and self.case["policy"] in ENDLESS:
            raise Unfit(f"step {self.step}: a mask in slot {position}")
        self.commit(position, self.token(best[position]))

    def remask(self, position):
        self.changes.append([self.step, "remask", int(position), int(self.model.mask)])
        self.x[position] = self.model.mask

    def masks(self):
        return self.x == self.model.mask

    def open_in(self, lo, hi):
        inside = self.masks()
        inside[:lo] = inside[hi:] = False
        return inside
