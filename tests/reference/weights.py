"""The one checkpoint that a family has here: random weights for every part that its shape has, far enough from what would hide it."""

import zlib

import numpy as np

import forward
from families import canvas, mask_id, vocabulary

EMBEDDING_SCALE = 0.05  # so small that the epsilon of the first norm counts
ROUTER_SCALE = 2.0
KEPT_OUT = -2.0  # a selection bias that no sigmoid makes up for
SPREAD = 3.0  # standard deviation of the logits: some slots are sure, others are not
OFTEN = 2.3  # by what the rows of the head are longer whose tokens have a meaning
OFTEN_MASKED = 1.7  # and the mask's, which an engine must forbid
FAINT = 0.2  # standard deviations of the logits: a row that says no more than this at every masked slot would not come out if it were longer


def random_weights(family):
    """Scaled so that activations of the blocks stay near 1; norms away from 1 and biases away from 0, so that a part left out is seen. The
    numbers follow from the family's name and shape."""
    shape = family.shape
    random = np.random.default_rng(zlib.crc32(family.name.encode()))
    weights = {}

    def matrix(name, outputs, inputs, scale=1.0):
        weights[name + ".weight"] = random.standard_normal((outputs, inputs)) * scale / np.sqrt(inputs)

    def stack(name, outputs, inputs):
        weights[name + ".weight"] = random.standard_normal((shape.experts.count, outputs, inputs)) / np.sqrt(inputs)

    def bias(name, outputs):
        weights[name + ".bias"] = 0.3 * random.standard_normal(outputs)

    def norm(name, width):
        weights[name + ".weight"] = 1.0 + 0.2 * random.standard_normal(width)
        if shape.layer_norm:
            bias(name, width)

    def feed_forward(prefix, inner, make=matrix):
        make(prefix + "up", inner, shape.width)
        if shape.gated:
            make(prefix + "gate", inner, shape.width)
        make(prefix + "down", shape.width, inner)

    def experts_of(block):
        experts = shape.experts
        matrix(block + "router", experts.count, shape.width, ROUTER_SCALE)
        weights[block + "router.weight"][list(family.equal_scores)] = 0.0
        if experts.selection_bias:
            selection = 0.2 * random.standard_normal(experts.count)
            selection[list(family.equal_scores)] = 0.0
            selection[list(family.unwanted)] = KEPT_OUT
            weights[block + "router.bias"] = selection
        feed_forward(block + "experts_", experts.width, stack)
        if experts.shared:
            feed_forward(block + "shared_", experts.shared * experts.width)

    query_width, key_width = shape.heads * shape.head_dim, shape.kv_heads * shape.head_dim
    matrix("embedding", shape.vocabulary, shape.width, EMBEDDING_SCALE * np.sqrt(shape.width))
    if shape.learned_positions:
        matrix("positions", shape.context, shape.width, 0.5 * EMBEDDING_SCALE * np.sqrt(shape.width))
    for layer in range(shape.layers):
        block = f"{layer}."
        norm(block + "attention_norm", shape.width)
        for part, outputs in (("q", query_width), ("k", key_width), ("v", key_width)):
            matrix(block + part, outputs, shape.width, 1.5)
            if shape.qkv_bias:
                bias(block + part, outputs)
        if shape.qk_norm:
            for part in ("q_norm", "k_norm"):
                weights[block + part + ".weight"] = 1.0 + 0.2 * random.standard_normal(shape.head_dim)
        matrix(block + "o", shape.width, query_width)
        norm(block + "feed_forward_norm", shape.width)
        if shape.is_sparse(layer):
            experts_of(block)
        else:
            feed_forward(block, shape.feed_forward)
        if shape.other_bias:
            for part, outputs in (("o", shape.width), ("up", shape.feed_forward), ("down", shape.width)):
                bias(block + part, outputs)
    norm("output_norm", shape.width)
    if not shape.tied:
        matrix("head", shape.predicted, shape.width, family.head_scale)
    return weights


def sharpen(family, weights):
    """Lets the logits spread as those of a trained model do, which moves every one by the same factor, and the tokens with a meaning come out
    so often that decodes meet them: their rows are longer, and point to where the masked slots are."""
    tokens, mask = canvas(family), mask_id(family)
    head = weights["embedding.weight" if family.shape.tied else "head.weight"]
    written, _ = vocabulary(family)
    at_masks = forward.aligned(forward.logits(weights, family.shape, tokens), family.shape)[tokens == mask]
    masked = at_masks.mean(axis=0)
    for token in [written.index(name) for name in family.specials if abs(at_masks[:, written.index(name)]).max() < FAINT * at_masks.std()]:
        # An id without text can spare a row that does speak.
        others = np.arange(len(written), len(head))
        other = others[abs(abs(masked[others]) - at_masks.std()).argmin()]
        head[[token, other]], masked[[token, other]] = head[[other, token]], masked[[other, token]]
    for token, factor in [(written.index(name), OFTEN) for name in family.specials] + [(mask, OFTEN_MASKED)]:
        if token < len(head):
            head[token] *= factor if token == mask else np.copysign(factor, masked[token])
    spread = np.std(forward.logits(weights, family.shape, tokens))
    for name in ("output_norm.weight", "output_norm.bias"):
        if name in weights:
            weights[name] *= SPREAD / spread


def checkpoint_weights(family):
    weights = random_weights(family)
    if family.has_policies():
        sharpen(family, weights)
    return weights
