"""LLaDA's transformer (pre-norm, RMSNorm, SwiGLU, tied head), bidirectional or causal.

Tensor roles follow the LLaDA checkpoints; q, k and v and the two inputs of the SwiGLU are kept fused while training because
fewer, larger products are faster on a CPU. `export.py` splits them.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from pipeline.config import ModelShape


class RmsNorm(nn.Module):
    """y = x / sqrt(mean(x^2) + epsilon) * weight, accumulated in f32."""

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        scale = torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + self.epsilon)
        return x * scale.to(x.dtype) * self.weight.to(x.dtype)


def rotary_tables(length: int, head_width: int, theta: float) -> tuple[Tensor, Tensor]:
    """Cosines and sines [length, head_width] of RoPE in the half-split pairing (dimension j with j + head_width / 2)."""
    frequencies = theta ** (-torch.arange(0, head_width, 2).float() / head_width)
    angles = torch.outer(torch.arange(length).float(), frequencies)
    angles = torch.cat([angles, angles], -1)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    half = x.shape[-1] // 2
    return x * cosines + torch.cat([-x[..., half:], x[..., :half]], -1) * sines


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
    def __init__(self, shape: ModelShape, causal: bool) -> None:
        super().__init__()
        self.heads = shape.heads
        self.causal = causal
        self.attention_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.attention_out = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def attend(self, queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """softmax(q k^T / sqrt(head width)) v over [batch, heads, length, head width]."""
        if hasattr(F, "scaled_dot_product_attention"):
            return F.scaled_dot_product_attention(queries, keys, values, is_causal=self.causal)
        scores = (queries * (1 / math.sqrt(queries.shape[-1]))) @ keys.transpose(-1, -2)
        if self.causal:
            length = scores.shape[-1]
            future = torch.ones(length, length, dtype=torch.bool, device=scores.device).triu(1)
            scores = scores.masked_fill(future, float("-inf"))
        return scores.float().softmax(-1).to(values.dtype) @ values

    def forward(self, x: Tensor, rotary: tuple[Tensor, Tensor] | None) -> Tensor:
        batch, length, width = x.shape
        fused = self.query_key_value(self.attention_norm(x)).view(batch, length, 3, self.heads, width // self.heads)
        queries, keys, values = fused.permute(2, 0, 3, 1, 4).unbind(0)
        if rotary is not None:
            queries, keys = rotate(queries, *rotary), rotate(keys, *rotary)
        mixed = self.attend(queries, keys, values).transpose(1, 2).reshape(batch, length, width)
        x = x + self.attention_out(mixed)
        gate, up = self.gate_up(self.feed_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Backbone(nn.Module):
    """tokens [batch, length] -> hidden states [batch, length, width]; `logits` applies the tied head to any rows of them."""

    def __init__(self, shape: ModelShape, causal: bool = False) -> None:
        super().__init__()
        self.shape = shape
        self.causal = causal
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = GridPositions(shape) if shape.positions == "grid" else None
        self.blocks = nn.ModuleList(Block(shape, causal) for _ in range(shape.layers))
        self.final_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.initialise()
        if self.positions is None:
            cosines, sines = rotary_tables(shape.context, shape.width // shape.heads, shape.rope_theta)
            self.register_buffer("cosines", cosines, persistent=False)
            self.register_buffer("sines", sines, persistent=False)

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
        x = self.embedding(tokens)
        rotary = None
        if self.positions is not None:
            x = x + self.positions()
        if torch.is_autocast_cpu_enabled() or torch.is_autocast_enabled():
            x = x.bfloat16()
        if self.positions is None:
            length = tokens.shape[1]
            rotary = self.cosines[:length].to(x.dtype), self.sines[:length].to(x.dtype)
        for block in self.blocks:
            x = block(x, rotary)
        return self.final_norm(x)

    def logits(self, hidden: Tensor) -> Tensor:
        return F.linear(hidden, self.embedding.weight)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.logits(self.hidden(tokens))
