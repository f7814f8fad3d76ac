"""One small checkpoint per family with every feature of the family on, and how its files are spelled."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np

import forward
from forward import Shape


@dataclass(frozen=True)
class Spelling:
    """A GGUF file of a family: its architecture name and what that implies about rows and tensors."""

    architecture: str
    interleaved: bool = False  # rows of q and k reordered so that dimension 2j turns with 2j + 1
    fused: bool = False  # q, k and v are one tensor
    names_family: bool = False  # the architecture does not say which family; the file does
    names_pairing: bool = False  # the pairing is not the one that the architecture implies


@dataclass(frozen=True)
class Family:
    name: str
    shape: Shape
    spellings: tuple
    mask: str | int  # the written token, or the id of an ordinary word or of no token
    specials: tuple = ("<|endoftext|>",)
    declares_mask: bool = True
    declares_shift: bool = True
    folder: dict = field(default_factory=dict)  # config.json of the Hugging Face layout, beyond the sizes


GROUPED = dict(heads=4, kv_heads=2, head_dim=12, rotary_dims=12)
QWEN = dict(**GROUPED, theta=1e6, epsilon=1e-6, qkv_bias=True)
ORDINARY_WORD = 101  # "e"
EMBEDDING_SCALE = 0.05  # so small that the epsilon of the first norm counts

FAMILIES = (
    Family(
        "llada",
        Shape(heads=4, kv_heads=4, head_dim=12, rotary_dims=12, theta=5e5, layers=3),
        (Spelling("llada", interleaved=True), Spelling("llada", names_pairing=True)),
        mask="<|mdm_mask|>",
        specials=("<|endoftext|>", "<|eot_id|>"),
    ),
    Family(
        "llada-partial",
        Shape(heads=3, kv_heads=1, head_dim=20, rotary_dims=14, width=44, theta=5e5, tied=True),
        (Spelling("llada", interleaved=True),),
        mask="<|mdm_mask|>",
    ),
    Family("illada", Shape(**GROUPED, tied=True), (Spelling("illada"),), mask="<[MASK]>", declares_mask=False),
    Family("dream", Shape(**QWEN, shift=True), (Spelling("dream"),), mask="<|mask|>", declares_shift=False),
    Family(
        "dreamon",
        Shape(**QWEN, shift=True, width=56),
        (Spelling("dreamon"), Spelling("dream")),
        mask="<|mask|>",
        specials=("<|endoftext|>", "<|expand|>"),
        declares_shift=False,
    ),
    Family(
        "open-dcoder",
        Shape(**QWEN, shift=True, tied=True),
        (Spelling("open-dcoder"), Spelling("qwen2", names_family=True)),
        mask="<M>",
        declares_mask=False,
        declares_shift=False,
    ),
    Family(
        "qwen2-mdlm",
        Shape(**QWEN, tied=True, feed_forward=72),
        (Spelling("qwen2-mdlm"), Spelling("qwen2", names_family=True)),
        mask="<|mask|>",
        declares_mask=False,
        declares_shift=False,
    ),
    Family(
        "qwen3-mdlm",
        Shape(heads=4, kv_heads=2, head_dim=20, rotary_dims=20, theta=1e6, epsilon=1e-6, qk_norm=True, tied=True),
        (Spelling("qwen3-mdlm"), Spelling("qwen3", names_family=True)),
        mask="<|mask|>",
        declares_shift=False,
    ),
    Family(
        "diffugpt",
        Shape(
            heads=4,
            kv_heads=4,
            head_dim=12,
            rotary_dims=0,
            feed_forward=192,
            layer_norm=True,
            gated=False,
            qkv_bias=True,
            other_bias=True,
            learned_positions=True,
            tied=True,
            shift=True,
        ),
        (Spelling("diffugpt"), Spelling("gpt2", fused=True, names_family=True)),
        mask=ORDINARY_WORD,
        declares_shift=False,
    ),
    Family(
        "diffullama",
        Shape(heads=4, kv_heads=4, head_dim=12, rotary_dims=12, shift=True),
        (Spelling("diffullama"), Spelling("llama", interleaved=True, names_family=True)),
        mask=ORDINARY_WORD,
        declares_shift=False,
    ),
    Family(
        "smdm",
        Shape(**GROUPED, vocabulary=320, predicted=264),
        (Spelling("smdm"), Spelling("llama", interleaved=True, names_family=True)),
        mask=264,
        declares_shift=False,
    ),
)


def random_weights(shape, seed):
    """Scaled so that activations of the blocks stay near 1; norms away from 1 and biases away from 0, so that a part left out is seen."""
    random = np.random.default_rng(seed)
    weights = {}

    def matrix(name, outputs, inputs, scale=1.0):
        weights[name + ".weight"] = random.standard_normal((outputs, inputs)) * scale / np.sqrt(inputs)

    def bias(name, outputs):
        weights[name + ".bias"] = 0.3 * random.standard_normal(outputs)

    def norm(name, width):
        weights[name + ".weight"] = 1.0 + 0.2 * random.standard_normal(width)
        if shape.layer_norm:
            bias(name, width)

    query_width, key_width = shape.heads * shape.head_dim, shape.kv_heads * shape.head_dim
    matrix("embedding", shape.vocabulary, shape.width, EMBEDDING_SCALE * np.sqrt(shape.width))
    if shape.learned_positions:
        matrix("positions", shape.context, shape.width, 0.5 * EMBEDDING_SCALE * np.sqrt(shape.width))
    for layer in range(shape.layers):
        block = f"{layer}."
        norm(block + "attention_norm", shape.width)
        for part, outputs in (("q", query_width), ("k", key_width), ("v", key_width)):
            matrix(block + part, outputs, shape.width, 1.5)
            if shape.qkv_bias:
                bias(block + part, outputs)
        if shape.qk_norm:
            for part in ("q_norm", "k_norm"):
                weights[block + part + ".weight"] = 1.0 + 0.2 * random.standard_normal(shape.head_dim)
        matrix(block + "o", shape.width, query_width)
        norm(block + "feed_forward_norm", shape.width)
        matrix(block + "up", shape.feed_forward, shape.width)
        if shape.gated:
            matrix(block + "gate", shape.feed_forward, shape.width)
        matrix(block + "down", shape.width, shape.feed_forward)
        if shape.other_bias:
            for part, outputs in (("o", shape.width), ("up", shape.feed_forward), ("down", shape.width)):
                bias(block + part, outputs)
    norm("output_norm", shape.width)
    if not shape.tied:
        matrix("head", shape.predicted, shape.width)
    return weights


SPREAD = 3.0  # standard deviation of the logits: some slots are sure, others are not
OFTEN = {"<|endoftext|>": 1.7, "<|eot_id|>": 1.7, "<|expand|>": 2.3}  # by what their rows of the head are longer; the mask's as well


def sharpen(family, weights):
    """Lets the logits spread as those of a trained model do, which moves every one by the same factor, and the tokens with a meaning come out
    so often that decodes meet them."""
    head = weights["embedding.weight" if family.shape.tied else "head.weight"]
    written, _ = vocabulary(family)
    longer = {written.index(name): OFTEN[name] for name in family.specials} | {mask_id(family): 1.7}
    for token, factor in longer.items():
        if token < len(head):
            head[token] *= factor
    spread = np.std(forward.logits(weights, family.shape, canvas(family)))
    for name in ("output_norm.weight", "output_norm.bias"):
        if name in weights:
            weights[name] *= SPREAD / spread


def checkpoint_weights(family):
    """Of the one checkpoint that a family has here."""
    weights = random_weights(family.shape, 1 + FAMILIES.index(family))
    sharpen(family, weights)
    return weights


@cache
def byte_alphabet():
    """The 256 characters that stand for bytes: printable ones for themselves, the others for 256, 257, …  (GPT-2, `encoder.py`)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {**{b: chr(b) for b in printable}, **{b: chr(256 + i) for i, b in enumerate(others)}}


MERGES = ("t h", "th e", "Ġ a", "i n")


def vocabulary(family):
    """The written tokens of a family and how many of them are ordinary ones; the rest are control tokens."""
    ordinary = [byte_alphabet()[byte] for byte in range(256)] + [merge.replace(" ", "") for merge in MERGES]
    specials = list(family.specials) + ([family.mask] if isinstance(family.mask, str) else [])
    return ordinary + specials, len(ordinary)


def mask_id(family):
    return vocabulary(family)[0].index(family.mask) if isinstance(family.mask, str) else family.mask


def canvas(family):
    """A prompt, gaps of masks in the text behind it, and masks to the end."""
    random = np.random.default_rng(len(family.name))
    tokens = random.integers(0, 260, 29)
    tokens[9:13] = tokens[15] = tokens[20:] = mask_id(family)
    return tokens
