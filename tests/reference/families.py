"""One small checkpoint per family with every feature of the family on, and how its files are spelled."""

from dataclasses import dataclass
from functools import cache

import numpy as np

import visibility
from experts import Experts
from forward import Shape


@dataclass(frozen=True)
class Spelling:
    """A GGUF file of a family: its architecture name and what that implies about rows and tensors."""

    architecture: str
    interleaved: bool = False  # rows of q and k reordered so that dimension 2j turns with 2j + 1
    fused: bool = False  # q, k and v are one tensor
    names_family: bool = False  # the architecture does not say which family; the file does
    names_pairing: bool = False  # the pairing is not the one that the architecture implies
    names_causal: bool = False  # the file says that it is causal and shifted
    names_block: bool = False  # diffusion.block_length
    names_rope: bool = False  # the architecture does not say whether positions turn; the file does
    joins_gate_up: bool = False  # gate and up of the experts are one tensor

    def file_part(self):
        endings = ((self.names_pairing, ".half-split"), (self.names_causal, ".causal"), (self.joins_gate_up, ".gate-up"))
        return self.architecture + "".join(ending for applies, ending in endings if applies)


@dataclass(frozen=True)
class Family:
    name: str
    shape: Shape
    spellings: tuple
    mask: str | int | None  # the written token, or the id of an ordinary word or of no token; None: writes left to right
    specials: tuple = ("<|endoftext|>",)
    declares_mask: bool = True
    declares_shift: bool = True
    variant_of: str = ""  # the family as files and the engine call it, when not by the name
    length: int = 29  # of the canvas that it is tried with
    head_scale: float = 1.0  # of the untied head: how sure of itself the family is
    equal_scores: tuple = ()  # experts whose rows of the router are zero: equal to the bit on every machine
    unwanted: tuple = ()  # experts whose selection bias keeps them out

    def written_name(self):
        return self.variant_of or self.name

    def is_plain(self):
        """Dense with a full canvas."""
        return self.shape.sees == visibility.FULL and self.shape.experts is None

    def has_policies(self):
        """What every policy for a full canvas decodes: not the variants of mixtures, whose routings are close on purpose."""
        return self.shape.sees == visibility.FULL and not self.variant_of


GROUPED = dict(heads=4, kv_heads=2, head_dim=12, rotary_dims=12)
QWEN = dict(**GROUPED, theta=1e6, epsilon=1e-6, qkv_bias=True)
QWEN_7B = QWEN | dict(heads=7, kv_heads=1, head_dim=8, rotary_dims=8, width=56)  # seven queries to a key, as Qwen2.5-7B has
ORDINARY_WORD = 101  # "e"

QWEN3 = dict(heads=4, kv_heads=2, head_dim=20, rotary_dims=20, theta=1e6, epsilon=1e-6, qk_norm=True)
LLADA_MOE = dict(heads=4, kv_heads=4, theta=5e4, qk_norm=True, context=128)
SURE = 4.0  # logits with this standard deviation: the best of them has a probability of a half, or a tenth, or nine tenths

FULL_CANVAS = (
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
        Shape(**QWEN_7B, shift=True),
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
        Shape(**QWEN3, tied=True),
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
    Family(
        "llada-moe",
        Shape(**LLADA_MOE, experts=Experts(count=8, used=3, width=28, renormalised=False)),
        (Spelling("llada-moe"),),
        mask="<|mask|>",
        head_scale=SURE,
    ),
    Family(
        "llada-moe-ties",
        Shape(**LLADA_MOE, experts=Experts(count=8, used=3, width=28, renormalised=False)),
        (Spelling("llada-moe"),),
        mask="<|mask|>",
        variant_of="llada-moe",
        equal_scores=(1, 2, 5, 6),  # the last can never be among the three
    ),
    Family(
        "llada-moe-all",
        Shape(**LLADA_MOE, experts=Experts(count=5, used=5, width=28, renormalised=False)),
        (Spelling("llada-moe"),),
        mask="<|mask|>",
        variant_of="llada-moe",
    ),
    Family(
        "rnd1",
        Shape(**QWEN3, shift=True, context=128, experts=Experts(count=8, used=3, width=20)),
        (Spelling("rnd1"), Spelling("rnd1", joins_gate_up=True)),
        mask="<|mask|>",
        declares_shift=False,
        head_scale=SURE,
    ),
    Family(
        "crystallite",
        Shape(**GROUPED | dict(rotary_dims=0), learned_positions=True),
        (Spelling("crystallite", names_rope=True),),
        mask="<|mask|>",
    ),
)


@cache
def byte_alphabet():
    """The 256 characters that stand for bytes: printable ones for themselves, the others for 256, 257, …  (GPT-2, `encoder.py`)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {**{b: chr(b) for b in printable}, **{b: chr(256 + i) for i, b in enumerate(others)}}


MERGES = ("t h", "th e", "Ġ a", "i n")


def vocabulary(family):
    """The written tokens of a family and how many of them are ordinary ones; the rest are control tokens."""
    alphabet = byte_alphabet()
    ordinary = [alphabet[byte] for byte in range(256)] + [merge.replace(" ", "") for merge in MERGES]
    specials = list(family.specials) + ([family.mask] if isinstance(family.mask, str) else [])
    return ordinary + specials, len(ordinary)


def mask_id(family):
    """None for a family without a mask."""
    return vocabulary(family)[0].index(family.mask) if isinstance(family.mask, str) else family.mask


def canvas(family):
    """A prompt, gaps of masks in the text behind it, and masks to the end; text alone for a family without a mask."""
    random = np.random.default_rng(len(family.name))
    tokens = random.integers(0, 260, family.length)
    if family.mask is not None:
        tokens[9:13] = tokens[15] = tokens[family.length - 9 :] = mask_id(family)
    return tokens
