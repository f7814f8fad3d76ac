"""Checks a story against the rules every generated story keeps: no names out of nowhere, no thing that changes colour."""

from __future__ import annotations

import dataclasses
import re

from pipeline.stories import words

FEWEST_SENTENCES = 6
NAMES, THINGS = set(words.NAMES), set(words.TOYS)
COLOURED = re.compile(rf"\b({'|'.join(words.COLOURS)}) ([a-z]+)")
INTRODUCED = [
    re.compile(r"(?:named|called) ([A-Z][a-z]+)"),
    re.compile(r"([A-Z][a-z]+) was an? [a-z]+ [a-z]+\."),
    re.compile(r"friend ([A-Z][a-z]+)"),
    re.compile(r"name was ([A-Z][a-z]+)"),
]
KIND = re.compile(rf"\b({'|'.join([*words.ANIMALS, 'boy', 'girl'])}),? (?:named|called) ([A-Z][a-z]+)")
IS_A = re.compile(rf"([A-Z][a-z]+) was an? [a-z]+ ({'|'.join([*words.ANIMALS, 'boy', 'girl'])})\.")

HERO = re.compile(r"(?:named|called) ([A-Z][a-z]+)|([A-Z][a-z]+) was an? [a-z]+ [a-z]+\.")
FRIEND = re.compile(r"\b[Hh](?:is|er) friend ([A-Z][a-z]+)")
MADE = re.compile(rf"\bmade (?:an? |some )?({'|'.join(words.FOODS)})\b")
BROUGHT = re.compile(rf"\b[Yy]ou brought (?:an? |some )?({'|'.join(words.FOODS)})\b")


@dataclasses.dataclass(frozen=True)
class Problem:
    rule: str
    detail: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.detail}"


def unknown_names(story: str) -> list[Problem]:
    introduced = {name for pattern in INTRODUCED for name in pattern.findall(story)}
    used = {word for word in re.findall(r"[A-Z][a-z]+", story) if word in NAMES}
    return [Problem("name out of nowhere", name) for name in sorted(used - introduced)]


def changing_colours(story: str) -> list[Problem]:
    colours: dict[str, set[str]] = {}
    for colour, thing in COLOURED.findall(story):
        colours.setdefault(thing, set()).add(colour)
    changing = {thing: sorted(found) for thing, found in colours.items() if len(found) > 1 and thing in THINGS}
    return [Problem("changing color", f"{thing}: {found}") for thing, found in changing.items()]


def changing_kinds(story: str) -> list[Problem]:
    kinds: dict[str, set[str]] = {}
    for kind, name in KIND.findall(story) + [(kind, name) for name, kind in IS_A.findall(story)]:
        kinds.setdefault(name, set()).add(kind)
    return [Problem("changing kind", f"{name}: {sorted(found)}") for name, found in kinds.items() if len(found) > 1]


def things_out_of_nowhere(story: str) -> list[Problem]:
    """A toy with "the" must have been mentioned before, with another article, an owner or a colour."""
    problems = []
    for thing in sorted(THINGS):
        first = re.search(rf"\b(\w+) (?:\w+ )?{thing}\b", story)
        if first and re.search(rf"\b[Tt]he {thing}\b", story[: first.end()]):
            problems.append(Problem("thing out of nowhere", f"the {thing}"))
    return problems


def shared_names(story: str) -> list[Problem]:
    """The hero, who is introduced first, is nobody's friend of the same name."""
    heroes = [one or other for one, other in HERO.findall(story)][:1]
    return [Problem("two of one name", name) for name in heroes if name in FRIEND.findall(story)]


def changing_foods(story: str) -> list[Problem]:
    """What a person is thanked for having brought is what was made."""
    made = set(MADE.findall(story))
    return [Problem("changing food", f"{food} instead of {sorted(made)}") for food in BROUGHT.findall(story) if made and food not in made]


def too_short(story: str) -> list[Problem]:
    """A text that stops after its beginning breaks no other rule and is no story either."""
    sentences = len(re.findall(r'[.!?]"?(?: |\n|$)', story))
    return [Problem("too short", f"{sentences} sentences")] if sentences < FEWEST_SENTENCES else []


RULES = [too_short, unknown_names, shared_names, changing_colours, changing_kinds, changing_foods, things_out_of_nowhere]


def inconsistencies(story: str) -> list[Problem]:
    return [problem for rule in RULES for problem in rule(story)]


def distinct(texts: list[str], n: int) -> float:
    """Share of different n-grams of words among all (Li et al. 2016)."""
    grams = [gram for text in texts for gram in zip(*(text.split()[start:] for start in range(n)))]
    return len(set(grams)) / max(1, len(grams))
