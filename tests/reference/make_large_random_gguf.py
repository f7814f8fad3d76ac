#!/usr/bin/env python3
"""Writes a GGUF file of random weights in the shape of a published model and llama.cpp's Q4_K_M mix, or of a smaller one in F16, to see what
loading and a step of one cost where the weights themselves cannot be had.

    make_large_random_gguf.py OUT.gguf [--shape llada-8b|dream-7b|llada2-mini|llada-117m|dream-126m|dream-5m|tiny|tiny-mixture] [--seed N]

Weights are uniform around 0 with a deviation of 1 / sqrt(inputs), so that activations stay finite. They are made and written a few
megabytes at a time: memory stays below 500 MB. llada-8b takes 4.9 GB, llada2-mini 9.9 GB. Needs NumPy.
"""

import argparse
from dataclasses import dataclass

import numpy as np

from experts import Experts
from families import byte_alphabet
from gguf_layout import add_experts
from gguf_writer import F16, F32, GgufWriter, add_shape

Q4_K, Q6_K = 12, 14
WEIGHTS_PER_BLOCK = 256
CHUNK_BLOCKS = 1 << 15
NORMAL, CONTROL = 1, 3


@dataclass(frozen=True)
class LargeShape:
    architecture: str
    layers: int
    width: int
    heads: int
    kv_heads: int
    feed_forward: int
    vocabulary: int
    context: int
    theta: float
    epsilon: float
    qkv_bias: bool
    bos: int
    eos: int
    mask: int
    head_dim: int = 0  # when not width / heads
    rotary_dims: int = 0  # when a part of the head's
    experts: Experts | None = None  # and then q, k and v are one tensor, as LLaDA2's files have them
    is_mixed: bool = True  # Q4_K_M; else F16

    def head_width(self):
        return self.head_dim or self.width // self.heads

    def few_bits(self):
        return Q4_K if self.is_mixed else F16

    def many_bits(self):
        return Q6_K if self.is_mixed else F16


LLADA2_MINI = Experts(256, 8, 512, sigmoid=True, scale=2.5, selection_bias=True, groups=8, groups_used=4, shared=1, dense_layers=1)
TINY_MIXTURE = Experts(8, 2, 256, sigmoid=True, scale=2.5, selection_bias=True, groups=4, groups_used=2, shared=1, dense_layers=1)

SHAPES = {
    "llada-8b": LargeShape("llada", 32, 4096, 32, 32, 12288, 126464, 4096, 5e5, 1e-5, False, 126080, 126081, 126336),
    "dream-7b": LargeShape("dream", 28, 3584, 28, 4, 18944, 152064, 131072, 1e6, 1e-6, True, 151665, 151643, 151666),
    "llada-117m": LargeShape("llada", 12, 768, 6, 6, 2304, 32768, 1024, 5e5, 1e-5, False, 32765, 32766, 32767, is_mixed=False),
    "dream-126m": LargeShape("dream", 12, 768, 6, 2, 2048, 32768, 1024, 1e6, 1e-6, True, 32765, 32766, 32767, is_mixed=False),
    "dream-5m": LargeShape("dream", 4, 256, 8, 2, 768, 4096, 1024, 1e6, 1e-6, True, 4093, 4094, 4095, is_mixed=False),
    "llada2-mini": LargeShape(
        "llada2", 20, 2048, 16, 4, 5120, 157184, 32768, 6e5, 1e-6, False, 156891, 156892, 156895, 128, 64, LLADA2_MINI
    ),
    "tiny": LargeShape("llada", 9, 256, 4, 4, 512, 320, 128, 5e5, 1e-5, False, 300, 301, 302),
    "tiny-mixture": LargeShape(
        "llada2", 3, 256, 4, 2, 512, 320, 128, 6e5, 1e-6, False, 300, 301, 302, 64, 32, TINY_MIXTURE
    ),
}


