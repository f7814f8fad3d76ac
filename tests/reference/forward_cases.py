"""Logits under another visibility than the family's own: block lengths, left padding, and a causal prefix with a canvas behind it."""

import numpy as np

import forward
import visibility
from block_families import family_named


def sees_of(case, length):
    if case["visibility"] == visibility.BLOCK_CAUSAL:
        return visibility.block_causal(length, case["block"], case["offset"])
    if case["visibility"] == visibility.PREFIX_CANVAS:
        return visibility.causal_prefix_and_canvas(length, case["prefix"])
    return visibility.causal(length) if case["visibility"] == visibility.CAUSAL else visibility.full(length)


def case(family, visible, length, block=0, offset=0, prefix=0):
    numbers = "".join(f"-{key}-{value}" for key, value in (("block", block), ("offset", offset), ("prefix", prefix)) if value)
    return {
        "name": f"{family}-{visible}{numbers}",
        "family": family,
        "visibility": visible,
        "block": block,
        "offset": offset,
        "prefix": prefix,
        "length": length,
    }


CASES = (
    case("sdar", visibility.BLOCK_CAUSAL, 37, block=5),
    case("sdar", visibility.BLOCK_CAUSAL, 37, block=1),
    case("sdar", visibility.BLOCK_CAUSAL, 37, block=64),
    case("sdar", visibility.BLOCK_CAUSAL, 37, block=8, offset=3),
    case("qwen3-bd3lm", visibility.BLOCK_CAUSAL, 71, block=32, offset=13),
    case("llada2", visibility.BLOCK_CAUSAL, 40, block=8),
    case("llada2", visibility.FULL, 40),
    case("rnd1", visibility.FULL, 1090),  # more rows than go through a mixture at a time
    case("llama", visibility.PREFIX_CANVAS, 37, prefix=14),
    case("qwen3", visibility.PREFIX_CANVAS, 37, prefix=1),
    case("qwen3", visibility.PREFIX_CANVAS, 37, prefix=36),
)


def entry(case, weights):
    """What forwards.json says of a case, and its logits."""
    family = family_named(case["family"])
    tokens = np.random.default_rng(len(case["name"])).integers(0, 260, case["length"])
    logits = forward.logits(weights, family.shape, tokens, sees_of(case, len(tokens)))
    described = {key: value for key, value in case.items() if key != "length"}
    model = f"{family.name}.{family.spellings[0].file_part()}.F32.gguf"
    return {**described, "model": model, "tokens": tokens.tolist(), "logits": f"{case['name']}.npy"}, logits
