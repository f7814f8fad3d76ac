"""Byte-level BPE with GPT-2's splitting: training, encoding, decoding, Hugging Face's tokenizer.json."""

from __future__ import annotations

import heapq
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Iterable

SPECIAL_TOKENS = ["<|mask|>", "<|pad|>", "<|eot|>", "<|user|>", "<|bot|>"]
END_ID, USER_ID, BOT_ID = 2, 3, 4

# GPT-2's pattern for ASCII text: [A-Za-z] stands for letters and [0-9] for numbers.
SPLIT = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")
SPECIAL = re.compile(r"(<\|[a-z]+\|>)")

Pair = tuple[str, str]


def byte_alphabet() -> list[str]:
    """GPT-2's printable stand-in of every byte: itself where it is printable, else the next character from U+0100 on."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    alphabet, shifted = [], 0
    for byte in range(256):
        alphabet.append(chr(byte) if byte in printable else chr(256 + shifted))
        shifted += byte not in printable
    return alphabet


ALPHABET = byte_alphabet()
BYTE_OF = {character: byte for byte, character in enumerate(ALPHABET)}


def to_symbols(word: str) -> list[str]:
    return [ALPHABET[byte] for byte in word.encode()]


def merge_pair(symbols: list[str], pair: Pair) -> list[str]:
    merged, index = [], 0
    while index < len(symbols):
        if tuple(symbols[index : index + 2]) == pair:
            merged.append(pair[0] + pair[1])
            index += 2
        else:
            merged.append(symbols[index])
            index += 1
    return merged


class PairCounts:
    """Counts of adjacent pairs over distinct words, kept up to date while pairs are merged."""

    def __init__(self, words: Counter[str]) -> None:
        self.words = [to_symbols(word) for word in words]
        self.frequencies = list(words.values())
        self.counts: Counter[Pair] = Counter()
        self.words_with: defaultdict[Pair, set[int]] = defaultdict(set)
        for index in range(len(self.words)):
            self.add(index, +1)
        self.heap = [(-count, pair) for pair, count in self.counts.items()]
        heapq.heapify(self.heap)

    def add(self, index: int, sign: int) -> set[Pair]:
        pairs = list(zip(self.words[index], self.words[index][1:]))
        for pair in pairs:
            self.counts[pair] += sign * self.frequencies[index]
            self.words_with[pair].add(index)
        return set(pairs)

    def pop_most_frequent(self) -> Pair | None:
        """Entries of the heap may be stale; a stale one is dropped, because every change pushed a fresh one."""
        while self.heap:
            negated, pair = heapq.heappop(self.heap)
            if -negated == self.counts[pair] and negated < 0:
                return pair
        return None

    def merge(self, pair: Pair) -> None:
        changed: set[Pair] = set()
        for index in self.words_with.pop(pair):
            changed |= self.add(index, -1)
            self.words[index] = merge_pair(self.words[index], pair)
            changed |= self.add(index, +1)
        for other in changed:
            heapq.heappush(self.heap, (-self.counts[other], other))


def train_merges(texts: Iterable[str], vocabulary: int) -> list[Pair]:
    words: Counter[str] = Counter()
    for text in texts:
        for part in SPECIAL.split(text):
            if part not in SPECIAL_TOKENS:
                words.update(SPLIT.findall(part))
    pairs = PairCounts(words)
    merges: list[Pair] = []
    while len(merges) < vocabulary - len(SPECIAL_TOKENS) - len(ALPHABET):
        pair = pairs.pop_most_frequent()
        if pair is None:
            break
        merges.append(pair)
        pairs.merge(pair)
    return merges


class Tokenizer:
    def __init__(self, merges: list[Pair]) -> None:
        self.merges = merges
        self.rank = {pair: rank for rank, pair in enumerate(merges)}
        self.tokens = SPECIAL_TOKENS + ALPHABET + [first + second for first, second in merges]
        self.ids = {token: id_ for id_, token in enumerate(self.tokens)}
        self.cache: dict[str, list[int]] = {}

    def encode_word(self, word: str) -> list[int]:
        if word not in self.cache:
            symbols = to_symbols(word)
            while len(symbols) > 1:
                best = min(zip(symbols, symbols[1:]), key=lambda pair: self.rank.get(pair, len(self.rank)))
                if best not in self.rank:
                    break
                symbols = merge_pair(symbols, best)
            self.cache[word] = [self.ids[symbol] for symbol in symbols]
        return self.cache[word]

    def encode(self, text: str) -> list[int]:
        ids: list[int] = []
        for part in SPECIAL.split(text):
            if part in SPECIAL_TOKENS:
                ids.append(self.ids[part])
            else:
                for word in SPLIT.findall(part):
                    ids += self.encode_word(word)
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        pieces = []
        for id_ in ids:
            token = self.tokens[id_] if id_ < len(self.tokens) else ""
            special = id_ < len(SPECIAL_TOKENS)
            pieces.append(token.encode() if special else bytes(BYTE_OF[character] for character in token))
        return b"".join(pieces).decode("utf-8", "replace")

    def to_json(self) -> dict[str, Any]:
        return hugging_face_json(self.ids, [f"{first} {second}" for first, second in self.merges], SPECIAL_TOKENS)


def hugging_face_json(vocabulary: dict[str, int], merges: list[str], special_tokens: list[str]) -> dict[str, Any]:
    """A byte-level BPE tokenizer in Hugging Face's tokenizer.json format."""
    flags = dict(single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
    byte_level = dict(type="ByteLevel", add_prefix_space=False, trim_offsets=True, use_regex=True)
    model = dict(type="BPE", dropout=None, unk_token=None, continuing_subword_prefix=None, end_of_word_suffix=None)
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [dict(id=id_, content=text) | flags for id_, text in enumerate(special_tokens)],
        "normalizer": None,
        "pre_tokenizer": byte_level,
        "post_processor": None,
        "decoder": byte_level,
        "model": model | dict(fuse_unk=False, byte_fallback=False, vocab=vocabulary, merges=merges),
    }


def load_tokenizer(path: Path) -> Tokenizer:
    stored = json.loads(path.read_text())
    return Tokenizer([tuple(merge.split(" ")) for merge in stored["model"]["merges"]])
