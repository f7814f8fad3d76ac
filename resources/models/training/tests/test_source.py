"""Batches of documents: what is fixed, what counts, and that a cursor finds its place again."""

import dataclasses
import unittest
from itertools import islice
from pathlib import Path

import torch

from pipeline.bpe import BOT_ID, END_ID, USER_ID, Tokenizer, train_merges
from pipeline.config import load_config
from pipeline.stories.documents import documents
from pipeline.stories.source import FILLER_WEIGHT, StorySource, answer_ranges

CONFIGS = Path(__file__).parent.parent / "configs"
CONFIG = load_config(CONFIGS / "stories.toml")
CONFIG = dataclasses.replace(CONFIG, data=CONFIG.data | {"shard_documents": 200, "stretches": [{"from_shard": 0, "drills": 0.0}]})
TWIN = load_config(CONFIGS / "stories-ar.toml")
TEXTS = [document.text for document in islice(documents(CONFIG.data["mix"], "tokenizer", held_out=False), 2000)]
TOKENIZER = Tokenizer(train_merges(TEXTS, CONFIG.model.vocabulary))


def batches(count, config=CONFIG, rank=0):
    source = StorySource(config, TOKENIZER, rank)
    return [source.next_batch(2048) for _ in range(count)]


class Cursor(unittest.TestCase):
    def test_a_sought_source_goes_on_with_the_same_batches(self):
        source = StorySource(CONFIG, TOKENIZER, rank=1)
        for number in range(15):  # crosses into the second shard
            if number == 12:
                cursor = source.cursor()
                resumed = StorySource(CONFIG, TOKENIZER, rank=1)
                resumed.seek(cursor)
            batch = source.next_batch(2048)
            if number >= 12:
                again = resumed.next_batch(2048)
                self.assertTrue(torch.equal(batch.tokens, again.tokens))
                self.assertTrue(torch.equal(batch.fixed, again.fixed))

    def test_processes_and_shards_see_different_documents(self):
        first, second = batches(1, rank=0)[0], batches(1, rank=1)[0]
        self.assertNotEqual(first.tokens.tolist(), second.tokens.tolist())


class Rows(unittest.TestCase):
    def test_a_batch_keeps_to_its_tokens_and_to_the_context(self):
        for batch in batches(10):
            self.assertLessEqual(batch.tokens.shape[1], CONFIG.model.context)
            self.assertLessEqual(batch.tokens.numel(), 2048)

    def test_an_answer_is_never_fixed_and_its_end_counts_fully(self):
        for batch in batches(10):
            for tokens, fixed, weights in zip(batch.tokens, batch.fixed, batch.weights):
                ids = tokens.tolist()
                answers = answer_ranges(ids) or [(0, ids.index(END_ID))]
                last = answers[-1][1]
                self.assertTrue(bool((weights[last + 1 :] == FILLER_WEIGHT).all()))
                for start, end in answers:
                    self.assertGreaterEqual(weights[end].item(), 1.0)
                    if BOT_ID in ids:
                        self.assertFalse(bool(fixed[start : end + 1].any()))

    def test_every_turn_of_a_dialogue_has_an_answer(self):
        ids = [USER_ID, 9, BOT_ID, 7, 8, END_ID, USER_ID, 9, BOT_ID, 6]
        self.assertEqual(answer_ranges(ids), [(3, 5), (9, 10)])

    def test_short_answers_count_more_than_long_ones(self):
        for batch in batches(10):
            for tokens, weights in zip(batch.tokens.tolist(), batch.weights):
                if BOT_ID in tokens:
                    answer, end = tokens.index(BOT_ID) + 1, tokens.index(END_ID)
                    self.assertAlmostEqual(weights[answer].item(), min(4.0, max(1.0, 32 / (end - answer))), places=5)
                    self.assertEqual(weights[answer - 1].item(), 1.0)

    def test_every_row_leaves_something_to_write(self):
        self.assertTrue(all(bool((~batch.fixed).any(1).all()) for batch in batches(10)))


class Twins(unittest.TestCase):
    def test_the_twin_differs_in_name_and_objective_only(self):
        same = dataclasses.replace(load_config(CONFIGS / "stories.toml"), name=TWIN.name, objective=TWIN.objective)
        self.assertEqual(same, TWIN)

    def test_the_twin_gets_the_same_tokens_and_no_weight_on_filler(self):
        twin = dataclasses.replace(CONFIG, objective="ar")
        for one, other in zip(batches(5), batches(5, config=twin)):
            self.assertTrue(torch.equal(one.tokens, other.tokens))
            self.assertTrue(torch.equal(other.weights, one.weights * (one.weights >= 1.0)))


if __name__ == "__main__":
    unittest.main()
