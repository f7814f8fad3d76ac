"""Tells a story: draws the cast and the things of a plot, renders its lines and keeps the facts behind them."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

from pipeline.stories import words
from pipeline.stories.plots import DAY, INTRODUCTION, PLOTS, Plot
from pipeline.stories.world import Character, Food, draw_character, draw_place, render

LINES_PER_PARAGRAPH = 4
OPTIONAL_SCENE = 0.6


@dataclasses.dataclass(frozen=True)
class Story:
    plot: Plot
    lines: list[str]
    topic: str
    cast: tuple[Character, Character]
    questions: list[tuple[str, str]]  # (question, answer)
    key: str  # the combination by which documents are held out

    @property
    def text(self) -> str:
        return paragraphs(self.lines)


def paragraphs(lines: list[str]) -> str:
    groups = [lines[start : start + LINES_PER_PARAGRAPH] for start in range(0, len(lines), LINES_PER_PARAGRAPH)]
    return "\n".join(" ".join(group) for group in groups)


def draw_cast(plot: Plot, rng: random.Random) -> tuple[Character, Character]:
    hero = draw_character(rng, plot.cast[0], [])
    return hero, draw_character(rng, plot.cast[1], [hero])


def draw_bindings(plot: Plot, rng: random.Random) -> dict[str, Any]:
    hero, friend = draw_cast(plot, rng)
    toy, toy2 = rng.sample(words.TOYS, 2)
    colour, colour2 = rng.sample(words.COLOURS, 2)
    place = draw_place(rng)
    place2 = draw_place(rng)
    bindings: dict[str, Any] = dict(a=hero, b=friend, toy=toy, toy2=toy2, colour=colour, colour2=colour2, place=place, place2=place2)
    bindings |= dict(
        food=Food(rng.choice(words.FOODS)),
        spot=rng.choice(words.HIDING_PLACES),
        corner=rng.choice(words.INDOOR_PLACES),
        feeling=rng.choice(words.FEELINGS),
        relative=rng.choice(words.RELATIVES),
        weather=rng.choice(words.WEATHERS),
    )
    return bindings | {slot: rng.choice(choices) for slot, choices in plot.slots.items()}


def tell(rng: random.Random, plot: Plot | None = None) -> Story:
    plot = plot or rng.choice(PLOTS)
    bindings = draw_bindings(plot, rng)
    scenes = [line.lstrip("?") for line in plot.lines if not line.startswith("?") or rng.random() < OPTIONAL_SCENE]
    templates = [rng.choice(INTRODUCTION), *(scene.replace("DAY", DAY) for scene in scenes)]
    questions = [(render(question, bindings, rng), render(answer, bindings, rng)) for question, answer in plot.questions]
    return Story(
        plot=plot,
        lines=[render(template, bindings, rng) for template in templates],
        topic=render(plot.topic, bindings, rng)[0].lower() + render(plot.topic, bindings, rng)[1:],
        cast=(bindings["a"], bindings["b"]),
        questions=questions,
        key=f"{plot.name}/{bindings['a']}/{bindings['b']}",
    )
