"""Reads GGUF files with F32 tensors: as much as the published cases need. Format: ggml, docs/gguf.md."""

import struct

import numpy as np

_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_STRING, _ARRAY, _F32 = 8, 9, 0


class _Cursor:
    def __init__(self, raw):
        self.raw = raw
        self.place = 0

    def numbers(self, layout):
        values = struct.unpack_from(layout, self.raw, self.place)
        self.place += struct.calcsize(layout)
        return values

    def text(self):
        (length,) = self.numbers("<Q")
        raw = self.raw[self.place : self.place + length]
        self.place += length
        return raw.decode(errors="replace")

    def value(self, kind):
        if kind == _STRING:
            return self.text()
        if kind == _ARRAY:
            element, count = self.numbers("<IQ")
            return [self.value(element) for _ in range(count)]
        return self.numbers(_SCALARS[kind])[0]


def read_gguf(path, alignment=32):
    """Metadata, and tensors in double precision with rows first."""
    cursor = _Cursor(path.read_bytes())
    magic, _, tensor_count, entry_count = cursor.numbers("<4sIQQ")
    if magic != b"GGUF":
        raise ValueError(f"{path} is no GGUF file")
    metadata = {}
    for _ in range(entry_count):
        key = cursor.text()
        metadata[key] = cursor.value(*cursor.numbers("<I"))
    places = []
    for _ in range(tensor_count):
        name = cursor.text()
        (count,) = cursor.numbers("<I")
        dimensions = cursor.numbers(f"<{count}Q")
        kind, offset = cursor.numbers("<IQ")
        if kind != _F32:
            raise ValueError(f"{path}: {name} is of type {kind}, not F32")
        places.append((name, dimensions[::-1], offset))
    start = cursor.place + -cursor.place % alignment
    tensors = {
        name: np.frombuffer(cursor.raw, "<f4", int(np.prod(shape)), start + offset).reshape(shape).astype(np.float64)
        for name, shape, offset in places
    }
    return metadata, tensors
