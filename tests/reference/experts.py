"""Mixtures of experts in double precision: who is chosen, by what weight, and the sum of what they answer.

Formulas, each from the authors' published code: softmax over all experts, then the best k (transformers, models/qwen3_moe and olmoe; LLaDA-MoE
as llama.cpp's src/models/llada-moe.cpp has it: the weights keep their sum); sigmoid scores with a bias that only selects, in groups of which
the best stay (LLaDA2's modeling_llada2_moe.py, class LLaDA2MoeGate): a group's score is the sum of its two largest biased scores; the
weights are the unbiased scores over their sum plus 1e-20, unless a single expert is chosen, times the scaling factor.
torch.topk leaves the order of equal scores open; here the lowest index comes first, for groups as for experts.
"""

from dataclasses import dataclass

import numpy as np


CLEAR_ROUTE = 5e-6  # of a routing's margin: 32 bits give a score between 0 and 1 to about 1e-6


@dataclass(frozen=True)
class Experts:
    count: int
    used: int
    width: int
    sigmoid: bool = False  # else softmax over all experts
    renormalised: bool = True  # the weights of the chosen are divided by their sum
    scale: float = 1.0  # routed_scaling_factor
    selection_bias: bool = False
    groups: int = 1
    groups_used: int = 1
    shared: int = 0  # experts that every token asks, as one of `shared` times the width
    dense_layers: int = 0  # the first ones, which have no experts


@dataclass(frozen=True)
class Routing:
    """What one layer decided. A margin is the distance between the last that is in and the first that is out."""

    layer: int
    chosen: np.ndarray  # [tokens, used], the best first
    weights: np.ndarray  # [tokens, used]
    margin: float  # the smallest of selection scores, 0 at a tie, infinite when all are chosen


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def silu(x):
    return x / (1.0 + np.exp(-x))


def best(scores, k):
    """Indices of the k largest per row, the largest first, the lowest index among equals; and the gap behind the last per row."""
    order = np.argsort(-scores, axis=-1, kind="stable")
    if k == scores.shape[-1]:
        return order, np.full(len(scores), np.inf)
    sorted_scores = np.take_along_axis(scores, order, axis=-1)
    return order[:, :k], sorted_scores[:, k - 1] - sorted_scores[:, k]


def within_best_groups(selection, experts):
    """Selection scores with minus infinity outside the best groups, and the gap between the last group that stays and the next."""
    grouped = selection.reshape(len(selection), experts.groups, -1)
    group_scores = np.sort(grouped, axis=-1)[..., -2:].sum(axis=-1)
    kept, gap = best(group_scores, experts.groups_used)
    stays = np.zeros(group_scores.shape, bool)
    np.put_along_axis(stays, kept, True, axis=-1)
    return np.where(stays[..., None], grouped, -np.inf).reshape(selection.shape), gap


def route(scores, bias, experts, layer=0):
    """`scores` [tokens, experts]: the router's products, before sigmoid or softmax."""
    probabilities = 1.0 / (1.0 + np.exp(-scores)) if experts.sigmoid else softmax(scores)
    selection = probabilities + bias if experts.selection_bias else probabilities
    group_gap = np.inf
    if experts.groups > 1:
        selection, group_gap = within_best_groups(selection, experts)
    chosen, gap = best(selection, experts.used)
    weights = np.take_along_axis(probabilities, chosen, axis=-1)
    if experts.renormalised and experts.used > 1:
        weights = weights / (weights.sum(axis=-1, keepdims=True) + 1e-20)
    elif experts.renormalised and not experts.sigmoid:
        weights = np.ones_like(weights)
    return Routing(layer, chosen, weights * experts.scale, float(np.minimum(gap, group_gap).min()))


def gated(x, gate, up, down):
    return (silu(x @ gate.T) * (x @ up.T)) @ down.T


def mixture(x, weights, layer, experts, routings):
    """x [tokens, width]. What was decided is appended to `routings`."""
    part = lambda name: weights[f"{layer}.{name}"]
    bias = part("router.bias") if experts.selection_bias else None
    routing = route(x @ part("router.weight").T, bias, experts, layer)
    routings.append(routing)
    answer = np.zeros_like(x)
    for expert in range(experts.count):
        tokens, place = np.nonzero(routing.chosen == expert)
        if len(tokens):
            theirs = [part(f"experts_{name}.weight")[expert] for name in ("gate", "up", "down")]
            answer[tokens] += routing.weights[tokens, place, None] * gated(x[tokens], *theirs)
    if experts.shared:
        answer += gated(x, *[part(f"shared_{name}.weight") for name in ("gate", "up", "down")])
    return answer


def dense_sum(x, weights, layer, experts):
    """The mixture in which every expert is asked, written as one wide layer: what mixture() must equal when all are chosen."""
    part = lambda name: weights[f"{layer}.{name}.weight"]
    scores = x @ part("router").T
    shares = softmax(scores) if not experts.sigmoid else 1.0 / (1.0 + np.exp(-scores))
    if experts.renormalised:
        shares = shares / shares.sum(axis=-1, keepdims=True)
    inner = silu(np.einsum("td,ewd->tew", x, part("experts_gate"))) * np.einsum("td,ewd->tew", x, part("experts_up"))
    answer = np.einsum("te,tew,edw->td", shares * experts.scale, inner, part("experts_down"))
    if experts.shared:
        answer += gated(x, part("shared_gate"), part("shared_up"), part("shared_down"))
    return answer
