#!/usr/bin/env python3
"""The reference against itself, where two ways must come to the same: caches, visibilities, mixtures, and what each part is there for.

    self_checks.py

Prints every check and fails when one does. Needs NumPy.
"""

import dataclasses
import sys
from unittest import mock

import numpy as np

import decoding
import experts
import forward
import visibility
from block_families import family_named
from decode_cases import CASES, Case, decode, decided_the_same, runs_of
from families import canvas
from weights import checkpoint_weights

# Three layers of ten sums one after the other, of at most 112 terms, when every rounding of 2^-53 goes the same way.
BOUND = 3 * 10 * 112 * 2.0**-53


def weights_of(name):
    return checkpoint_weights(family_named(name))


def distance(logits, others):
    """The largest difference in standard deviations."""
    return float(np.abs(logits - others).max() / others.std())


def one_block_is_full():
    family, weights = family_named("sdar"), weights_of("sdar")
    tokens = canvas(family)
    length = len(tokens)
    whole = forward.logits(weights, family.shape, tokens, visibility.full(length))
    return distance(forward.logits(weights, family.shape, tokens, visibility.block_causal(length, length)), whole) <= BOUND


def blocks_of_one_are_causal():
    return np.array_equal(visibility.block_causal(23, 1), visibility.causal(23))


def prefix_and_canvas_meet_the_others():
    none, all_of_it = (visibility.causal_prefix_and_canvas(23, prefix) for prefix in (0, 23))
    return np.array_equal(none, visibility.full(23)) and np.array_equal(all_of_it, visibility.causal(23))


def left_padding_shortens_the_first_block():
    """bd3lm's own construction: pads in the text that nobody else sees. Rotary positions matter by their differences only, so that counting the
    pads or not changes nothing but roundings of the angles, which grow with them."""
    family, weights = family_named("qwen3-bd3lm"), weights_of("qwen3-bd3lm")
    tokens, block = np.arange(19), 8
    pads = visibility.left_padding(11, block)
    padded = np.concatenate([np.full(pads, 260), tokens])
    sees = visibility.block_causal(len(padded), block)
    sees[:, :pads] = sees[:pads] = False
    sees[range(pads), range(pads)] = True  # what stands in their rows is not looked at
    theirs = forward.logits(weights, family.shape, padded, sees)[pads:]
    ours = forward.logits(weights, family.shape, tokens, visibility.block_causal(len(tokens), block, pads))
    return (11 + pads) % block == 0 and distance(ours, theirs) <= len(padded) * BOUND


def all_experts_are_a_dense_sum():
    family, weights = family_named("llada-moe-all"), weights_of("llada-moe-all")
    x = np.random.default_rng(3).standard_normal((17, family.shape.width))
    mixed = experts.mixture(x, weights, 0, family.shape.experts, [])
    return distance(mixed, experts.dense_sum(x, weights, 0, family.shape.experts)) <= BOUND


def all_experts_of_a_sigmoid_are_a_dense_sum():
    family, weights = family_named("llada2"), weights_of("llada2")
    everyone = dataclasses.replace(family.shape.experts, used=16, groups_used=4)
    x = np.random.default_rng(4).standard_normal((17, family.shape.width))
    mixed = experts.mixture(x, weights, 1, everyone, [])
    return distance(mixed, experts.dense_sum(x, weights, 1, everyone)) <= BOUND


def equal_experts_are_one():
    """Renormalised weights over equal experts make any of them."""
    family, weights = family_named("rnd1"), dict(weights_of("rnd1"))
    for part in ("gate", "up", "down"):
        name = f"0.experts_{part}.weight"
        weights[name] = np.repeat(weights[name][:1], family.shape.experts.count, axis=0)
    x = np.random.default_rng(5).standard_normal((17, family.shape.width))
    alone = experts.gated(x, *[weights[f"0.experts_{part}.weight"][0] for part in ("gate", "up", "down")])
    return distance(experts.mixture(x, weights, 0, family.shape.experts, []), alone) <= BOUND


def ties_go_to_the_lowest_index():
    tied = experts.route(np.zeros((1, 16)), np.zeros(16), family_named("llada2").shape.experts)
    return tied.chosen.tolist() == [[0, 1, 2, 3]] and tied.margin == 0.0


def unwanted_experts_are_unused():
    family, weights = family_named("llada2"), weights_of("llada2")
    routings = []
    forward.logits(weights, family.shape, canvas(family), routings=routings)
    used = {int(expert) for routing in routings for expert in routing.chosen.ravel()}
    return not used & set(family.unwanted) and len(routings) == 2


