"""Pieces of the network with their gradients written out: what autograd would compute, in fewer passes over memory.

On a CPU the matrix products of a small model are cheap (bf16 tiles), and what surrounds them takes most of a step. Every piece works in
the type of its input and accumulates in f32 (f64 for f64, which the tests use), so that it rounds once where a chain of bf16 operations
would round each time.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable

# oneDNN compiles a product for its shape, which takes longer than running it: sizes that vary from batch to batch are rounded up.
ROWS = 128  # of a batch's flattened tokens
POSITIONS = 16  # of a sequence inside the attention
TARGETS = 256  # of the rows that get logits; also as many f32 logits as stay in the cache
GATE_ROWS = 128  # of f32 gates that stay in the cache


def rounded_up(size: int, multiple: int) -> int:
    return -(-size // multiple) * multiple


def accumulating(dtype: torch.dtype) -> torch.dtype:
    return torch.promote_types(dtype, torch.float32)


class RmsNormalised(Function):
    """y = x / sqrt(mean(x^2) + epsilon) * weight over the last dimension of x [rows, width] (Zhang and Sennrich 2019)."""

    @staticmethod
    def forward(ctx, x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
        wide = x.to(accumulating(x.dtype))
        norm = torch.linalg.vector_norm(wide, dim=-1, keepdim=True)
        scale = norm.square_().div_(x.shape[-1]).add_(epsilon).rsqrt_()
        ctx.save_for_backward(x, weight, scale)
        return (wide * scale).mul_(weight).to(x.dtype)

    @staticmethod
    @once_differentiable
    def backward(ctx, grad: Tensor) -> tuple[Tensor, Tensor, None]:
        """With n = x * scale and g = grad * weight: dx = scale * (g - n * mean(g * n)) and dweight = sum over rows of grad * n."""
        x, weight, scale = ctx.saved_tensors
        normalised = x.to(scale.dtype) * scale
        grad = grad.to(scale.dtype)
        weight_grad = (grad * normalised).sum(0)
        inner = grad * weight
        shared = (inner * normalised).mean(-1, keepdim=True)
        x_grad = inner.sub_(normalised.mul_(shared)).mul_(scale)
        return x_grad.to(x.dtype), weight_grad.to(weight.dtype), None


class SwiGlu(Function):
    """silu(gate) * up for gate_up [rows, 2 * size], the gates first (Shazeer 2020)."""

    @staticmethod
    def forward(ctx, gate_up: Tensor) -> Tensor:
        ctx.save_for_backward(gate_up)
        result = gate_up.new_empty(gate_up.shape[0], gate_up.shape[1] // 2)
        for block, block_result in zip(gate_up.split(GATE_ROWS), result.split(GATE_ROWS)):
            gate, up = block.to(accumulating(block.dtype)).chunk(2, -1)
            block_result.copy_(F.silu(gate).mul_(up))
        return result

    @staticmethod
    @once_differentiable
    def backward(ctx, grad: Tensor) -> Tensor:
        """With s = sigmoid(gate): dup = grad * gate * s and dgate = grad * up * s * (1 + gate * (1 - s))."""
        (gate_up,) = ctx.saved_tensors
        result = torch.empty_like(gate_up)
        wide = accumulating(gate_up.dtype)
        blocks = zip(gate_up.split(GATE_ROWS), grad.split(GATE_ROWS), result.split(GATE_ROWS))
        for block, block_grad, block_result in blocks:
            gate, up = block.to(wide).chunk(2, -1)
            gate_grad, up_grad = block_result.chunk(2, -1)
            share = torch.sigmoid(gate)
            passed = block_grad.to(wide) * share
            up_grad.copy_(passed * gate)
            slope = share.neg_().add_(1).mul_(gate).add_(1)
            gate_grad.copy_(passed.mul_(up).mul_(slope))
        return result


def head_turns(length: int, heads: int, head_width: int, theta: float | None) -> Tensor:
    """Complex factors [length, 3 * heads * head_width / 2] for `TurnedHeads`: rotary angles (none without `theta`) and 1 / sqrt(head_width).

    RoPE (Su et al. 2021) turns pair j of position p by p * theta^(-2 j / head_width): queries and keys here, values not. The
    scale of the attention scores comes with the queries.
    """
    pairs = head_width // 2
    angles = torch.zeros(length, pairs)
    if theta is not None:
        angles = torch.outer(torch.arange(length).float(), theta ** (-torch.arange(pairs) * 2.0 / head_width))
    keys = torch.polar(torch.ones_like(angles), angles).repeat(1, heads)
    return torch.cat([keys * head_width**-0.5, keys, torch.ones_like(keys)], 1)


def with_adjacent_pairs(weight: Tensor, heads: int) -> Tensor:
    """Rows of a fused projection [3 * width, width] so that a query's or key's rotary pair (j, j + half) becomes adjacent.

    A common order of the dimensions of queries and keys leaves their products as they are.
    """
    width = weight.shape[1]
    halves = weight[: 2 * width].view(2 * heads, 2, width // heads // 2, width)
    return torch.cat([halves.transpose(1, 2).reshape(2 * width, width), weight[2 * width :]])


class TurnedHeads(Function):
    """Queries, keys and values [3, batch, heads, padded length, head width] of fused [rows, 3 * width] with adjacent rotary pairs.

    `turns` [length, 3 * width / 2] is complex. The first batch * length rows count; the positions after `length` are zero.
    """

    @staticmethod
    def forward(ctx, fused: Tensor, turns: Tensor, batch: int, heads: int) -> Tensor:
        length, pairs = turns.shape
        ctx.save_for_backward(turns)
        ctx.rows = fused.shape[0]
        parts = fused[: batch * length].to(accumulating(fused.dtype)).view(batch, length * pairs, 2)
        turned = torch.view_as_real(torch.view_as_complex(parts) * turns.view(-1))
        head_width = 2 * pairs // (3 * heads)
        result = fused.new_zeros(3, batch, heads, rounded_up(length, POSITIONS), head_width)
        result[..., :length, :] = turned.view(batch, length, 3, heads, head_width).permute(2, 0, 3, 1, 4)
        return result

    @staticmethod
    @once_differentiable
    def backward(ctx, grad: Tensor) -> tuple[Tensor, None, None, None]:
        """A turn's gradient is turned back."""
        (turns,) = ctx.saved_tensors
        length, pairs = turns.shape
        _, batch, heads, _, head_width = grad.shape
        parts = grad.new_empty(batch, length, 3, heads, head_width, dtype=accumulating(grad.dtype))
        parts.copy_(grad[..., :length, :].permute(1, 3, 0, 2, 4))
        back = torch.view_as_complex(parts.view(batch, length * pairs, 2)).mul_(turns.view(-1).conj())
        result = grad.new_zeros(ctx.rows, 2 * pairs)
        result[: batch * length] = torch.view_as_real(back).view(batch * length, 2 * pairs)
        return result, None, None, None


