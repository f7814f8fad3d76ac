"""Whom a position sees: [queries, keys], true where the query attends to the key.

Block-causal is on the absolute grid: position p is in block (p + offset) // block, and sees every key of its own and of earlier blocks. The
offset is 0 but for dllm's bd3lm sampler (dllm/core/samplers/bd3lm.py), which pads the prompt on the left to whole blocks: pads are neither
queries nor keys and count in no rotary position, so that they come to nothing but a short first block.
"""

import numpy as np

FULL, BLOCK_CAUSAL, CAUSAL, PREFIX_CANVAS = "full", "block-causal", "causal", "causal-prefix-and-canvas"


def full(length):
    return np.ones((length, length), bool)


def causal(length):
    return np.tril(full(length))


def block_causal(length, block, offset=0):
    blocks = (np.arange(length) + offset) // block
    return blocks[:, None] >= blocks[None, :]


def causal_prefix_and_canvas(length, prefix):
    """Positions before `prefix` see what stands before them and themselves; the canvas behind it sees everything."""
    sees = causal(length)
    sees[prefix:] = True
    return sees


def with_shadow(length, block, read):
    """A text that sees itself; behind it rows that repeat the slots `block` of it, and behind these one for each of the slots `read`. The latter
    rows see the text and the rows for `block`, but never the slot that they are there for; nobody else sees any of them."""
    shadow, rows = length + len(block), length + len(block) + len(read)
    sees = np.zeros((rows, rows), bool)
    sees[:, :length] = True
    sees[length:, length:shadow] = True
    sees[np.arange(length, rows), np.concatenate([block, read])] = False
    return sees


def of_family(shape, length, offset=0):
    if shape.sees == BLOCK_CAUSAL:
        return block_causal(length, shape.block, offset)
    return causal(length) if shape.sees == CAUSAL else full(length)


def left_padding(prompt, block):
    """How many pads bd3lm puts before a prompt of this length."""
    return -prompt % block