def q4_k_blocks(random, count, deviation):
    """f16 d, f16 dmin, 12 bytes of eight 6-bit scales and minima, 128 bytes of nibbles; w = d * scale * q - dmin * minimum. With minimum =
    scale and dmin = 7.5 d, w = d * scale * (q - 7.5), and q is uniform over 0..15."""
    scales = random.integers(16, 64, (count, 8), np.uint8)
    packed = np.empty((count, 12), np.uint8)
    packed[:, 0:4] = packed[:, 4:8] = scales[:, :4] | (scales[:, 4:] >> 4 << 6)
    packed[:, 8:12] = (scales[:, 4:] & 15) | (scales[:, 4:] << 4)
    scale_size = np.sqrt(np.mean(np.arange(16, 64) ** 2.0))
    d = deviation / (np.sqrt((16**2 - 1) / 12) * scale_size)
    blocks = np.empty((count, 144), np.uint8)
    blocks[:, 0:4] = np.array([d, 7.5 * d], "<f2").view(np.uint8)
    blocks[:, 4:16] = packed
    blocks[:, 16:] = random.integers(0, 256, (count, 128), np.uint8)
    return blocks


def q6_k_blocks(random, count, deviation):
    """128 bytes of low nibbles, 64 bytes of high bit pairs, 16 int8 scales, f16 d; w = d * scale * (q - 32), q uniform over 0..63."""
    blocks = np.empty((count, 210), np.uint8)
    blocks[:, :192] = random.integers(0, 256, (count, 192), np.uint8)
    scales = random.integers(32, 128, (count, 16), np.int8) * random.choice(np.array([-1, 1], np.int8), (count, 16))
    blocks[:, 192:208] = scales.view(np.uint8)
    scale_size = np.sqrt(np.mean(np.arange(32, 128) ** 2.0))
    d = deviation / (np.sqrt((64**2 - 1) / 12) * scale_size)
    blocks[:, 208:] = np.array([d], "<f2").view(np.uint8)
    return blocks


def f16_blocks(random, count, deviation):
    """256 halves, uniform around 0."""
    return random.uniform(-1, 1, (count, WEIGHTS_PER_BLOCK)).astype("<f2") * np.float16(deviation * np.sqrt(3))


BLOCKS = {Q4_K: (144, q4_k_blocks), Q6_K: (210, q6_k_blocks), F16: (512, f16_blocks)}


def has_more_bits(layer, layers):
    """Layers whose attn_v and ffn_down are Q6_K."""
    return layer < layers // 8 or layer >= 7 * layers // 8 or (layer - layers // 8) % 3 == 2


class RandomTensors:
    def __init__(self, writer, seed):
        self._writer = writer
        self._seed = seed
        self._tensors = 0

    def matrix(self, name, outputs, inputs, tensor_type, experts=0):
        """With `experts` a stack of as many."""
        block_bytes, make = BLOCKS[tensor_type]
        count = max(experts, 1) * outputs * inputs // WEIGHTS_PER_BLOCK
        self._tensors += 1
        random_seed = [self._seed, self._tensors]

        def chunks():
            random = np.random.default_rng(random_seed)
            for first in range(0, count, CHUNK_BLOCKS):
                yield make(random, min(CHUNK_BLOCKS, count - first), 1 / np.sqrt(inputs)).tobytes()

        shape = (experts, outputs, inputs) if experts else (outputs, inputs)
        self._writer.add_tensor(name, shape, tensor_type, count * block_bytes, chunks)

    def router(self, name, experts, inputs):
        """In F32. Scores with a deviation of 1 from inputs of 1: no expert is a favourite."""
        self._tensors += 1
        random = np.random.default_rng([self._seed, self._tensors])
        self._writer.add_array(name, random.normal(0, 1 / np.sqrt(inputs), (experts, inputs)), F32)

    def vector(self, name, length, value):
        self._writer.add_array(name, np.full(length, value), F32)


def add_metadata(writer, shape):
    prefix = shape.architecture + "."
    add_shape(writer, shape.architecture, f"random {shape.architecture} of {shape.layers} layers", shape, shape.vocabulary)
    writer.add(prefix + "rope.freq_base", "f32", shape.theta)
    writer.add(prefix + "attention.layer_norm_rms_epsilon", "f32", shape.epsilon)
    if shape.head_dim:
        writer.add(prefix + "attention.key_length", "u32", shape.head_dim)
        writer.add(prefix + "attention.value_length", "u32", shape.head_dim)
    if shape.rotary_dims:
        writer.add(prefix + "rope.dimension_count", "u32", shape.rotary_dims)
    if shape.experts:
        add_experts(writer, prefix, shape.experts)


