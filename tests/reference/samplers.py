#!/usr/bin/env python3
"""The published samplers in NumPy, on fake logits, written from their descriptions and sharing no code with the engine.

    python3 tests/reference/samplers.py tests/diffusion/sampler_goldens.json

writes what each of them changes, step by step, for the cases at the end of this file. Temperature 0 throughout, so that nothing is random.
Ties go to the lowest index. tests/diffusion/sampler_golden_test.cpp wants the same changes in the same order.
"""

import json
import sys

import numpy as np

MASK, END, LETTER_A, LETTERS, EXPAND = 0, 1, 2, 14, 258
U32 = 0xFFFFFFFF


# --- the fake model ------------------------------------------------------------------------------------------------------------------------

def mixed(x):
    """MurmurHash3's finaliser."""
    x &= U32
    x ^= x >> 16
    x = x * 0x85EBCA6B & U32
    x ^= x >> 13
    x = x * 0xC2B2AE35 & U32
    return x ^ x >> 16


class FakeModel:
    """Logits [slots, ids] in f32; tests/diffusion/fake_denoiser.cpp computes the same ones."""

    def __init__(self, seed, calm, with_expand=False):
        self.seed, self.calm = seed, calm
        self.ids = list(range(LETTER_A + LETTERS)) + ([EXPAND] if with_expand else [])
        self.forwards = 0

    def logits(self, canvas):
        self.forwards += 1
        state = (self.seed + 0x9E3779B9) & U32
        for token in canvas:
            state = mixed(state ^ (int(token) + 1))
        rows = np.zeros((len(canvas), len(self.ids)), np.float32)
        for position in range(len(canvas)):
            slot = mixed(self.seed ^ mixed(position + 1))
            for column, token in enumerate(self.ids):
                stands_out = slot % 16 == token or (token == EXPAND and slot % 4 == 0)
                size = 8.0 if stands_out else 2.0
                own = (mixed(slot ^ mixed(token + 77)) >> 16) * size / 65536
                rest = (mixed(state ^ mixed((slot + token) & U32)) >> 16) * 4.0 / 65536 / 2 ** self.calm
                rows[position, column] = own + rest
        return rows


def softmax(z):
    z = z.astype(np.float64)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def argtop(c, k):
    """Indices of the k largest, the lowest index among equals."""
    return np.argsort(-c, kind="stable")[:k]


