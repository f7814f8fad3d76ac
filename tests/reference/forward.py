"""The forward pass of every family in double precision: straight lines of NumPy, one function per formula, no code shared with the engine.
Weights are in the checkpoints' orientation ([outputs, inputs], half-split rotary pairs) under the names of `Shape`'s parts.

A pass computes some rows of a text, `rows`: all of them, or those whose keys and values are not kept in a store (`caches.py`) yet. Row i
stands at rotary position i; whom it sees is one row of `sees` [rows, positions].
"""

from dataclasses import dataclass

import numpy as np

import visibility
from experts import Experts, mixture, silu, softmax


@dataclass(frozen=True)
class Shape:
    """What one family's transformer is made of. A part that is off is absent from the weights."""

    layers: int = 2
    width: int = 48
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 12
    feed_forward: int = 80
    vocabulary: int = 288  # rows of the embedding
    predicted: int = 288  # rows of the head
    context: int = 40
    rotary_dims: int = 12  # 0: no rotary positions
    theta: float = 10000.0
    epsilon: float = 1e-5
    layer_norm: bool = False  # with mean and bias; else RMS
    gated: bool = True  # SwiGLU; else one GELU layer
    qkv_bias: bool = False
    other_bias: bool = False  # attention output and feed-forward
    qk_norm: bool = False
    learned_positions: bool = False
    tied: bool = False
    shift: bool = False  # row i - 1 predicts position i
    experts: Experts | None = None
    sees: str = visibility.FULL  # how the family was trained; block-causal with `block`
    block: int = 0

    def is_sparse(self, layer):
        return self.experts is not None and layer >= self.experts.dense_layers


def rms_norm(x, weight, epsilon):
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + epsilon) * weight


def layer_norm(x, weight, bias, epsilon):
    centred = x - np.mean(x, axis=-1, keepdims=True)
    return centred / np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + epsilon) * weight + bias


def gelu_new(x):
    """GPT-2's approximation by a hyperbolic tangent."""
    return 0.5 * x * (1.0 + np.tanh(np.sqrt(2.0 / np.pi) * (x + 0.044715 * x**3)))


def rotate(x, positions, theta, dims):
    """x [heads, rows, head_dim]: dimension j of the first `dims` turns with j + dims / 2."""
    half = dims // 2
    angles = np.outer(positions, theta ** (-2.0 * np.arange(half) / dims))
    first, second, rest = x[..., :half], x[..., half:dims], x[..., dims:]
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([first * cos - second * sin, second * cos + first * sin, rest], axis=-1)


def linear(x, weights, name):
    product = x @ weights[name + ".weight"].T
    return product + weights[name + ".bias"] if name + ".bias" in weights else product


def norm(x, weights, name, shape):
    if shape.layer_norm:
        return layer_norm(x, weights[name + ".weight"], weights[name + ".bias"], shape.epsilon)
    return rms_norm(x, weights[name + ".weight"], shape.epsilon)


def split_heads(x, heads):
    return x.reshape(len(x), heads, -1).transpose(1, 0, 2)


def attention(x, weights, layer, shape, rows, places, sees, store, looked):
    block = f"{layer}."
    queries = split_heads(linear(x, weights, block + "q"), shape.heads)
    keys = split_heads(linear(x, weights, block + "k"), shape.kv_heads)
    values = split_heads(linear(x, weights, block + "v"), shape.kv_heads)
    if shape.qk_norm:
        queries = rms_norm(queries, weights[block + "q_norm.weight"], shape.epsilon)
        keys = rms_norm(keys, weights[block + "k_norm.weight"], shape.epsilon)
    if shape.rotary_dims:
        queries = rotate(queries, places, shape.theta, shape.rotary_dims)
        keys = rotate(keys, places, shape.theta, shape.rotary_dims)
    if store is not None:
        keys, values = store.with_rows(layer, rows, keys, values)
    seen = sees.any(axis=0)  # the others may never have been computed
    shared_by = shape.heads // shape.kv_heads
    keys = np.repeat(keys[:, seen], shared_by, axis=0)
    values = np.repeat(values[:, seen], shared_by, axis=0)
    scores = queries @ keys.transpose(0, 2, 1) / np.sqrt(shape.head_dim)
    shares = softmax(np.where(sees[:, seen], scores, -np.inf))
    looked.append(np.zeros((shape.heads, len(x), sees.shape[1])))
    looked[-1][:, :, seen] = shares
    heads = shares @ values
    return linear(heads.transpose(1, 0, 2).reshape(len(x), -1), weights, block + "o")


