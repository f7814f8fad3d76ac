"""Questions and requests with one right answer, made from small worlds, lists and the stories.

Every maker returns (prompt, answer, key): documents with the same key fall on the same side of the held-out split.
Most of them can only be answered by copying from the prompt: copying is what a small model learns last.
"""

from __future__ import annotations

import random
from typing import Callable

from pipeline.bpe import BOT_ID, END_ID, SPECIAL_TOKENS, USER_ID
from pipeline.stories import words
from pipeline.stories.tell import Story, paragraphs, tell
from pipeline.stories.world import Food, correct_articles, draw_place

END, USER, BOT = SPECIAL_TOKENS[END_ID], SPECIAL_TOKENS[USER_ID], SPECIAL_TOKENS[BOT_ID]

Exchange = tuple[str, str, str]
Facts = list[tuple[str, str, str]]  # (statement, question, answer)


def colour_facts(rng: random.Random, count: int) -> Facts:
    facts = []
    for toy, colour in zip(rng.sample(words.TOYS, count), rng.sample(words.COLOURS, count)):
        statement = f"The {toy} is {colour}."
        facts.append((statement, rng.choice([f"What color is the {toy}?", f"What is {colour}?"]), statement))
    return facts


def possession_facts(rng: random.Random, count: int) -> Facts:
    facts = []
    for name, toy in zip(rng.sample(words.NAMES, count), rng.sample(words.TOYS, count)):
        statement = correct_articles(f"{name} has a {toy}.")
        about_owner = (statement, f"Who has the {toy}?", f"{name} has the {toy}.")
        facts.append(rng.choice([about_owner, (statement, f"What does {name} have?", statement)]))
    return facts


def place_facts(rng: random.Random, count: int) -> Facts:
    places = {place.name: place for place in (draw_place(rng) for _ in range(4 * count))}
    facts = []
    for name, place in zip(rng.sample(words.NAMES, count), places.values()):
        statement = f"{name} is {place.form('at')}."
        facts.append((statement, rng.choice([f"Where is {name}?", f"Who is {place.form('at')}?"]), statement))
    return facts


def taste_facts(rng: random.Random, count: int) -> Facts:
    facts = []
    foods = [Food(name).form("plural") for name in rng.sample(words.FOODS, count)]
    for name, food in zip(rng.sample(words.NAMES, count), foods):
        statement = f"{name} likes {food}."
        facts.append((statement, rng.choice([f"What does {name} like?", f"Who likes {food}?"]), statement))
    return facts


def animal_facts(rng: random.Random, count: int) -> Facts:
    facts = []
    for name, kind in zip(rng.sample(words.NAMES, count), rng.sample(list(words.ANIMALS), count)):
        statement = correct_articles(f"{name} is a {kind}.")
        facts.append((statement, rng.choice([f"What is {name}?", correct_articles(f"Who is a {kind}?")]), statement))
    return facts


FACTS = [colour_facts, possession_facts, place_facts, taste_facts, animal_facts]


def draw_facts(rng: random.Random) -> tuple[Facts, str]:
    facts = rng.choice(FACTS)(rng, rng.randint(2, 4))
    return facts, "/".join(sorted(statement for statement, _, _ in facts)[:2])


def fact_question(rng: random.Random) -> Exchange:
    facts, key = draw_facts(rng)
    _, question, answer = rng.choice(facts)
    text = " ".join(statement for statement, _, _ in facts)
    prompt = rng.choice([f"{text} {question}", f"Read the text and answer. {text} {question}", f"{question} {text}"])
    return prompt, answer, key


def gap_turn(statement: str, rng: random.Random) -> tuple[str, str]:
    """A statement again, with one of its words left out: its first or last one, or the noun behind "The"."""
    tokens = statement[:-1].split(" ")
    hidden = rng.choice([1 if tokens[0] == "The" else 0, len(tokens) - 1])
    gap = " ".join("___" if index == hidden else token for index, token in enumerate(tokens)) + "."
    return f"Fill in the gap: {gap}", statement


def fact_gap(rng: random.Random) -> Exchange:
    facts, key = draw_facts(rng)
    request, answer = gap_turn(rng.choice(facts)[0], rng)
    return f"{' '.join(statement for statement, _, _ in facts)} {request}", answer, key


def dialogue(text: str, turns: list[tuple[str, str]]) -> tuple[str, str]:
    """Several turns about one text: more answers per token that has to be read than a document with a single question gives."""
    (first, answer), *others = turns
    return f"{text} {first}", answer + "".join(f"{END}{USER}{request}{BOT}{reply}" for request, reply in others)


def fact_dialogue(rng: random.Random) -> Exchange:
    facts, key = draw_facts(rng)
    text = " ".join(statement for statement, _, _ in facts)
    turns = [gap_turn(statement, rng) if rng.random() < 0.25 else (question, answer) for statement, question, answer in facts]
    rng.shuffle(turns)
    return *dialogue(text, turns), key


def handover_question(rng: random.Random) -> Exchange:
    giver, taker = rng.sample(words.NAMES, 2)
    toy, other = rng.sample(words.TOYS, 2)
    text = correct_articles(f"{giver} has a {toy}. {taker} has a {other}. {giver} gives the {toy} to {taker}.")
    question, answer = rng.choice(
        [
            (f"Who has the {toy} now?", f"{taker} has the {toy}."),
            (f"Who gave the {toy} to {taker}?", f"{giver} gave the {toy} to {taker}."),
            (f"What does {taker} have now?", f"{taker} has the {other} and the {toy}."),
        ]
    )
    return f"{text} {question}", answer, f"{giver}/{taker}/{toy}"


