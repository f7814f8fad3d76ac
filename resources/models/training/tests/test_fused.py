"""Gradients written out are those that autograd derives from the definition, in f64; what rounding up adds changes nothing."""

import math
import unittest

import torch
import torch.nn.functional as F

from pipeline.backbone import Backbone
from pipeline.config import ModelShape
from pipeline.fused import (
    GATE_ROWS,
    TARGETS,
    LinearCrossEntropy,
    RmsNormalised,
    SwiGlu,
    TurnedHeads,
    head_turns,
    with_adjacent_pairs,
)

EPSILON = 1e-5


def rms_norm(x, weight):
    return x / (x.pow(2).mean(-1, keepdim=True) + EPSILON).sqrt() * weight


def swiglu(gate_up):
    gate, up = gate_up.chunk(2, -1)
    return gate * torch.sigmoid(gate) * up


def cross_entropy(hidden, weight, targets):
    return F.cross_entropy(hidden @ weight.t(), targets, reduction="none")


def scores_and_values(x, weight, batch, heads, theta):
    """Attention scores and values from the definition: dimension j of a head turns with j + half of it."""
    length = len(x) // batch
    queries, keys, values = (x @ weight.t()).view(batch, length, 3, heads, -1).permute(2, 0, 3, 1, 4)
    half = queries.shape[-1] // 2
    angles = torch.zeros(length, half, dtype=x.dtype)
    if theta is not None:
        angles = torch.outer(torch.arange(length, dtype=x.dtype), theta ** (-torch.arange(half, dtype=x.dtype) / half))
    cosines, sines = angles.cos(), angles.sin()

    def turned(part):
        first, second = part[..., :half], part[..., half:]
        return torch.cat([first * cosines - second * sines, second * cosines + first * sines], -1)

    return turned(queries) @ turned(keys).transpose(-1, -2) / math.sqrt(2 * half), values


class WrittenOutGradients(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)

    def check(self, fast, plain, inputs, atol=1e-12):
        """Values and gradients of every input, for a random gradient of the result. Sums of at most 2^9 terms of size one in f64."""
        results = []
        for function in (fast, plain):
            leaves = [tensor.clone().requires_grad_() for tensor in inputs]
            outputs = function(*leaves)
            outputs = outputs if isinstance(outputs, tuple) else (outputs,)
            generator = torch.Generator().manual_seed(2)
            grads = [torch.randn(output.shape, dtype=output.dtype, generator=generator) for output in outputs]
            results.append([*outputs, *torch.autograd.grad(outputs, leaves, grads)])
        for actual, expected in zip(*results):
            torch.testing.assert_close(actual, expected, rtol=atol, atol=atol)

    def test_rms_norm(self):
        x, weight = torch.randn(7, 10, dtype=torch.float64), torch.randn(10, dtype=torch.float64)
        x[3] = 0.0  # as rows that belong to no sequence may be
        self.check(lambda x, weight: RmsNormalised.apply(x, weight, EPSILON), rms_norm, [x, weight], atol=1e-10)

    def test_swiglu_of_several_blocks_of_rows(self):
        self.check(SwiGlu.apply, swiglu, [4 * torch.randn(2 * GATE_ROWS + 5, 6, dtype=torch.float64)])

    def test_cross_entropy_of_several_blocks_of_rows(self):
        rows = TARGETS + 13
        hidden, weight = torch.randn(rows, 6, dtype=torch.float64), torch.randn(11, 6, dtype=torch.float64)
        targets = torch.randint(0, 11, (rows,))
        fast, plain = (lambda h, w, f=function: f(h, w, targets) for function in (LinearCrossEntropy.apply, cross_entropy))
        self.check(fast, plain, [hidden, weight])

    def test_turned_heads_with_and_without_rotary_positions(self):
        batch, heads, length = 3, 2, 19
        x, weight = torch.randn(batch * length, 12, dtype=torch.float64), torch.randn(36, 12, dtype=torch.float64)
        for theta in (10000.0, None):

            def fast(x, weight):
                fused = F.pad(F.linear(x, with_adjacent_pairs(weight, heads)), (0, 0, 0, 4))
                queries, keys, values = TurnedHeads.apply(fused, head_turns(length, heads, 6, theta), batch, heads)[..., :length, :]
                return queries @ keys.transpose(-1, -2), values

            with self.subTest(theta):
                # The turns are f32 (angles up to 18, so half a unit in the last place is 1e-6); scores and gradients reach some tens.
                self.check(fast, lambda x, weight: scores_and_values(x, weight, batch, heads, theta), [x, weight], atol=1e-4)

    def test_positions_after_the_sequences_are_zero(self):
        fused = torch.randn(2 * 19 + 4, 36)
        self.assertEqual(TurnedHeads.apply(fused, head_turns(19, 2, 6, 10000.0), 2, 2)[..., 19:, :].abs().max().item(), 0.0)

    def test_bf16_results_and_gradients_are_rounded_once(self):
        x = torch.randn(200, 64).bfloat16()
        weight, grad = torch.randn(64), torch.randn(200, 64)
        cases = [
            (lambda x: RmsNormalised.apply(x, weight, EPSILON), lambda x: rms_norm(x, weight.double()), grad),
            (SwiGlu.apply, swiglu, grad[:, :32]),
        ]
        for fast, plain, grad in cases:
            grad = grad.bfloat16()
            leaves = [x.clone().requires_grad_(), x.double().requires_grad_()]
            results = [function(leaf) for function, leaf in zip((fast, plain), leaves)]
            grads = [torch.autograd.grad(*one, grad.to(one[0].dtype))[0] for one in zip(results, leaves)]
            # bf16 has 8 significant bits: one rounding moves a result by up to 2^-8 of itself.
            for actual, expected in (results, grads):
                torch.testing.assert_close(actual.double(), expected, rtol=1.01 * 2**-8, atol=1e-5)


class Padding(unittest.TestCase):
    def test_a_sequence_has_the_hidden_states_it_would_have_alone(self):
        shape = ModelShape(width=16, layers=2, heads=2, feed_forward=32, context=40, vocabulary=20)
        tokens = torch.randint(0, 20, (7, 21), generator=torch.Generator().manual_seed(3))
        for causal in (True, False):
            model = Backbone(shape, causal)
            together = model.hidden(tokens)
            for row, hidden in zip(tokens, together):
                # F32 rounding of values of size one after two blocks.
                torch.testing.assert_close(model.hidden(row[None])[0], hidden, rtol=1e-5, atol=1e-5)

    def test_the_rows_after_the_sequences_leave_no_trace_in_the_gradients(self):
        shape = ModelShape(width=16, layers=2, heads=2, feed_forward=32, context=40, vocabulary=20)
        model = Backbone(shape).double()
        tokens = torch.randint(0, 20, (7, 21), generator=torch.Generator().manual_seed(3))

        def gradients(batches):
            losses = [model(batch).logsumexp(-1).sum() for batch in batches]
            return torch.autograd.grad(sum(losses), list(model.parameters()))

        for one, other in zip(gradients([tokens]), gradients(tokens.split(1))):
            torch.testing.assert_close(one, other, rtol=1e-9, atol=1e-9)


if __name__ == "__main__":
    unittest.main()