def feed_forward(x, weights, block, shape):
    up = linear(x, weights, block + "up")
    inner = silu(linear(x, weights, block + "gate")) * up if shape.gated else gelu_new(up)
    return linear(inner, weights, block + "down")


def row_logits(weights, shape, tokens, rows, sees, store=None, routings=None, positions=None, looked=None):
    """[rows, predicted ids]: what stands in `rows` of the text `tokens`, before any shift. Every layer's routing is appended to `routings`,
    and to `looked` [heads, rows, tokens]: what each row gives every token, 0 where it does not see it.
    `positions` [tokens]: where each token stands; else one behind the other."""
    places = rows if positions is None else positions[rows]
    x = weights["embedding.weight"][tokens[rows]]
    if shape.learned_positions:
        x = x + weights["positions.weight"][places]
    routings = [] if routings is None else routings
    looked = [] if looked is None else looked
    for layer in range(shape.layers):
        block = f"{layer}."
        x = x + attention(norm(x, weights, block + "attention_norm", shape), weights, layer, shape, rows, places, sees, store, looked)
        normed = norm(x, weights, block + "feed_forward_norm", shape)
        sparse = shape.is_sparse(layer)
        x = x + (mixture(normed, weights, layer, shape.experts, routings) if sparse else feed_forward(normed, weights, block, shape))
    head = weights["embedding.weight" if shape.tied else "head.weight"]
    return norm(x, weights, "output_norm", shape) @ head.T


def logits(weights, shape, tokens, sees=None, routings=None, looked=None):
    """[positions, predicted ids], one row per position of the text, before any shift. `sees` [positions, positions]: else the family's."""
    rows = np.arange(len(tokens))
    sees = visibility.of_family(shape, len(tokens)) if sees is None else sees
    return row_logits(weights, shape, tokens, rows, sees, None, routings, looked=looked)


def aligned(raw, shape):
    """Row i predicts position i. With a shift nothing stands before position 0, which keeps its own row."""
    return np.concatenate([raw[:1], raw[:-1]]) if shape.shift else raw


def attention_of(shape, slot, looked):
    """[layers * heads, tokens]: where the row that predicts a slot looks, by what `looked` has of a pass."""
    row = slot - 1 if shape.shift and slot > 0 else slot
    return np.concatenate([layer[:, row] for layer in looked])


def confirmation(weights, shape, tokens, mask, begin, end, routings=None):
    """[end - begin, predicted ids]: what is predicted for each slot of the block by rows that do not see it. Feng-Hong/WINO-DLLM
    `LLaDA/decoding.py`: the block stands a second time behind the text, all masked, at the same positions. The text does not see it; a masked
    row sees all masked ones and the text without the slot that it repeats, and predicts that slot.

    With a shift the row before a slot predicts it, so that row stands behind them once more, with its own token and position. It sees what
    the slot's masked row sees, and nobody sees it. Slot 0, which no row stands before, is predicted by its masked row."""
    block = np.arange(begin, end)
    readers = block[block > 0] - 1 if shape.shift else block[:0]
    text, shadow = len(tokens), len(tokens) + len(block)
    positions = np.concatenate([np.arange(text), block, readers])
    held = np.concatenate([tokens, np.full(len(block), mask), np.asarray(tokens)[readers]])
    sees = visibility.with_shadow(text, block, readers + 1)
    rows = row_logits(weights, shape, held, np.arange(len(held)), sees, routings=routings, positions=positions)
    return np.concatenate([rows[text : shadow - len(readers)], rows[shadow:]])
