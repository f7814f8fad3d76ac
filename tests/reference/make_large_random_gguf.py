#!/usr/bin/env python3
"""Writes a GGUF file of random weights in the shape of a published model and llama.cpp's Q4_K_M mix, or of a smaller one in F16, to see what
loading and a step of one cost where the weights themselves cannot be had.

    make_large_random_gguf.py OUT.gguf [--shape llada-8b|dream-7b|llada-117m|tiny] [--seed N]

Weights are uniform around 0 with a deviation of 1 / sqrt(inputs), so that activations stay finite. They are made and written a few
megabytes at a time: memory stays below 500 MB. llada-8b takes 4.9 GB. Needs NumPy.
"""

import argparse
from dataclasses import dataclass

import numpy as np

from families import byte_alphabet
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
    is_mixed: bool = True  # Q4_K_M; else F16


SHAPES = {
    "llada-8b": LargeShape("llada", 32, 4096, 32, 32, 12288, 126464, 4096, 5e5, 1e-5, False, 126080, 126081, 126336),
    "dream-7b": LargeShape("dream", 28, 3584, 28, 4, 18944, 152064, 131072, 1e6, 1e-6, True, 151665, 151643, 151666),
    "llada-117m": LargeShape("llada", 12, 768, 6, 6, 2304, 32768, 1024, 5e5, 1e-5, False, 32765, 32766, 32767, is_mixed=False),
    "tiny": LargeShape("llada", 9, 256, 4, 4, 512, 320, 128, 5e5, 1e-5, False, 300, 301, 302),
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

    def matrix(self, name, outputs, inputs, tensor_type):
        block_bytes, make = BLOCKS[tensor_type]
        count = outputs * inputs // WEIGHTS_PER_BLOCK
        self._tensors += 1
        random_seed = [self._seed, self._tensors]

        def chunks():
            random = np.random.default_rng(random_seed)
            for first in range(0, count, CHUNK_BLOCKS):
                yield make(random, min(CHUNK_BLOCKS, count - first), 1 / np.sqrt(inputs)).tobytes()

        self._writer.add_tensor(name, (outputs, inputs), tensor_type, count * block_bytes, chunks)

    def vector(self, name, length, value):
        self._writer.add_array(name, np.full(length, value), F32)


def add_metadata(writer, shape):
    prefix = shape.architecture + "."
    add_shape(writer, shape.architecture, f"random {shape.architecture} of {shape.layers} layers", shape, shape.vocabulary)
    writer.add(prefix + "rope.freq_base", "f32", shape.theta)
    writer.add(prefix + "attention.layer_norm_rms_epsilon", "f32", shape.epsilon)


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


def add_tensors(writer, shape, seed):
    tensors = RandomTensors(writer, seed)
    key_width = shape.width // shape.heads * shape.kv_heads
    few, many = (Q4_K, Q6_K) if shape.is_mixed else (F16, F16)
    tensors.matrix("token_embd.weight", shape.vocabulary, shape.width, few)
    tensors.vector("output_norm.weight", shape.width, 1.0)
    tensors.matrix("output.weight", shape.vocabulary, shape.width, many)
    for layer in range(shape.layers):
        block = f"blk.{layer}."
        better = many if has_more_bits(layer, shape.layers) else few
        tensors.vector(block + "attn_norm.weight", shape.width, 1.0)
        tensors.matrix(block + "attn_q.weight", shape.width, shape.width, few)
        tensors.matrix(block + "attn_k.weight", key_width, shape.width, few)
        tensors.matrix(block + "attn_v.weight", key_width, shape.width, better)
        tensors.matrix(block + "attn_output.weight", shape.width, shape.width, few)
        if shape.qkv_bias:
            for part, width in (("q", shape.width), ("k", key_width), ("v", key_width)):
                tensors.vector(f"{block}attn_{part}.bias", width, 0.1)
        tensors.vector(block + "ffn_norm.weight", shape.width, 1.0)
        tensors.matrix(block + "ffn_gate.weight", shape.feed_forward, shape.width, few)
        tensors.matrix(block + "ffn_up.weight", shape.feed_forward, shape.width, few)
        tensors.matrix(block + "ffn_down.weight", shape.width, shape.feed_forward, better)


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
