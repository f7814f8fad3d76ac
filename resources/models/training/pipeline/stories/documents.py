"""The stream of training documents and the held-out ones: seeded, mixed by kind, split by combination."""

from __future__ import annotations

import dataclasses
import random
import zlib
from typing import Iterator

from pipeline.stories.instructions import BOT, MAKERS, USER
from pipeline.stories.tell import tell

@dataclasses.dataclass(frozen=True)
class Document:
    kind: str
    prompt: str  # empty for a plain story
    answer: str
    key: str

    @property
    def text(self) -> str:
        return f"{USER}{self.prompt}{BOT}{self.answer}" if self.prompt else self.answer


def is_held_out(key: str) -> bool:
    """One combination in sixteen appears in no training document; closed knowledge (no key) is never held out."""
    return bool(key) and zlib.crc32(key.encode()) % 16 == 0


def make_document(kind: str, rng: random.Random) -> Document:
    if kind == "story":
        story = tell(rng)
        return Document(kind, "", story.text, story.key)
    return Document(kind, *MAKERS[kind](rng))


def documents(mix: dict[str, float], seed: str, held_out: bool) -> Iterator[Document]:
    """An endless stream. `mix` gives the share of documents per kind."""
    rng = random.Random(seed)
    kinds, shares = list(mix), list(mix.values())
    while True:
        document = make_document(rng.choices(kinds, shares)[0], rng)
        if is_held_out(document.key) == held_out:
            yield document