def caches_are_exact():
    """Over random block lengths and prompts that end inside a block, before the first border, or at one."""
    random = np.random.default_rng(9)
    policies = {
        "sdar": ("low-confidence-static", lambda block: {"steps": int(random.integers(1, block + 1))}),
        "sdar-moe": ("low-confidence-dynamic", lambda block: {"steps": block, "threshold": 0.4}),
        "llada2": ("llada2.1", lambda block: {"threshold": 0.6, "edit_threshold": 0.4, "max_post_steps": 3}),
        "qwen3-bd3lm": ("bd3lm", lambda block: {"steps": int(random.integers(1, block + 1))}),
        "fast-dllm-v2": ("fast-dllm-v2", lambda block: {"sub_block": int(random.integers(1, block + 1)), "threshold": 0.4}),
        "qwen3": ("left-to-right", lambda block: {}),
    }
    for name, (policy, options) in policies.items():
        family, weights = family_named(name), weights_of(name)
        for _ in range(4):
            block = int(random.integers(1, 9))
            length = int(random.integers(4, 14))
            case = Case(name, policy, int(random.integers(1, 20)), length, {"block": block, **options(block)})
            prompt = random.integers(0, 260, case.prompt)
            runs = [decode(case, family, weights, prompt, cache, []) for cache in ("none", "exact")]
            if not decided_the_same(*runs):
                print(f"  {case.name('exact')} is not what it is without a cache")
                return False
    return True


def approximate_caches_are_exact_where_nothing_is_stale():
    """One block in one step, and a block without anything behind it, whose prefix cannot have changed: the dual cache is then the prefix cache."""
    family, weights = family_named("llada"), weights_of("llada")
    prompt = np.arange(40, 48)
    one_step = Case("llada", "llada", 8, 16, {"block": 16, "steps": 1})
    last_block = Case("llada", "llada", 8, 16, {"block": 16, "steps": 4})
    at_once = [decode(one_step, family, weights, prompt, cache, []) for cache in ("none", "prefix", "dual")]
    prefix, dual = (decode(last_block, family, weights, prompt, cache, []) for cache in ("prefix", "dual"))
    return decided_the_same(at_once[0], at_once[1]) and decided_the_same(at_once[0], at_once[2]) and decided_the_same(prefix, dual)


def margins_are_what_they_say():
    """Logits moved by nine tenths of a run's margin, up or down at random, decide the same."""
    random = np.random.default_rng(11)
    exact_forward = decoding.Run.forward
    for case in CASES:
        if case.family not in ("sdar", "dream-reasoner", "fast-dllm-v2", "dream", "llama") or case.stops:
            continue
        weights = weights_of(case.family)
        prompt, _, runs = runs_of(case, weights, case.seed)
        for cache, run in runs.items():

            def moved(self, *arguments, **keywords):
                logits = exact_forward(self, *arguments, **keywords)
                return logits + 0.9 * run.margin * self.deviation * random.choice([-1.0, 1.0], logits.shape)

            with mock.patch.object(decoding.Run, "forward", moved):
                other = decode(case, family_named(case.family), weights, prompt, cache, [])
            if not decided_the_same(run, other, rtol=np.inf):
                print(f"  {case.name(cache)} decides otherwise within its margin")
                return False
    return True


def without(weights, part, value):
    return {name: np.full_like(values, value) if name.endswith(part) else values for name, values in weights.items()}


def every_part_moves_the_logits():
    """A part whose removal nothing shows would not be tested."""
    family, weights = family_named("llada2"), weights_of("llada2")
    shape, tokens = family.shape, canvas(family)
    mixture = shape.experts
    whole = forward.logits(weights, shape, tokens)
    others = [
        forward.logits(without(weights, "router.bias", 0.0), shape, tokens),
        forward.logits(without(weights, "q_norm.weight", 1.0), shape, tokens),
        forward.logits(without(weights, "shared_down.weight", 0.0), shape, tokens),
        *[
            forward.logits(weights, dataclasses.replace(shape, experts=dataclasses.replace(mixture, **change)), tokens)
            for change in (
                {"renormalised": False},
                {"scale": 1.0},
                {"groups": 1},
                {"groups_used": 1},
                {"sigmoid": False},
                {"used": 3},
                {"selection_bias": False},
            )
        ],
        forward.logits(weights, dataclasses.replace(shape, rotary_dims=16), tokens),
        forward.logits(weights, dataclasses.replace(shape, qk_norm=False), tokens),
        forward.logits(weights, dataclasses.replace(shape, block=16), tokens),
    ]
    return min(distance(other, whole) for other in others) > 0.01


CHECKS = (
    one_block_is_full,
    blocks_of_one_are_causal,
    prefix_and_canvas_meet_the_others,
    left_padding_shortens_the_first_block,
    all_experts_are_a_dense_sum,
    all_experts_of_a_sigmoid_are_a_dense_sum,
    equal_experts_are_one,
    ties_go_to_the_lowest_index,
    unwanted_experts_are_unused,
    caches_are_exact,
    approximate_caches_are_exact_where_nothing_is_stale,
    margins_are_what_they_say,
    every_part_moves_the_logits,
)


def main():
    failed = 0
    for check in CHECKS:
        passed = check()
        failed += not passed
        print(f"{'holds' if passed else 'FAILS'}: {check.__name__.replace('_', ' ')}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
