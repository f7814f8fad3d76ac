"""The vocabulary of the story world."""

from __future__ import annotations

from typing import NamedTuple

BOYS = "Tom Ben Sam Max Tim Leo Jack Dan Finn Noah Ravi Omar Luke Hugo Paul Otto".split()
GIRLS = "Lily Mia Anna Sue Lucy Emma Zoe Amy Ella Rose Kate Mei Sara Nora Eva Maya".split()
PET_NAMES = "Dot Fluffy Spot Coco Pepper Biscuit Ginger Socks".split()
NAMES = BOYS + GIRLS + PET_NAMES

COLOURS = "red blue green yellow orange purple pink white brown black golden silver gray".split()
TRAITS = "kind brave funny clever gentle quiet happy curious silly shy cheerful polite".split()
FEELINGS = "happy proud glad thankful".split()
WEATHERS = "sunny windy rainy snowy cloudy warm cold foggy".split()
SIZES = "big small little tiny huge".split()

TOYS = (
    "ball kite doll truck drum boat puzzle book hat scarf balloon wagon whistle bell ring box cup flute robot basket lamp key spoon "
    "blanket bucket umbrella button crown mask shoe"
).split()


class Animal(NamedTuple):
    name: str
    voice: str  # past tense
    food: str
    home: str


ANIMALS = {
    animal.name: animal
    for animal in (
        Animal("dog", "barked", "bones", "yard"),
        Animal("cat", "meowed", "fish", "house"),
        Animal("rabbit", "hopped", "carrots", "garden"),
        Animal("duck", "quacked", "bread", "pond"),
        Animal("mouse", "squeaked", "cheese", "barn"),
        Animal("fox", "yipped", "berries", "forest"),
        Animal("bear", "growled", "honey", "cave"),
        Animal("bird", "sang", "seeds", "tree"),
        Animal("frog", "croaked", "flies", "pond"),
        Animal("squirrel", "chattered", "nuts", "tree"),
        Animal("pig", "oinked", "apples", "farm"),
        Animal("cow", "mooed", "grass", "farm"),
        Animal("hen", "clucked", "corn", "barn"),
        Animal("owl", "hooted", "moths", "forest"),
        Animal("turtle", "nodded", "leaves", "pond"),
        Animal("horse", "neighed", "hay", "farm"),
        Animal("goat", "bleated", "weeds", "hill"),
        Animal("bee", "buzzed", "nectar", "hive"),
        Animal("ant", "hurried", "crumbs", "nest"),
        Animal("hedgehog", "sniffed", "beetles", "garden"),
    )
}


class Place(NamedTuple):
    name: str
    preposition: str


PLACES = [
    Place(*pair.split(":"))
    for pair in (
        "park:in garden:in forest:in beach:on farm:on school:at market:at pond:by hill:on playground:on river:by bridge:by "
        "lake:by village:in meadow:in station:at library:in museum:in"
    ).split()
]

COUNTABLE_FOODS = "cake pie cookie sandwich pancake salad pizza muffin tart waffle bun dumpling".split()
MASS_FOODS = "bread soup jam pudding popcorn stew".split()
FOODS = COUNTABLE_FOODS + MASS_FOODS

HIDING_PLACES = (  # out of doors
    "in the tall grass|under a big leaf|behind the old tree|on the roof|near the river|under the bench|"
    "behind a rock|in a bush|on top of the wall|behind the barn|in a pile of hay|next to the fence|inside a hollow log"
).split("|")
INDOOR_PLACES = "under the bed|behind the door|under the stairs|behind the chair|in the closet|under the table|on the shelf".split("|")
RELATIVES = "mother father grandma grandpa aunt uncle".split()

OPPOSITES = dict(
    pair.split(":")
    for pair in (
        "big:small hot:cold up:down day:night happy:sad fast:slow open:closed wet:dry old:new hard:soft loud:quiet light:dark full:empty "
        "near:far good:bad tall:short clean:dirty early:late thick:thin strong:weak in:out left:right first:last awake:asleep rich:poor "
        "smooth:rough sweet:sour above:below before:after"
    ).split()
)
TYPICAL_COLOURS = dict(
    pair.split(":")
    for pair in (
        "grass:green snow:white sun:yellow sky:blue coal:black strawberry:red carrot:orange banana:yellow frog:green milk:white "
        "tomato:red pig:pink mud:brown leaf:green night:black"
    ).split()
)
BY_SIZE = "ant bee mouse frog bird hen cat fox dog pig bear horse".split()  # rising
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