def draw_list(rng: random.Random) -> list[str]:
    return rng.sample(words.TOYS + words.FOODS + list(words.ANIMALS) + words.COLOURS, rng.randint(3, 6))


def list_request(rng: random.Random) -> Exchange:
    items = draw_list(rng)
    listed = ", ".join(items)
    position = rng.randrange(len(items) - 1)
    prompt, answer = rng.choice(
        [
            (f"Say these words again: {listed}.", listed + "."),
            (f"What is the first word: {listed}?", f"The first word is {items[0]}."),
            (f"What is the last word: {listed}?", f"The last word is {items[-1]}."),
            (f"Which word comes after {items[position]}: {listed}?", f"After {items[position]} comes {items[position + 1]}."),
        ]
    )
    return prompt, answer, "/".join(sorted(items)[:3])


def echo_request(rng: random.Random) -> Exchange:
    story = tell(rng)
    line = rng.choice([line for line in story.lines if '"' not in line])
    return f'Say this again: "{line}"', line, story.key


def knowledge_question(rng: random.Random) -> Exchange:
    """Small closed facts. They are learnt by heart, so nothing of them is held out: the key is empty."""
    word, opposite = rng.choice(list(words.OPPOSITES.items()))
    if rng.random() < 0.5:
        word, opposite = opposite, word
    animal = rng.choice(list(words.ANIMALS.values()))
    thing, colour = rng.choice(list(words.TYPICAL_COLOURS.items()))
    small, big = sorted(rng.sample(range(len(words.BY_SIZE)), 2))
    pair = rng.sample([words.BY_SIZE[small], words.BY_SIZE[big]], 2)
    day = rng.randrange(len(words.DAYS))
    number = rng.randrange(len(words.NUMBERS) - 1)
    question, answer = rng.choice(
        [
            (f"What is the opposite of {word}?", f"The opposite of {word} is {opposite}."),
            (f"What does a {animal.name} like to eat?", f"A {animal.name} likes to eat {animal.food}."),
            (f"Where does a {animal.name} live?", f"A {animal.name} lives in the {animal.home}."),
            (f"What color is {thing}?", f"The color of {thing} is {colour}."),
            (f"Which is bigger, a {pair[0]} or a {pair[1]}?", f"A {words.BY_SIZE[big]} is bigger than a {words.BY_SIZE[small]}."),
            (f"Which day comes after {words.DAYS[day]}?", f"After {words.DAYS[day]} comes {words.DAYS[(day + 1) % 7]}."),
            (f"Which number comes after {words.NUMBERS[number]}?", f"After {words.NUMBERS[number]} comes {words.NUMBERS[number + 1]}."),
        ]
    )
    return correct_articles(question), correct_articles(answer), ""


def story_question(rng: random.Random) -> Exchange:
    """A question about a whole story or about the end of its part that holds the answer's words."""
    story = tell(rng)
    question, answer = rng.choice(story.questions)
    prompt = rng.choice(["Read the story and answer. {text} {question}", "{text} {question}", "{question} {text}"])
    return prompt.format(text=story.text, question=question), answer, story.key


def story_dialogue(rng: random.Random) -> Exchange:
    story = tell(rng)
    return *dialogue(story.text, rng.sample(story.questions, min(3, len(story.questions)))), story.key


def story_by_topic(rng: random.Random) -> Exchange:
    story = tell(rng)
    request = rng.choice(["Tell me a story about {topic}.", "Write a story about {topic}.", "Please tell a short story about {topic}."])
    return request.format(topic=story.topic), story.text, story.key


def story_by_hero(rng: random.Random) -> Exchange:
    story = tell(rng)
    hero, friend = story.cast
    request = rng.choice(
        [
            f"Tell me a story about a {hero.kind} named {hero}.",
            f"Write a story about {hero} and {friend}.",
            f"Tell me a story about {story.topic} with {hero} and {friend}.",
        ]
    )
    return correct_articles(request), story.text, story.key


def story_with_last_line(rng: random.Random) -> Exchange:
    story = tell(rng)
    return f'Write a story that ends with: "{story.lines[-1]}"', story.text, story.key


def story_continuation(rng: random.Random) -> Exchange:
    story = tell(rng)
    cut = rng.randint(1, 4)
    return f"Continue the story: {paragraphs(story.lines[:cut])}", paragraphs(story.lines[cut:]), story.key


def food_question(rng: random.Random) -> Exchange:
    """Who brought what: possession with the article of the food."""
    people = rng.sample(words.NAMES, 3)
    foods = [Food(name) for name in rng.sample(words.FOODS, 3)]
    text = " ".join(f"{name} brought {food.form('a')}." for name, food in zip(people, foods))
    asked = rng.randrange(3)
    question = rng.choice([f"What did {people[asked]} bring?", f"Who brought {foods[asked].form('a')}?"])
    answer = f"{people[asked]} brought {foods[asked].form('a')}."
    return f"{correct_articles(text)} {correct_articles(question)}", correct_articles(answer), "/".join(sorted(people))


# What a kind exercises: held-out accuracy is reported per kind.
MAKERS: dict[str, Callable[[random.Random], Exchange]] = {
    "fact_question": fact_question,
    "fact_gap": fact_gap,
    "fact_dialogue": fact_dialogue,
    "handover_question": handover_question,
    "food_question": food_question,
    "list_request": list_request,
    "echo_request": echo_request,
    "knowledge_question": knowledge_question,
    "story_question": story_question,
    "story_dialogue": story_dialogue,
    "story_by_topic": story_by_topic,
    "story_by_hero": story_by_hero,
    "story_with_last_line": story_with_last_line,
    "story_continuation": story_continuation,
}
QUESTION_KINDS = [kind for kind in MAKERS if kind.endswith("_question")] + ["fact_gap", "list_request"]
