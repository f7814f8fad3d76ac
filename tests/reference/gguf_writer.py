"""Writes GGUF files (version 3, little-endian). The reader that it tests is the engine's own, so nothing here comes from there.

Format: ggml, docs/gguf.md. A tensor's dimensions are written with the row length first.
"""

import struct

import numpy as np

ALIGNMENT = 32
_VALUE_TYPES = {"u32": (4, "<I"), "i32": (5, "<i"), "f32": (6, "<f"), "bool": (7, "<?")}
_STRING, _ARRAY = 8, 9
F32, F16, BF16 = 0, 1, 30


def bfloat_bits(values):
    """The upper halves of the F32 bits, rounded to nearest even."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def rounded(values, tensor_type):
    """What a reader gets back, in double precision."""
    if tensor_type == F16:
        return values.astype(np.float16).astype(np.float64)
    if tensor_type == BF16:
        return (bfloat_bits(values).astype(np.uint32) << 16).view(np.float32).astype(np.float64)
    return values.astype(np.float32).astype(np.float64)


def stored(values, tensor_type):
    if tensor_type == F16:
        return values.astype("<f2").tobytes()
    if tensor_type == BF16:
        return bfloat_bits(values).tobytes()
    return values.astype("<f4").tobytes()


def _text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def _padding(position):
    return b"\0" * (-position % ALIGNMENT)


class GgufWriter:
    """Collects entries and the shapes of tensors; write() asks for the bytes of one tensor at a time, so that a file may be larger than
    the memory."""

    def __init__(self):
        self._entries = []
        self._tensors = []  # (name, shape, type, bytes, function that gives them)

    def add(self, key, kind, value):
        """`kind`: u32, i32, f32, bool or text; with [] behind it a list."""
        body = b""
        if kind.endswith("[]"):
            element = kind[:-2]
            tag = _STRING if element == "text" else _VALUE_TYPES[element][0]
            parts = [_text(v) if element == "text" else struct.pack(_VALUE_TYPES[element][1], v) for v in value]
            body = struct.pack("<IIQ", _ARRAY, tag, len(value)) + b"".join(parts)
        elif kind == "text":
            body = struct.pack("<I", _STRING) + _text(value)
        else:
            tag, layout = _VALUE_TYPES[kind]
            body = struct.pack("<I", tag) + struct.pack(layout, value)
        self._entries.append(_text(key) + body)

    def add_tensor(self, name, shape, tensor_type, byte_count, chunks):
        """`shape` as NumPy has it, rows first. `chunks()` yields the bytes, `byte_count` in all."""
        self._tensors.append((name, shape, tensor_type, byte_count, chunks))

    def add_array(self, name, values, tensor_type):
        raw = stored(values, tensor_type)
        self.add_tensor(name, values.shape, tensor_type, len(raw), lambda: [raw])

    def write(self, path):
        head = b"GGUF" + struct.pack("<IQQ", 3, len(self._tensors), len(self._entries)) + b"".join(self._entries)
        offset = 0
        for name, shape, tensor_type, byte_count, _ in self._tensors:
            head += _text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *reversed(shape))
            head += struct.pack("<IQ", tensor_type, offset)
            offset += byte_count + len(_padding(byte_count))
        with open(path, "wb") as file:
            file.write(head + _padding(len(head)))
            for name, _, _, byte_count, chunks in self._tensors:
                written = 0
                for chunk in chunks():
                    written += file.write(chunk)
                if written != byte_count:
                    raise ValueError(f"{name}: {written} bytes came where {byte_count} were announced")
                file.write(_padding(byte_count))


def add_shape(writer, architecture, name, shape, vocabulary):
    """The keys that every decoder-like architecture has; `shape` is anything with these attributes."""
    writer.add("general.architecture", "text", architecture)
    writer.add("general.name", "text", name)
    for key, value in (
        ("block_count", shape.layers),
        ("context_length", shape.context),
        ("embedding_length", shape.width),
        ("feed_forward_length", shape.feed_forward),
        ("attention.head_count", shape.heads),
        ("attention.head_count_kv", shape.kv_heads),
        ("vocab_size", vocabulary),
    ):
        writer.add(f"{architecture}.{key}", "u32", value)
