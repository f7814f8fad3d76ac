"""The families that attend block by block, or to the left: as families.py, with a store of keys and values in mind.

The published block length stands where the family's files do not say it (LLaDA2, bd3lm: 32; Stable-DiffCoder: 4); others have a shorter one, so
that a short text has several blocks and ends inside one.
"""

import visibility
from experts import Experts
from families import FULL_CANVAS, GROUPED, QWEN, QWEN3, SURE, Family, Spelling
from forward import Shape

BLOCKS_OF_4 = dict(sees=visibility.BLOCK_CAUSAL, block=4, context=128)
BLOCKS_OF_8 = dict(sees=visibility.BLOCK_CAUSAL, block=8, context=128)
BLOCKS_OF_32 = dict(sees=visibility.BLOCK_CAUSAL, block=32, context=128)
LEFT_TO_RIGHT = dict(sees=visibility.CAUSAL, shift=True, context=128)
BAILING = dict(heads=4, kv_heads=2, head_dim=16, rotary_dims=8, theta=6e5, epsilon=1e-6, qk_norm=True, layers=3)

BLOCK_BY_BLOCK = (
    Family(
        "sdar",
        Shape(**QWEN3, **BLOCKS_OF_4),
        (Spelling("sdar", names_block=True), Spelling("qwen3", names_family=True)),
        mask="<|MASK|>",
        declares_shift=False,
        head_scale=SURE,
    ),
    Family(
        "sdar-b8",
        Shape(**QWEN3, **BLOCKS_OF_8, tied=True),
        (Spelling("sdar", names_block=True), Spelling("qwen3", names_family=True, names_block=True)),
        mask="<|MASK|>",
        declares_shift=False,
        variant_of="sdar",
    ),
    Family(
        "sdar-moe",
        Shape(**QWEN3, **BLOCKS_OF_4, experts=Experts(count=8, used=3, width=20)),
        (Spelling("sdar-moe", names_block=True), Spelling("qwen3moe", names_family=True)),
        mask="<|MASK|>",
        declares_shift=False,
        head_scale=SURE,
    ),
    Family(
        "llada2",
        Shape(
            **BAILING,
            **BLOCKS_OF_32,
            experts=Experts(
                count=16,
                used=4,
                width=20,
                sigmoid=True,
                scale=2.5,
                selection_bias=True,
                groups=4,
                groups_used=2,
                shared=1,
                dense_layers=1,
            ),
        ),
        (Spelling("llada2", fused=True), Spelling("bailingmoe2", fused=True, names_family=True)),
        mask="<|mask|>",
        declares_shift=False,
        length=75,
        head_scale=SURE,
        unwanted=(5,),
    ),
    Family(
        "llada2-ties",
        Shape(
            **BAILING,
            **BLOCKS_OF_32,
            experts=Experts(
                count=16,
                used=3,
                width=20,
                sigmoid=True,
                scale=1.5,
                selection_bias=True,
                groups=8,
                groups_used=3,
                shared=2,
                dense_layers=2,
            ),
        ),
        (Spelling("llada2", fused=True),),
        mask="<|mask|>",
        declares_shift=False,
        variant_of="llada2",
        length=75,
        equal_scores=(2, 3, 8, 9, 14, 15),  # three whole groups
    ),
    Family(
        "dream-reasoner",
        Shape(**QWEN3, **BLOCKS_OF_8),
        (Spelling("dream-reasoner", names_block=True), Spelling("qwen3", names_family=True, names_block=True)),
        mask="<|mask|>",
        declares_shift=False,
        head_scale=SURE,
    ),
    Family(
        "qwen3-bd3lm",
        Shape(**QWEN3, **BLOCKS_OF_32, tied=True),
        (Spelling("qwen3-bd3lm"), Spelling("qwen3", names_family=True)),
        mask="<|mask|>",
        declares_shift=False,
        length=75,
    ),
    Family(
        "qwen2-bd3lm",
        Shape(**QWEN, **BLOCKS_OF_32, tied=True),
        (Spelling("qwen2-bd3lm"), Spelling("qwen2", names_family=True)),
        mask="<|mask|>",
        declares_shift=False,
        length=75,
    ),
    Family(
        "fast-dllm-v2",
        Shape(**QWEN, **BLOCKS_OF_8, shift=True),
        (Spelling("fast-dllm-v2", names_block=True), Spelling("qwen2", names_family=True, names_block=True)),
        mask="|<MASK>|",
        declares_shift=False,
        head_scale=SURE,
    ),
    Family(
        "stable-diffcoder",
        Shape(**GROUPED, **BLOCKS_OF_4, theta=5e5),
        (Spelling("stable-diffcoder"), Spelling("llama", interleaved=True, names_family=True)),
        mask="<[MASK]>",
        declares_mask=False,
        declares_shift=False,
        head_scale=SURE,
    ),
)

WRITE_LEFT_TO_RIGHT = (
    Family(
        "llama",
        Shape(**GROUPED, **LEFT_TO_RIGHT, theta=5e5),
        (Spelling("llama", interleaved=True, names_family=True), Spelling("llama", interleaved=True, names_causal=True)),
        mask=None,
        declares_mask=False,
        declares_shift=False,
        head_scale=SURE,
    ),
    Family(
        "qwen2",
        Shape(**QWEN, **LEFT_TO_RIGHT, tied=True),
        (Spelling("qwen2", names_family=True), Spelling("qwen2", names_causal=True)),
        mask=None,
        declares_mask=False,
        declares_shift=False,
    ),
    Family(
        "qwen3",
        Shape(**QWEN3, **LEFT_TO_RIGHT),
        (Spelling("qwen3", names_family=True), Spelling("qwen3", names_causal=True)),
        mask=None,
        declares_mask=False,
        declares_shift=False,
        head_scale=SURE,
    ),
)

FAMILIES = FULL_CANVAS + BLOCK_BY_BLOCK + WRITE_LEFT_TO_RIGHT


def family_named(name):
    return next(family for family in FAMILIES if family.name == name)
