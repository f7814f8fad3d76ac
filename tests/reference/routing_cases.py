"""Routing alone, from a router's products to weights: ties, experts that nobody asks, all experts, one expert, groups.

Scores are small multiples of 1/8, so that 32 bits hold them exactly and equal ones stay equal."""

import numpy as np

from experts import Experts, route


def eighths(random, tokens, experts, spread=24):
    return random.integers(-spread, spread + 1, (tokens, experts)) / 8.0


def case(name, experts, scores, bias=None):
    routing = route(scores, bias, experts)
    return {
        "name": name,
        "scores": scores.tolist(),
        "bias": None if bias is None else bias.tolist(),
        "used": experts.used,
        "sigmoid": experts.sigmoid,
        "renormalised": experts.renormalised,
        "scale": experts.scale,
        "groups": experts.groups,
        "groups_used": experts.groups_used,
        "experts": routing.chosen.tolist(),
        "weights": routing.weights.tolist(),
    }


def cases():
    random = np.random.default_rng(5)
    softmax, kept = Experts(8, 3, 0), Experts(8, 3, 0, renormalised=False)
    grouped = Experts(16, 4, 0, sigmoid=True, scale=2.5, selection_bias=True, groups=4, groups_used=2)
    bias = eighths(random, 1, 16, 4)[0]
    yield case("softmax", softmax, eighths(random, 33, 8))
    yield case("softmax-weights-keep-their-sum", kept, eighths(random, 33, 8))
    yield case("softmax-all-tied", softmax, np.zeros((3, 8)))
    yield case("softmax-ties", softmax, eighths(random, 65, 8, 2) * 8)
    yield case("softmax-all-experts", Experts(5, 5, 0, renormalised=False), eighths(random, 7, 5))
    yield case("softmax-one-expert", Experts(6, 1, 0), eighths(random, 9, 6))
    yield case("softmax-one-expert-weight-kept", Experts(6, 1, 0, renormalised=False), eighths(random, 9, 6))
    yield case("softmax-large-scores", softmax, eighths(random, 9, 8) * 100)
    unasked = eighths(random, 17, 8)
    unasked[:, [2, 5]] = -40.0
    yield case("softmax-two-experts-unasked", softmax, unasked)
    yield case("sigmoid-groups", grouped, eighths(random, 33, 16), bias)
    yield case("sigmoid-groups-ties", grouped, eighths(random, 65, 16, 1), np.zeros(16))
    yield case("sigmoid-groups-all-tied", grouped, np.zeros((2, 16)), np.zeros(16))
    selected = np.zeros(16)
    selected[[1, 6]] = 4.0  # beats every sigmoid, and leaves the weights alone
    yield case("sigmoid-bias-only-selects", grouped, eighths(random, 9, 16), selected)
    yield case("sigmoid-groups-negative-bias", grouped, eighths(random, 9, 16), np.full(16, -3.0))
    yield case("sigmoid-one-expert", Experts(8, 1, 0, sigmoid=True, scale=2.5), eighths(random, 9, 8))
    yield case("sigmoid-without-groups", Experts(8, 4, 0, sigmoid=True, selection_bias=True), eighths(random, 9, 8), eighths(random, 1, 8, 4)[0])
    yield case("one-token", softmax, eighths(random, 1, 8))