class LinearCrossEntropy(Function):
    """-log softmax(hidden weight^T)[target] per row of hidden [rows, width], in f32, without keeping the logits."""

    @staticmethod
    def forward(ctx, hidden: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
        rows = hidden.shape[0]
        padding = rounded_up(rows, TARGETS) - rows
        hidden, targets = F.pad(hidden, (0, 0, 0, padding)), F.pad(targets, (0, padding))
        head = weight.to(hidden.dtype)
        totals, losses = [], []
        for block, block_targets in zip(hidden.split(TARGETS), targets.split(TARGETS)):
            logits = (block @ head.t()).to(accumulating(hidden.dtype))
            totals.append(logits.logsumexp(-1))
            losses.append(totals[-1] - logits.gather(1, block_targets[:, None])[:, 0])
        ctx.save_for_backward(hidden, head, targets, torch.cat(totals))
        ctx.weight_type = weight.dtype
        return torch.cat(losses)[:rows]

    @staticmethod
    @once_differentiable
    def backward(ctx, grad: Tensor) -> tuple[Tensor, Tensor, None]:
        """dlogits = (softmax - one-hot of the target) * grad."""
        hidden, head, targets, totals = ctx.saved_tensors
        rows = grad.shape[0]
        grad = F.pad(grad, (0, hidden.shape[0] - rows))
        logits_grad = hidden.new_empty(hidden.shape[0], head.shape[0])
        parts = (part.split(TARGETS) for part in (hidden, targets, totals, grad, logits_grad))
        for block, block_targets, block_totals, block_grad, result in zip(*parts):
            shares = (block @ head.t()).to(totals.dtype).sub_(block_totals[:, None]).exp_()
            shares.scatter_add_(1, block_targets[:, None], shares.new_full((TARGETS, 1), -1.0))
            result.copy_(shares.mul_(block_grad[:, None]))
        return (logits_grad @ head)[:rows], (logits_grad.t() @ hidden).to(ctx.weight_type), None
