"""Held-out figures of the text models: likelihood against n-gram baselines, exact answers, consistent stories, variety."""

from __future__ import annotations

import math
from collections import Counter
from itertools import islice
from typing import Any

import torch
import torch.nn.functional as F

from pipeline.backbone import Backbone
from pipeline.bpe import END_ID, Tokenizer
from pipeline.config import RunConfig
from pipeline.objectives import MASK_ID
from pipeline.statistics import proportion
from pipeline.stories.documents import BOT, USER, Document, documents
from pipeline.stories.generate import complete
from pipeline.stories.instructions import QUESTION_KINDS
from pipeline.stories.scoring import distinct, inconsistencies

ANSWER_SLOTS = 24
STORY_SLOTS = 128
MASK_LEVELS = 8  # numbers of masked positions per document in the bound


def held_out(config: RunConfig, mix: dict[str, float], count: int) -> list[Document]:
    return list(islice(documents(mix, f"{config.seed}/held-out", held_out=True), count))


@torch.no_grad()
def masked_diffusion_bound(model: Backbone, ids: list[int], generator: torch.Generator) -> float:
    """Upper bound in nats on -log p(ids[1:] | ids[0]): E over l of n / l * sum over l masked positions of -log p
    (LLaDA, arXiv 2502.09992, eq. 14), with l spread evenly over 1..n."""
    tokens = torch.tensor(ids)
    count = len(ids) - 1
    total = 0.0
    offset = float(torch.rand(1, generator=generator))
    for level in range(MASK_LEVELS):
        masked = 1 + int((level + offset) / MASK_LEVELS * count)
        positions = 1 + torch.randperm(count, generator=generator)[:masked]
        canvas = tokens.clone()
        canvas[positions] = MASK_ID
        losses = F.cross_entropy(model(canvas[None])[0, positions].float(), tokens[positions], reduction="sum")
        total += count / masked * float(losses)
    return total / MASK_LEVELS


@torch.no_grad()
def autoregressive_nll(model: Backbone, ids: list[int]) -> float:
    tokens = torch.tensor(ids)
    return float(F.cross_entropy(model(tokens[None, :-1])[0].float(), tokens[1:], reduction="sum"))


class NgramBaseline:
    """Unigram and bigram models of the training text; the bigram backs off to the unigram (Witten-Bell smoothing)."""

    def __init__(self, texts: list[list[int]], vocabulary: int) -> None:
        self.unigrams = Counter(token for ids in texts for token in ids[1:])
        self.bigrams = Counter(pair for ids in texts for pair in zip(ids, ids[1:]))
        self.contexts = Counter(first for ids in texts for first in ids[:-1])
        self.followers = Counter(first for first, _ in self.bigrams)
        self.total, self.vocabulary = sum(self.unigrams.values()), vocabulary

    def unigram(self, token: int) -> float:
        return (self.unigrams[token] + 1) / (self.total + self.vocabulary)

    def bigram(self, first: int, token: int) -> float:
        seen, kinds = self.contexts[first], self.followers[first]
        if not seen:
            return self.unigram(token)
        return (self.bigrams[first, token] + kinds * self.unigram(token)) / (seen + kinds)

    def nll(self, ids: list[int]) -> tuple[float, float]:
        unigram = -sum(math.log(self.unigram(token)) for token in ids[1:])
        bigram = -sum(math.log(self.bigram(first, token)) for first, token in zip(ids, ids[1:]))
        return unigram, bigram


def likelihoods(config: RunConfig, tokenizer: Tokenizer, model: Backbone) -> dict[str, float]:
    """Nats per token on held-out documents, the end token included and the first token given."""
    mix, count = config.data["mix"], config.evaluation["documents"]
    train = islice(documents(mix, f"{config.seed}/baseline", held_out=False), 20_000)
    baseline = NgramBaseline([tokenizer.encode(document.text) + [END_ID] for document in train], config.model.vocabulary)
    generator = torch.Generator().manual_seed(config.seed)
    sums: Counter[str] = Counter()
    for document in held_out(config, mix, count):
        ids = tokenizer.encode(document.text) + [END_ID]
        sums["tokens"] += len(ids) - 1
        sums["model"] += autoregressive_nll(model, ids) if model.causal else masked_diffusion_bound(model, ids, generator)
        unigram, bigram = baseline.nll(ids)
        sums["unigram"] += unigram
        sums["bigram"] += bigram
    return {name: round(sums[name] / sums["tokens"], 4) for name in ("model", "unigram", "bigram")}


def question_accuracy(config: RunConfig, tokenizer: Tokenizer, model: Backbone) -> dict[str, Any]:
    """Exact match of greedy answers, per kind. Closed knowledge holds nothing out and is counted apart."""
    results, right, asked = {}, 0, 0
    for kind in QUESTION_KINDS:
        closed = kind == "knowledge_question"
        stream = documents({kind: 1.0}, f"{config.seed}/questions", held_out=not closed)
        cases = list(islice(stream, config.evaluation["questions_per_kind"]))
        prompts = [tokenizer.encode(f"{USER}{case.prompt}{BOT}") for case in cases]
        answers = [tokenizer.decode(ids).strip() for ids in complete(model, prompts, ANSWER_SLOTS)]
        hits = sum(answer == case.answer for answer, case in zip(answers, cases))
        misses = [f"{case.prompt} -> {answer}" for answer, case in zip(answers, cases) if answer != case.answer]
        results[kind] = dict(right=hits, of=len(cases), examples_of_misses=misses[:3])
        print(kind, hits, len(cases), misses[:2], flush=True)
        if not closed:
            right, asked = right + hits, asked + len(cases)
    return {"held_out": proportion(right, asked), "by_kind": results}


def story_quality(config: RunConfig, tokenizer: Tokenizer, model: Backbone) -> dict[str, Any]:
    """Stories written from the first sentence of held-out ones, checked against the rules of the story world."""
    cases = held_out(config, {"story": 1.0}, config.evaluation["stories"])
    starts = [case.answer.split(". ")[0] + "." for case in cases]
    prompts = [tokenizer.encode(start) for start in starts]
    stories = [
        start + tokenizer.decode(ids)
        for start, ids in zip(starts, complete(model, prompts, STORY_SLOTS, config.evaluation["temperature"], config.seed))
    ]
    problems = [inconsistencies(story) for story in stories]
    true_stories = [case.answer for case in cases]
    return {
        "consistent": proportion(sum(not found for found in problems), len(stories)),
        "problems": dict(Counter(problem.rule for found in problems for problem in found)),
        "distinct": {f"{n}-gram": round(distinct(stories, n), 4) for n in (1, 2, 3)},
        "distinct_of_true_stories": {f"{n}-gram": round(distinct(true_stories, n), 4) for n in (1, 2, 3)},
        "samples": [dict(story=story, problems=[str(problem) for problem in found]) for story, found in zip(stories, problems)][:10],
    }


def evaluate_stories(config: RunConfig, tokenizer: Tokenizer, model: Backbone) -> dict[str, Any]:
    return {
        "nats_per_token": likelihoods(config, tokenizer, model),
        "questions": question_accuracy(config, tokenizer, model),
        "stories": story_quality(config, tokenizer, model),
    }
