"""Starts a text model with a working circuit for copying, so that training refines it instead of having to discover it.

Answering from a text, keeping a hero's name and filling a gap all need it: find the place whose neighbour equals mine and take what
stands there (an "induction head", Olsson et al. 2022, arXiv 2209.11895). From random weights a model of this size sits on a plateau
for millions of tokens before it forms. Two heads of block 0 look at the left and the right neighbour by their rotary phase alone; two
heads of block 1 compare neighbours and bring the content of the match. Nothing is frozen: every weight is trained as any other.

The residual stream starts in four parts: one constant dimension, content, the left neighbour's content, the right neighbour's content.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from pipeline.backbone import Backbone

MASK_ID = 0
EMBEDDING_STD = 0.08  # large enough that what is copied stands out in the tied head from the first step
NEIGHBOUR_PAIRS = 4  # fastest rotary pairs: one step of distance turns them visibly
NEIGHBOUR_LOGIT = 6.0  # of each pair at its peak
MATCH_LOGIT = 12.0  # of two equal neighbours
WRITTEN = 1.3  # length of what a head writes into the stream, in lengths of its content


def orthonormal_rows(rows: int, columns: int, avoiding: Tensor | None = None) -> Tensor:
    random = torch.randn(columns, rows)
    if avoiding is not None:
        random = torch.cat([avoiding[:, None].cpu(), random], 1)  # the factorisation keeps the first direction to itself
    return torch.linalg.qr(random)[0].t()[-rows:]


@torch.no_grad()
def wire_copying(model: Backbone) -> None:
    """Overwrites the embedding and four heads of a freshly initialised `model` with rotary positions."""
    shape = model.shape
    head = shape.width // shape.heads
    pairs = head // 2
    slow = range(pairs // 3, pairs)  # turn by less than a radian over a paragraph: they can carry content
    held = 2 * len(slow)  # dimensions of a neighbour's content
    content = slice(1, shape.width - 2 * held)
    sides = [slice(shape.width - 2 * held, shape.width - held), slice(shape.width - held, shape.width)]
    size = content.stop - content.start
    slow_rows = torch.tensor([*slow, *(pair + pairs for pair in slow)])
    frequencies = shape.rope_theta ** (-torch.arange(pairs).float() / pairs)

    embedding = model.embedding.weight
    length = EMBEDDING_STD * math.sqrt(size)
    written = WRITTEN * length
    embedding.normal_(std=EMBEDDING_STD)
    embedding[:, 0] = length
    embedding[:, sides[0]] = 0.0
    embedding[:, sides[1]] = 0.0

    def wire(block: int, index: int, queries: Tensor, keys: Tensor, values: Tensor, out: Tensor) -> None:
        rows = slice(index * head, (index + 1) * head)
        fused, width = model.blocks[block].query_key_value.weight, shape.width
        for part, matrix in enumerate((queries, keys, values)):
            fused[part * width : (part + 1) * width][rows] = matrix
        model.blocks[block].attention_out.weight[:, rows] = out

    def zeros() -> Tensor:
        return torch.zeros(head, shape.width)

    # What the norm before an attention makes of a stream whose parts have these lengths.
    at_start = math.sqrt(shape.width / 2)  # constant and content are equally long
    after_block_0 = math.sqrt(shape.width) / math.sqrt(2 * length**2 + 2 * written**2)

    projection = orthonormal_rows(held, size)  # the same for both sides and for the query of a causal model
    for index, side in enumerate(sides):
        step = -1.0 if index == 0 else 1.0  # the key stands one position before or behind the query
        gain = math.sqrt(NEIGHBOUR_LOGIT * math.sqrt(head)) / at_start
        queries, keys, values = zeros(), zeros(), zeros()
        for pair in range(NEIGHBOUR_PAIRS):
            queries[pair, 0] = gain * math.cos(step * frequencies[pair])
            queries[pair + pairs, 0] = gain * math.sin(step * frequencies[pair])
            keys[pair, 0] = gain
        values[:held, content] = projection
        out = torch.zeros(shape.width, head)
        out[side, :held] = torch.eye(held) * written / (at_start * math.sqrt(held / size))
        wire(0, index, queries, keys, values, out)

        gain = math.sqrt(MATCH_LOGIT * math.sqrt(head)) / (written * after_block_0)
        queries, keys, values = zeros(), zeros(), zeros()
        matcher = torch.zeros(head, held)
        matcher[slow_rows] = torch.eye(held) * gain
        keys[:, side] = matcher
        if model.causal:  # the row of a token predicts the next one: its own content is the left neighbour's
            own = written / (length * math.sqrt(held / size))
            queries[:, content] = matcher @ projection * own
        else:
            queries[:, side] = matcher
        taken = orthonormal_rows(head, size, avoiding=embedding[MASK_ID, content])  # a mask matches itself: it has nothing to give
        values[:, content] = taken
        out = torch.zeros(shape.width, head)
        out[content] = taken.t() * written / (length * after_block_0 * math.sqrt(head / size))
        wire(1, index, queries, keys, values, out)
