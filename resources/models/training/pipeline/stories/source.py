"""Training batches of documents: generated, tokenised and padded in shards, each seeded by its number.

Nothing is stored and nothing repeats: a shard is made when it is needed, in far less time than training on it takes.
"""

from __future__ import annotations

import dataclasses
import random
from itertools import islice

import numpy as np
import torch

from pipeline.batch import Batch
from pipeline.bpe import BOT_ID, END_ID, SPECIAL_TOKENS, USER_ID, Tokenizer
from pipeline.config import RunConfig
from pipeline.stories.documents import documents

FILLER_WEIGHT = 0.1  # of the end tokens after the first: easy, and too many to count fully
SHORT_ANSWER = 32  # tokens; shorter answers count up to HEAVIEST_ANSWER times, or long texts would drown what they teach
HEAVIEST_ANSWER = 4.0
PROMPT_FIXED = 0.8  # share of the instructions whose prompt is never masked
PREFIX_FIXED = 0.3  # share of the plain stories that show a beginning of random length
SUFFIX_FIXED = 0.15  # likewise an end, which may come with a beginning


@dataclasses.dataclass
class Canvas:
    """Ids on a canvas of `length` slots, filled up with end tokens."""

    ids: list[int]
    length: int
    fixed: np.ndarray  # [length] bool
    weights: np.ndarray  # [ids + 1] f32: of the ids and their end token


def answer_weights(ids: list[int]) -> np.ndarray:
    weights = np.ones(len(ids) + 1, np.float32)
    for start, end in answer_ranges(ids):
        weights[start : end + 1] = min(HEAVIEST_ANSWER, max(1.0, SHORT_ANSWER / (end - start)))
    return weights


def only_answers_open(ids: list[int], length: int) -> np.ndarray:
    fixed = np.zeros(length, bool)
    fixed[: len(ids)] = True
    for start, end in answer_ranges(ids):
        fixed[start : end + 1] = False
    return fixed


def document_canvas(ids: list[int], length: int, rng: random.Random) -> Canvas:
    if BOT_ID in ids:
        fixed = only_answers_open(ids, length) if rng.random() < PROMPT_FIXED else np.zeros(length, bool)
        return Canvas(ids, length, fixed, answer_weights(ids))
    fixed = np.zeros(length, bool)
    start = rng.randrange(len(ids)) if rng.random() < PREFIX_FIXED else 0
    fixed[:start] = True
    if rng.random() < SUFFIX_FIXED:
        fixed[rng.randint(start + 1, len(ids)) :] = True
    return Canvas(ids, length, fixed, np.ones(len(ids) + 1, np.float32))


def copying_drill(vocabulary: int, rng: random.Random) -> Canvas:
    """Random ids, then turns that each ask for the passage that starts or ends with one of them.

    No id is likelier than another, so that copying is all there is to learn.
    """
    text = rng.sample(range(len(SPECIAL_TOKENS), vocabulary), rng.randint(8, 48))
    size = rng.randint(2, 8)
    cue = rng.choices([0, -1], [0.7, 0.3])[0]
    ids = [USER_ID, *text]
    for turn in range(rng.randint(1, 4)):
        start = rng.randint(0, len(text) - size)
        passage = text[start : start + size]
        ids += [END_ID, USER_ID][: 2 * bool(turn)] + [passage[cue], BOT_ID, *passage]
    length = len(ids) + 1
    return Canvas(ids, length, only_answers_open(ids, length), np.ones(len(ids) + 1, np.float32))


def answer_ranges(ids: list[int]) -> list[tuple[int, int]]:
    """Where the answer of every turn begins and where its end token stands or will stand."""
    starts = [index + 1 for index, token in enumerate(ids) if token == BOT_ID]
    return [(start, ids.index(END_ID, start) if END_ID in ids[start:] else len(ids)) for start in starts]


def draw_length(size: int, context: int, rng: random.Random) -> int:
    """Mostly a tight canvas; sometimes a long one, because a person does not know how long an answer will be."""
    slack = rng.choices([6, 48, context], [0.5, 0.35, 0.15])[0]
    return min(context, size + rng.randint(1, slack))


class StorySource:
    def __init__(self, config: RunConfig, tokenizer: Tokenizer, rank: int) -> None:
        self.config, self.tokenizer, self.rank = config, tokenizer, rank
        self.seek([0, 0, 0])

    def cursor(self) -> list[int]:
        return [self.shard, self.index, self.rows_tokens]

    def seek(self, cursor: list[int]) -> None:
        self.shard, self.index, self.rows_tokens = cursor
        self.batches = self.make_shard() if self.rows_tokens else []

    def next_batch(self, tokens: int) -> Batch:
        if self.index >= len(self.batches):
            self.shard, self.index, self.rows_tokens = self.shard + bool(self.batches), 0, tokens
            self.batches = self.make_shard()
        self.index += 1
        return self.stack(self.batches[self.index - 1])

    def make_shard(self) -> list[list[Canvas]]:
        """Canvases of similar length share a batch; the order of the batches is random."""
        data, context = self.config.data, self.config.model.context
        seed = f"{self.config.seed}/{self.rank}/{self.shard}"
        stretch = [stretch for stretch in data["stretches"] if stretch["from_shard"] <= self.shard][-1]
        mix = stretch.get("mix", data["mix"])
        rng = random.Random(seed)
        canvases = []
        for document in islice(documents(mix, seed, held_out=False), data["shard_documents"]):
            ids = self.tokenizer.encode(document.text)
            if len(ids) < context:
                canvases.append(document_canvas(ids, draw_length(len(ids), context, rng), rng))
        drills = int(stretch["drills"] * data["shard_documents"])
        canvases += [copying_drill(self.config.model.vocabulary, rng) for _ in range(drills)]
        canvases.sort(key=lambda canvas: canvas.length)
        batches: list[list[Canvas]] = [[]]
        for canvas in canvases:  # rising in length: the newest one sets the width of its batch
            if batches[-1] and (len(batches[-1]) + 1) * canvas.length > self.rows_tokens:
                batches.append([])
            batches[-1].append(canvas)
        rng.shuffle(batches)
        return batches

    def stack(self, canvases: list[Canvas]) -> Batch:
        length = max(canvas.length for canvas in canvases)
        tokens = torch.full((len(canvases), length), END_ID)
        fixed = torch.zeros(len(canvases), length, dtype=torch.bool)
        weights = torch.zeros(len(canvases), length)
        filler = FILLER_WEIGHT if self.config.objective == "mdm" else 0.0
        for row, canvas in enumerate(canvases):
            size = len(canvas.ids)
            tokens[row, :size] = torch.tensor(canvas.ids)
            fixed[row, : canvas.length] = torch.from_numpy(canvas.fixed)
            fixed[row, canvas.length :] = bool(canvas.fixed[-1])
            weights[row, : size + 1] = torch.from_numpy(canvas.weights)
            weights[row, size + 1 :] = filler
        return Batch(tokens, fixed, weights)
