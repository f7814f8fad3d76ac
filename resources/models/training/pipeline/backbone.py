"""LLaDA's transformer (pre-norm, RMSNorm, SwiGLU, tied head), bidirectional or causal.

Tensor roles follow the LLaDA checkpoints; q, k and v and the two inputs of the SwiGLU are kept fused while training because
fewer, larger products are faster on a CPU. `export.py` splits them.
"""

from __future__ import annotations

import dataclasses
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from pipeline.config import ModelShape
from pipeline.fused import (
    POSITIONS,
    ROWS,
    RmsNormalised,
    SwiGlu,
    TurnedHeads,
    accumulating,
    head_turns,
    rounded_up,
    with_adjacent_pairs,
)


class RmsNorm(nn.Module):
    """y = x / sqrt(mean(x^2) + epsilon) * weight, accumulated in f32."""

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return RmsNormalised.apply(x, self.weight, self.epsilon)


@dataclasses.dataclass
class Sequences:
    """What every block needs to know about the batch whose tokens are the first rows of its input."""

    batch: int
    turns: Tensor  # [length, 3 * width / 2] complex, of `TurnedHeads`
    mask: Tensor  # [padded length, padded length] f32, added to the scores: -inf where a row must not look, else 0


def attention_mask(length: int, causal: bool, device: torch.device) -> Tensor:
    padded = rounded_up(length, POSITIONS)
    closed = torch.ones(padded, padded, dtype=torch.bool, device=device).triu(1) & causal
    closed[:, length:] = True
    return torch.zeros(padded, padded, device=device).masked_fill_(closed, float("-inf"))


class GridPositions(nn.Module):
    """Position vectors [cells, width] of a square board: the sum of a row, a column and a box table."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        side = shape.grid_size
        cells = torch.arange(side * side)
        rows, columns = cells // side, cells % side
        boxes = rows // shape.box_rows * (side // shape.box_columns) + columns // shape.box_columns
        self.register_buffer("groups", torch.stack([rows, columns, boxes]), persistent=False)
        self.tables = nn.ModuleList(nn.Embedding(side, shape.width) for _ in range(3))

    def forward(self) -> Tensor:
        return sum(table(group) for table, group in zip(self.tables, self.groups))


class Block(nn.Module):
    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.attention_out = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def attend(self, x: Tensor, sequences: Sequences) -> Tensor:
        """softmax(q k^T / sqrt(head width)) v of every head, side by side [rows, width]."""
        fused = F.linear(x, with_adjacent_pairs(self.query_key_value.weight, self.heads))
        queries, keys, values = TurnedHeads.apply(fused, sequences.turns, sequences.batch, self.heads).unbind(0)
        scores = queries @ keys.transpose(-1, -2)
        shares = scores.to(accumulating(scores.dtype)).add_(sequences.mask).softmax(-1).to(values.dtype)
        mixed = (shares @ values)[:, :, : len(sequences.turns)].transpose(1, 2).reshape(-1, x.shape[1])
        return F.pad(mixed, (0, 0, 0, len(x) - len(mixed)))

    def forward(self, x: Tensor, sequences: Sequences) -> Tensor:
        """x [rows, width] with the tokens of all sequences one after the other; rows that belong to none may follow."""
        x = x + self.attention_out(self.attend(self.attention_norm(x), sequences))
        return x + self.down(SwiGlu.apply(self.gate_up(self.feed_norm(x))))


class Backbone(nn.Module):
    """tokens [batch, length] -> hidden states [batch, length, width]; `logits` applies the tied head to any rows of them."""

    def __init__(self, shape: ModelShape, causal: bool = False) -> None:
        super().__init__()
        self.shape = shape
        self.causal = causal
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = GridPositions(shape) if shape.positions == "grid" else None
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.final_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.initialise()
        theta = shape.rope_theta if self.positions is None else None
        turns = head_turns(shape.context, shape.heads, shape.width // shape.heads, theta)
        self.register_buffer("turns", turns, persistent=False)

    def initialise(self) -> None:
        # The products that end in the residual stream start smaller, so that its variance does not grow with depth.
        residual = 0.02 / math.sqrt(2 * self.shape.layers)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                into_residual = name.endswith(("attention_out.weight", "down.weight"))
                nn.init.normal_(parameter, std=residual if into_residual else 0.02)

    def matrices(self) -> list[nn.Parameter]:
        """The weights of the blocks' products: what Muon updates."""
        return [parameter for parameter in self.blocks.parameters() if parameter.dim() == 2]

    def hidden(self, tokens: Tensor) -> Tensor:
        batch, length = tokens.shape
        x = self.embedding(tokens)
        if self.positions is not None:
            x = x + self.positions()
        if torch.is_autocast_cpu_enabled() or torch.is_autocast_enabled():
            x = x.bfloat16()
        count = batch * length
        x = F.pad(x.flatten(0, 1), (0, 0, 0, rounded_up(count, ROWS) - count))
        sequences = Sequences(batch, self.turns[:length], attention_mask(length, self.causal, x.device))
        for block in self.blocks:
            x = block(x, sequences)
        return self.final_norm(x)[:count].view(batch, length, -1)

    def logits(self, hidden: Tensor) -> Tensor:
        return F.linear(hidden, self.embedding.weight)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.logits(self.hidden(tokens))
