"""Entities with the right pronouns and articles, and the template language in which plots are written.

Templates: `{a}` inserts a binding, `{a.he}` one of its forms, `[x|y|]` picks one alternative. Articles are written "a" and
become "an" by sound; sentences are capitalised afterwards. So a plot cannot get either wrong.
"""

from __future__ import annotations

import dataclasses
import random
import re
from typing import Any

from pipeline.stories import words


@dataclasses.dataclass(frozen=True)
class Character:
    name: str
    kind: str
    male: bool
    trait: str

    @property
    def is_animal(self) -> bool:
        return self.kind in words.ANIMALS

    def form(self, key: str) -> str:
        forms = {
            "he": ("he", "she"),
            "him": ("him", "her"),
            "his": ("his", "her"),
            "own": ("his", "hers"),
            "himself": ("himself", "herself"),
        }
        if key in forms:
            return forms[key][0 if self.male else 1]
        if key in ("voice", "food", "home"):
            return getattr(words.ANIMALS[self.kind], key)
        return {"kind": self.kind, "trait": self.trait, "full": f"{self.name} the {self.kind}"}[key]

    def __str__(self) -> str:
        return self.name


@dataclasses.dataclass(frozen=True)
class Place:
    name: str
    preposition: str

    def form(self, key: str) -> str:
        return {"at": f"{self.preposition} the {self.name}"}[key]

    def __str__(self) -> str:
        return self.name


@dataclasses.dataclass(frozen=True)
class Food:
    name: str

    def form(self, key: str) -> str:
        if self.name in words.MASS_FOODS:
            return {"a": f"some {self.name}", "another": f"more {self.name}", "plural": self.name}[key]
        plural = self.name + ("es" if self.name.endswith("ch") else "s")
        return {"a": f"a {self.name}", "another": f"another {self.name}", "plural": plural}[key]

    def __str__(self) -> str:
        return self.name


def draw_character(rng: random.Random, cast: str, taken: list[Character]) -> Character:
    """`cast` is "any", "animal" or "person". A person's name decides the pronouns of animals too."""
    if cast == "any":
        cast = "animal" if rng.random() < 0.4 else "person"
    names = words.NAMES if cast == "animal" else words.BOYS + words.GIRLS
    name = rng.choice([name for name in names if all(name != other.name for other in taken)])
    male = name in words.BOYS or (name in words.PET_NAMES and rng.random() < 0.5)
    if cast == "animal":
        kind = rng.choice([kind for kind in words.ANIMALS if all(kind != other.kind for other in taken)])
    else:
        kind = "boy" if male else "girl"
    return Character(name, kind, male, rng.choice(words.TRAITS))


def draw_place(rng: random.Random) -> Place:
    return Place(*rng.choice(words.PLACES))


ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])")
# A quotation that ends in "!" or "?" goes on in lower case ("Stop!" said Tom); one that ends in a full stop ends its sentence.
SENTENCE_START = re.compile(r'(^"?|[.!?] "?|\." "?|, ")([a-z])')


def choose_alternatives(template: str, rng: random.Random) -> str:
    while ALTERNATIVES.search(template):  # innermost first, so alternatives may nest
        template = ALTERNATIVES.sub(lambda match: rng.choice(match.group(1).split("|")), template)
    return template


def fill_slots(template: str, bindings: dict[str, Any]) -> str:
    def value(match: re.Match) -> str:
        bound = bindings[match.group(1)]
        return bound.form(match.group(2)) if match.group(2) else str(bound)

    return SLOT.sub(value, template)


def correct_articles(text: str) -> str:
    return ARTICLE.sub(r"\1n ", text)


def capitalise(text: str) -> str:
    return SENTENCE_START.sub(lambda match: match.group(1) + match.group(2).upper(), text)


def render(template: str, bindings: dict[str, Any], rng: random.Random) -> str:
    text = fill_slots(choose_alternatives(template, rng), bindings)
    return capitalise(correct_articles(re.sub(r" {2,}", " ", text).strip()))
