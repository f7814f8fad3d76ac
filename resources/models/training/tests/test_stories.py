"""The rules that every generated document keeps."""

import random
import re
import unittest
from itertools import islice
from pathlib import Path

from pipeline.config import load_config
from pipeline.stories import words
from pipeline.stories.documents import documents, is_held_out
from pipeline.stories.instructions import MAKERS, QUESTION_KINDS
from pipeline.stories.plots import PLOTS
from pipeline.stories.scoring import distinct, inconsistencies
from pipeline.stories.tell import tell
from pipeline.stories.world import Character, Food, capitalise, correct_articles, draw_character

CONFIG = load_config(Path(__file__).parent.parent / "configs/stories.toml")
MIX = CONFIG.data["mix"]


def stories(count: int, seed: int = 1):
    rng = random.Random(seed)
    return [tell(rng, PLOTS[index % len(PLOTS)]) for index in range(count)]


class Grammar(unittest.TestCase):
    def test_articles_follow_the_sound_of_the_next_word(self):
        self.assertEqual(correct_articles("a owl ate a bun and a orange cake"), "an owl ate a bun and an orange cake")
        for document in islice(documents(MIX, "grammar", held_out=False), 3000):
            self.assertIsNone(re.search(r"\b[Aa] [aeiou]|\b[Aa]n [^aeiouAEIOU_]", document.text), document.text)

    def test_mass_nouns_take_no_article(self):
        self.assertEqual(Food("bread").form("a"), "some bread")
        nouns = "|".join(words.MASS_FOODS)
        for document in islice(documents(MIX, "mass", held_out=False), 3000):
            self.assertIsNone(re.search(rf"\ban? ({nouns})\b", document.text), document.text)

    def test_sentences_start_with_a_capital_and_quotations_go_on_in_lower_case(self):
        self.assertEqual(capitalise('"stop!" said Tom. he ran. "yes." then it was'), '"Stop!" said Tom. He ran. "Yes." Then it was')
        for story in stories(500):
            self.assertIsNone(re.search(r"(^|[^?!]\. |\n)[a-z]", story.text), story.text)

    def test_no_template_is_left_in_a_text(self):
        for document in islice(documents(MIX, "templates", held_out=False), 3000):
            self.assertIsNone(re.search(r"[{}\[\]]|DAY|  | [.,!?]", document.text), document.text)

    def test_a_name_decides_the_pronouns_of_animals_too(self):
        rng = random.Random(3)
        for _ in range(500):
            character = draw_character(rng, "animal", [])
            if character.name not in words.PET_NAMES:
                self.assertEqual(character.form("he"), "he" if character.name in words.BOYS else "she")

    def test_pronouns_of_one_character_agree(self):
        lily = Character("Lily", "owl", male=False, trait="kind")
        self.assertEqual([lily.form(key) for key in ("he", "him", "his", "himself")], ["she", "her", "her", "herself"])


class Worlds(unittest.TestCase):
    def test_there_are_at_least_twenty_plots_and_each_has_questions(self):
        self.assertGreaterEqual(len({plot.name for plot in PLOTS}), 20)
        self.assertTrue(all(len(plot.questions) >= 3 for plot in PLOTS))

    def test_generated_stories_are_consistent(self):
        for story in stories(1000):
            self.assertEqual(inconsistencies(story.text), [], story.text)

    def test_names_things_and_colours_of_an_answer_stand_in_the_story(self):
        known = {*words.NAMES, *words.TOYS, *words.COLOURS, *words.COUNTABLE_FOODS, *words.MASS_FOODS}
        for story in stories(540):
            told = set(re.findall(r"\w+", story.text))
            for question, answer in story.questions:
                asked_for = set(re.findall(r"\w+", answer)) & known
                self.assertLessEqual(asked_for, told, (question, answer, story.text))

    def test_names_of_a_story_differ(self):
        for story in stories(500):
            self.assertNotEqual(story.cast[0].name, story.cast[1].name)

    def test_stories_hardly_repeat(self):
        texts = [story.text for story in stories(2000)]
        self.assertEqual(len(set(texts)), len(texts))


class Scoring(unittest.TestCase):
    STORY = (
        'Tom was a kind boy. He had a red ball. A cat named Mia saw the ball. "It is a red ball," said Tom. '
        "They played with the ball all day. Then they went home."
    )

    def rules(self, story):
        return [problem.rule for problem in inconsistencies(story)]

    def test_a_consistent_story_has_no_problem(self):
        self.assertEqual(self.rules(self.STORY), [])

    def test_each_slip_is_found(self):
        self.assertEqual(self.rules(self.STORY.replace("said Tom", "said Ben")), ["name out of nowhere"])
        self.assertEqual(self.rules(self.STORY.replace("a red ball,", "a blue ball,")), ["changing color"])
        self.assertEqual(self.rules(self.STORY + " The dog named Mia ran."), ["changing kind"])
        self.assertEqual(self.rules(self.STORY + " The kite flew."), ["thing out of nowhere"])
        self.assertEqual(self.rules(self.STORY + " His friend Tom came."), ["two of one name"])
        self.assertEqual(self.rules(self.STORY + ' Tom made a cake. "You brought a pie!" said Mia.'), ["changing food"])

    def test_a_beginning_is_no_story(self):
        self.assertEqual(self.rules("Tom was a kind boy. He had a red ball."), ["too short"])

    def test_distinct_counts_different_ngrams(self):
        self.assertAlmostEqual(distinct(["a b a b"], 2), 2 / 3)


class Split(unittest.TestCase):
    def test_no_combination_is_on_both_sides(self):
        train = {document.key for document in islice(documents(MIX, "train", held_out=False), 8000)}
        test = {document.key for document in islice(documents(MIX, "test", held_out=True), 800)}
        self.assertEqual(train & test, set())
        self.assertTrue(all(map(is_held_out, test)))

    def test_a_seed_gives_the_same_documents(self):
        first, again = (list(islice(documents(MIX, "same", held_out=False), 50)) for _ in range(2))
        self.assertEqual(first, again)
        self.assertNotEqual(first, list(islice(documents(MIX, "other", held_out=False), 50)))

    def test_every_kind_is_trained_and_every_question_kind_exists(self):
        self.assertEqual(set(MIX), {"story", *MAKERS})
        self.assertTrue(set(QUESTION_KINDS) <= set(MAKERS))
        self.assertAlmostEqual(sum(MIX.values()), 1.0)
        for stretch in CONFIG.data["stretches"]:
            self.assertTrue(set(stretch.get("mix", MIX)) <= set(MIX))


if __name__ == "__main__":
    unittest.main()