def even(n, steps):
    return [n // steps + (1 if j < n % steps else 0) for j in range(steps)]


class Run:
    """A canvas and the list of what was changed: [step, kind, position, id]."""

    def __init__(self, case):
        self.case = case
        options = case.get("options", {})
        self.options = options
        self.strict = bool(options.get("strict_reference", 0))
        self.model = FakeModel(case["hash_seed"], case["calm"], case["policy"] == "dreamon")
        self.x = np.array(case["canvas"], np.int64)
        self.given = self.x != MASK
        self.prompt = int(np.argmax(~self.given))
        self.changes, self.step = [], 0

    def forward(self):
        """Logits of the model's ids, with guidance and without the ids that may not be drawn."""
        z = self.model.logits(self.x)
        scale = np.float32(self.options.get("cfg_scale", 0.0))
        if scale > 0:
            u = self.x.copy()
            u[self.given] = MASK
            z_u = self.model.logits(u)
            z = z_u + (scale + np.float32(1)) * (z - z_u)
        if not self.strict:
            z[:, self.model.ids.index(MASK)] = -np.inf
        if self.options.get("logits_eos_inf", 0):
            z[:, self.model.ids.index(END)] = -np.inf
        self.step += 1
        return z

    def token(self, column):
        return self.model.ids[int(column)]

    def commit(self, position, token):
        if token != MASK:
            self.changes.append([self.step, "commit", int(position), int(token)])
            self.x[position] = token

    def masks(self):
        return self.x == MASK


# --- the samplers --------------------------------------------------------------------------------------------------------------------------

def confidence(run, z):
    """LLaDA: the most probable token of every slot, and its probability."""
    p = softmax(z)
    best = z.argmax(axis=-1)
    c = p[np.arange(len(best)), best]
    if run.options.get("confidence_eos_eot_inf", 0):
        end, eot = run.model.ids.index(END), run.case["eot"]
        if run.strict:  # as published: only the probabilities forget the end of turn, after the tokens are chosen
            judged = z.copy()
            judged[:, eot] = -np.inf
            c = softmax(judged)[np.arange(len(best)), best]
        else:
            c = np.where((best == end) | (best == eot), -1e30, c)
    return best, c


def ordering(run, z, order):
    p = np.sort(softmax(z), axis=-1)[:, ::-1]
    best, c = confidence(run, z)
    if order == "margin":
        c = p[:, 0] - p[:, 1]
    elif order == "entropy":
        c = (p * np.log(p + 1e-10)).sum(axis=-1)
    elif order == "left-to-right":
        c = -np.arange(len(c)).astype(np.float64)
    return best, c


def blocks_of(run):
    length = len(run.x) - run.prompt
    block = run.case.get("block_length", 0) or length
    return [(lo, lo + block) for lo in range(run.prompt, len(run.x), block)]


def llada(run):
    blocks = blocks_of(run)
    steps = run.case["steps"] // len(blocks)
    for lo, hi in blocks:
        schedule = even(int(run.masks()[lo:hi].sum()), steps)
        for k in schedule:
            if not run.masks().any():
                return
            best, c = ordering(run, run.forward(), run.case.get("order", "low-confidence"))
            c = np.where(run.masks(), c, -np.inf)
            c[hi:] = -np.inf
            for position in argtop(c, k):
                run.commit(position, run.token(best[position]))


def dream_times(steps, eps):
    """torch.linspace(1, eps, steps + 1) in f32."""
    one, end = np.float32(1), np.float32(eps)
    stride = (end - one) / np.float32(steps)
    count = steps + 1
    return [one + stride * np.float32(i) if i < count // 2 else end - stride * np.float32(steps - i) for i in range(count)]


def truncate(z, top_p, top_k):
    """The smallest prefix in falling order whose previous cumulative probability is at most top_p, then the top_k first."""
    out = np.full_like(z, -np.inf, dtype=np.float64)
    p = softmax(z)
    for i in range(len(z)):
        before, kept = 0.0, 0
        for v in np.argsort(-z[i].astype(np.float64), kind="stable"):
            if (top_p < 1 and before > top_p) or (top_k and kept >= top_k) or z[i, v] == -np.inf:
                break
            out[i, v] = z[i, v]
            before, kept = before + p[i, v], kept + 1
    return out


def dream(run):
    steps = run.case["steps"]
    tau = dream_times(steps, run.options.get("eps", 1e-3))
    for i in range(steps):
        if not run.masks().any():
            return
        n = int(run.masks().sum())
        z = truncate(run.forward(), run.options.get("top_p", 1.0), int(run.options.get("top_k", 0)))
        best, c = ordering(run, z, run.case["order"])
        share = np.float32(1) - tau[i + 1] / tau[i]
        k = n if i == steps - 1 else int(np.float32(n) * share)
        for position in argtop(np.where(run.masks(), c, -np.inf), k):
            run.commit(position, run.token(best[position]))


def parallel(run):
    for lo, hi in blocks_of(run):
        while run.masks()[lo:hi].any():
            z = run.forward()
            best, c = ordering(run, z, run.case.get("order", "low-confidence"))
            inside = run.masks()
            inside[:lo] = inside[hi:] = False
            order = [i for i in argtop(np.where(inside, c, -np.inf), len(c)) if inside[i]]
            if run.case["policy"] == "threshold":
                n = sum(1 for i in order if c[i] >= run.options["threshold"])
            elif run.case["policy"] == "factor":
                n = 0
                while n < len(order) and (n + 2) * (1 - c[order[n]]) <= run.options["factor"]:
                    n += 1
            else:
                p = softmax(z)
                h = -np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(axis=-1)[order]
                n = 0
                while n < len(order) and h[:n + 1].sum() - h[:n + 1].max() <= run.options["entropy_bound"]:
                    n += 1
            for position in order[:max(n, 1)]:
                run.commit(position, run.token(best[position]))


def klass(run):
    history, bound, threshold = int(run.options["kl_history"]), run.options["kl_bound"], run.options["threshold"]
    blocks = blocks_of(run)
    steps = run.case["steps"] // len(blocks)
    for lo, hi in blocks:
        schedule = even(int(run.masks()[lo:hi].sum()), steps)
        last, kl, j = None, [[] for _ in run.x], 0
        while run.masks()[lo:hi].any():
            z = run.forward()
            best, c = confidence(run, z)
            p = softmax(z)
            if last is not None:
                for i in range(lo, hi):
                    keep = p[i] > 0
                    kl[i].append(float((p[i][keep] * np.log(p[i][keep] / last[i][keep])).sum()))
            last = p
            inside = run.masks()
            inside[:lo] = inside[hi:] = False
            order = [i for i in argtop(np.where(inside, c, -np.inf), len(c)) if inside[i]]
            ready = [i for i in order if c[i] > threshold and len(kl[i]) >= history and max(kl[i][-history:]) < bound]
            if not ready:
                ready = order[:schedule[j] if j < steps else 1]
            j += 1
            for position in ready:
                run.commit(position, run.token(best[position]))


def wino(run):
    threshold, back = run.options["threshold"], run.options["threshold_back"]
    for lo, hi in blocks_of(run):
        last_accept = 30
        while run.masks()[lo:hi].any():
            before = run.x.copy()
            best, c = confidence(run, run.forward())
            inside = run.masks()
            inside[:lo] = inside[hi:] = False
            n = int(inside.sum())
            max_accept = min(max(int(0.7 * n), 5), 20)
            order = [i for i in argtop(np.where(inside, c, -np.inf), len(c)) if inside[i]]
            accepted = [i for i in order if c[i] > threshold][:max_accept] or order[:1]
            for i in accepted:
                run.commit(i, run.token(best[i]))
            if len(accepted) > 1:
                doubtful = []
                for i in range(lo, hi):
                    if before[i] != MASK and not run.given[i]:
                        alone = before.copy()
                        alone[i] = MASK
                        z = run.model.logits(alone)
                        run.model.forwards -= 1  # the shadow is part of the same forward
                        if not run.strict:
                            z[:, run.model.ids.index(MASK)] = -np.inf
                        p = softmax(z)[i, run.model.ids.index(int(before[i]))]
                        if p < back:
                            doubtful.append((p, i))
                if len(doubtful) >= last_accept:
                    doubtful = sorted(doubtful)[:last_accept - 1]
                for _, i in doubtful:
                    run.changes.append([run.step, "remask", i, MASK])
                    run.x[i] = MASK
            last_accept = len(accepted)


def dreamon(run):
    window = run.prompt + int(run.options["max_length"])
    budget = int(run.options["expand_budget"])
    while run.masks().any():
        z = run.forward()
        if len(run.x) >= window or budget == 0:
            z[:, run.model.ids.index(EXPAND)] -= 1e9
        z = truncate(z, run.options.get("top_p", 1.0), 0)
        best, c = ordering(run, z, "entropy")
        position = int(argtop(np.where(run.masks(), c, -np.inf), 1)[0])
        token = run.token(best[position])
        run.commit(position, token)
        if token == END:  # pad to the right, then delete from the right
            ended = [position] + [int(i) for i in np.flatnonzero(run.masks()) if i > position]
            for i in ended[1:]:
                run.commit(i, END)
            for i in reversed(ended):
                run.changes.append([run.step, "delete", i, MASK])
                run.x, run.given = np.delete(run.x, i), np.delete(run.given, i)
        elif token == EXPAND:
            run.changes.append([run.step, "remask", position, MASK])
            run.changes.append([run.step, "insert", position + 1, MASK])
            run.x[position] = MASK
            run.x = np.insert(run.x, position + 1, MASK)
            run.given = np.insert(run.given, position + 1, False)
            budget -= 1


SAMPLERS = {"llada": llada, "dream": dream, "threshold": parallel, "factor": parallel, "entropy-bound": parallel, "klass": klass,
            "wino": wino, "dreamon": dreamon}


# --- the cases -----------------------------------------------------------------------------------------------------------------------------

def text(prompt, length):
    """Letters are given, dots are open."""
    return [MASK if letter == "." else LETTER_A + ord(letter) - ord("a") for letter in prompt] + [MASK] * length


def make_cases():
    cases = []

    def add(policy, prompt, length, steps=None, calm=0, eot=3, **more):
        case = {"policy": policy, "prompt": prompt, "length": length, "canvas": text(prompt, length), "calm": calm, "eot": eot,
                "hash_seed": 1000 + len(cases)}
        if steps is not None:
            case["steps"] = steps
        case.update(more)
        cases.append(case)

    for order in ("low-confidence", "margin", "entropy", "left-to-right"):
        add("llada", "abc", 13, 5, order=order)
        add("llada", "ba", 12, 6, block_length=4, order=order)
        add("llada", "", 15, 9, block_length=5, order=order)
        add("llada", "a..c.d", 6, 4, order=order)
    add("llada", "abcd", 12, 6, options={"cfg_scale": 1.5})
    add("llada", "ab..c", 9, 6, options={"cfg_scale": 0.5})
    add("llada", "abcd", 12, 4, block_length=6, options={"logits_eos_inf": 1})
    add("llada", "abcd", 20, 10, options={"confidence_eos_eot_inf": 1})
    for seed in range(4):
        add("llada", "abcd", 20, 10, hash_seed=2000 + seed, eot=3 + seed, options={"confidence_eos_eot_inf": 1})
        add("llada", "abcd", 20, 10, hash_seed=2000 + seed, eot=3 + seed, options={"confidence_eos_eot_inf": 1, "strict_reference": 1})
        add("llada", "abcd", 24, 12, block_length=8, hash_seed=2010 + seed, options={"strict_reference": 1})
        add("llada", "", 12, 4, block_length=6, hash_seed=2020 + seed, options={"strict_reference": 1})
    for order in ("low-confidence", "margin", "entropy"):
        for length, steps in ((12, 12), (17, 5), (9, 20), (16, 16), (31, 7)):
            add("dream", "abc", length, steps, order=order)
        add("dream", "a.b..c", 7, 6, order=order, options={"top_p": 0.7})
        add("dream", "ab", 14, 6, order=order, options={"top_k": 3})
        add("dream", "ab", 14, 6, order=order, options={"top_p": 0.9, "top_k": 5, "eps": 0.01})
        add("dream", "ab", 14, 6, order=order, options={"strict_reference": 1})
    for threshold in (0.3, 0.6, 0.9):
        add("threshold", "abc", 18, block_length=6, options={"threshold": threshold})
        add("threshold", "a...b.c", 14, calm=2, options={"threshold": threshold})
    add("threshold", "abc", 18, options={"threshold": 0.5, "cfg_scale": 1.0})
    for factor in (0.5, 1.0, 2.5):
        add("factor", "abc", 20, block_length=5, options={"factor": factor})
        add("factor", ".a..b", 15, calm=2, options={"factor": factor})
    for order in ("entropy", "low-confidence", "margin"):
        for bound in (0.0, 0.8, 3.0):
            add("entropy-bound", "ab", 18, block_length=6, order=order, options={"entropy_bound": bound})
        add("entropy-bound", "a..b..", 10, calm=1, order=order, options={"entropy_bound": 1.5})
    for calm in (2, 4, 6):
        add("klass", "abc", 16, 16, calm=calm, options={"threshold": 0.5, "kl_bound": 0.01, "kl_history": 2})
        add("klass", "ab", 18, 9, block_length=6, calm=calm, options={"threshold": 0.4, "kl_bound": 0.02, "kl_history": 1})
        add("klass", "a.b", 12, 4, calm=calm, options={"threshold": 0.3, "kl_bound": 0.05, "kl_history": 3})
    for threshold, back in ((0.6, 0.9), (0.3, 0.5), (0.2, 0.9)):
        for calm in (0, 1, 3):
            add("wino", "abc", 24, calm=calm, options={"threshold": threshold, "threshold_back": back})
            add("wino", "a.b", 20, block_length=11, calm=calm, options={"threshold": threshold, "threshold_back": back})
    for prompt in ("ab....cd", "a....", "....b", "a..b...c"):
        for seed in range(3):
            add("dreamon", prompt, 0, options={"max_length": 20, "expand_budget": 9, "top_p": 0.9})
        add("dreamon", prompt, 0, options={"max_length": len(prompt) + 1, "expand_budget": 2, "top_p": 1.0})
    return cases


def main():
    lines = []
    for case in make_cases():
        run = Run(case)
        SAMPLERS[case["policy"]](run)
        case["changes"] = run.changes
        case["steps_taken"] = run.step
        case["forwards"] = run.model.forwards
        case["final"] = [int(token) for token in run.x]
        lines.append(json.dumps(case, separators=(",", ":")))
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
