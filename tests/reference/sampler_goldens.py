#!/usr/bin/env python3
"""The published samplers on fake logits.

    python3 tests/reference/sampler_goldens.py tests/diffusion/sampler_goldens.json

writes what each of them changes, step by step, for the cases at the end of this file; tests/diffusion/sampler_golden_test.cpp wants the same
changes in the same order.
"""

import json
import sys

import numpy as np

from samplers import decode

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

    mask, end, expand, forbidden = MASK, END, EXPAND, ()

    def __init__(self, case):
        self.seed, self.calm, self.eot = case["hash_seed"], case["calm"], case["eot"]
        self.ids = list(range(LETTER_A + LETTERS)) + ([EXPAND] if case["policy"] == "dreamon" else [])

    def confirmation(self, canvas, begin, end):
        rows = []
        for position in range(begin, end):
            alone = canvas.copy()
            alone[position] = MASK
            rows.append(self.logits(alone)[position])
        return np.array(rows)

    def logits(self, canvas):
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
    add("llada", "ab", 14, 8, block_length=7, order="random", seed=5)
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
    add("dream", "a..b", 12, 6, order="origin", seed=6)
    add("dream", "ab", 14, 6, order="margin", seed=7, options={"alg_temp": 0.3})
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
    for calm in (0, 3, 5):
        for history in (1, 2):
            options = {"threshold": 0.3, "kl_bound": 0.2, "kl_history": history, "strict_reference": 1}
            add("klass", "ab", 18, 9, block_length=6, calm=calm, options=options)
    for steps in (5, 40):
        for remask, options in (("cap", {"eta": 0.2}), ("rescale", {"eta": 0.3}), ("conf", {}),
                                ("loop", {"eta": 0.3, "t_on": 0.6, "t_off": 0.2, "alpha_on": 0.7})):
            for strict in (0, 1):
                settings = {"eta": 0.0, **options, "eps": 1e-5, "strict_reference": strict}
                add("remdm", "a..bc", 12, steps, remask=remask, seed=len(cases), options=settings)
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
    lines = [json.dumps(decode(case, FakeModel(case)), separators=(",", ":")) for case in make_cases()]
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