def add_tokenizer(writer, shape):
    """The bytes, and names for the rest, so that every id can be emitted as in the published model."""
    alphabet = byte_alphabet()
    tokens = [alphabet[byte] for byte in range(256)] + [f"<{token}>" for token in range(256, shape.vocabulary)]
    tokens[256] = "th"  # the one merge
    kinds = [NORMAL] * shape.vocabulary
    for special, written in ((shape.bos, "<|begin|>"), (shape.eos, "<|end|>"), (shape.mask, "<|mask|>")):
        tokens[special], kinds[special] = written, CONTROL
    writer.add("tokenizer.ggml.model", "text", "gpt2")
    writer.add("tokenizer.ggml.pre", "text", "qwen2")
    writer.add("tokenizer.ggml.tokens", "text[]", tokens)
    writer.add("tokenizer.ggml.token_type", "i32[]", kinds)
    writer.add("tokenizer.ggml.merges", "text[]", ["t h"])
    writer.add("tokenizer.ggml.bos_token_id", "u32", shape.bos)
    writer.add("tokenizer.ggml.eos_token_id", "u32", shape.eos)
    writer.add("tokenizer.ggml.mask_token_id", "u32", shape.mask)


def add_attention(tensors, block, shape, better):
    query_width, key_width = shape.heads * shape.head_width(), shape.kv_heads * shape.head_width()
    tensors.vector(block + "attn_norm.weight", shape.width, 1.0)
    if shape.experts:
        tensors.matrix(block + "attn_qkv.weight", query_width + 2 * key_width, shape.width, shape.few_bits())
        tensors.vector(block + "attn_q_norm.weight", shape.head_width(), 1.0)
        tensors.vector(block + "attn_k_norm.weight", shape.head_width(), 1.0)
    else:
        tensors.matrix(block + "attn_q.weight", query_width, shape.width, shape.few_bits())
        tensors.matrix(block + "attn_k.weight", key_width, shape.width, shape.few_bits())
        tensors.matrix(block + "attn_v.weight", key_width, shape.width, better)
    tensors.matrix(block + "attn_output.weight", shape.width, query_width, shape.few_bits())
    if shape.qkv_bias:
        for part, width in (("q", query_width), ("k", key_width), ("v", key_width)):
            tensors.vector(f"{block}attn_{part}.bias", width, 0.1)


def add_feed_forward(tensors, block, shape, width, better, ending="", experts=0):
    tensors.matrix(f"{block}ffn_gate{ending}.weight", width, shape.width, shape.few_bits(), experts)
    tensors.matrix(f"{block}ffn_up{ending}.weight", width, shape.width, shape.few_bits(), experts)
    tensors.matrix(f"{block}ffn_down{ending}.weight", shape.width, width, better, experts)


def add_mixture(tensors, block, shape, better):
    experts = shape.experts
    tensors.router(block + "ffn_gate_inp.weight", experts.count, shape.width)
    tensors.vector(block + "exp_probs_b.bias", experts.count, 0.0)
    add_feed_forward(tensors, block, shape, experts.width, better, "_exps", experts.count)
    add_feed_forward(tensors, block, shape, experts.shared * experts.width, better, "_shexp")


def add_tensors(writer, shape, seed):
    tensors = RandomTensors(writer, seed)
    tensors.matrix("token_embd.weight", shape.vocabulary, shape.width, shape.few_bits())
    tensors.vector("output_norm.weight", shape.width, 1.0)
    tensors.matrix("output.weight", shape.vocabulary, shape.width, shape.many_bits())
    for layer in range(shape.layers):
        block = f"blk.{layer}."
        better = shape.many_bits() if has_more_bits(layer, shape.layers) else shape.few_bits()
        add_attention(tensors, block, shape, better)
        tensors.vector(block + "ffn_norm.weight", shape.width, 1.0)
        if shape.experts and layer >= shape.experts.dense_layers:
            add_mixture(tensors, block, shape, better)
        else:
            add_feed_forward(tensors, block, shape, shape.feed_forward, better)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--shape", choices=SHAPES, default="llada-8b")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    writer = GgufWriter()
    add_metadata(writer, SHAPES[arguments.shape])
    add_tokenizer(writer, SHAPES[arguments.shape])
    add_tensors(writer, SHAPES[arguments.shape], arguments.seed)
    writer.write(arguments.out)


if __name__ == "__main__":
    main()
