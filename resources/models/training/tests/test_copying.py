"""The wired circuit copies before any training; the drills ask for nothing but copying."""

import random
import unittest

import torch

from pipeline.backbone import Backbone
from pipeline.bpe import BOT_ID, SPECIAL_TOKENS, USER_ID
from pipeline.config import ModelShape
from pipeline.copying import wire_copying
from pipeline.objectives import MASK_ID
from pipeline.stories.source import answer_ranges, copying_drill

SHAPE = ModelShape(width=192, layers=3, heads=4, feed_forward=64, context=192, vocabulary=2048, rope_theta=500_000.0)
PASSAGES = 20
LENGTH = 24


def repeated_passages():
    generator = torch.Generator().manual_seed(1)
    passages = torch.stack([torch.randperm(SHAPE.vocabulary - 8, generator=generator)[:LENGTH] + 8 for _ in range(PASSAGES)])
    return torch.cat([passages, passages], 1)


def wired(causal):
    torch.manual_seed(0)
    model = Backbone(SHAPE, causal)
    wire_copying(model)
    return model.eval()


class WiredModel(unittest.TestCase):
    """Chance is 1 in 2048; every passage holds every id once, so a right answer comes from the other copy."""

    @torch.no_grad()
    def test_masked_diffusion_fills_a_gap_from_the_other_copy(self):
        model, tokens = wired(causal=False), repeated_passages()
        right = 0
        gaps = range(LENGTH + 2, 2 * LENGTH - 2)
        for gap in gaps:
            canvas = tokens.clone()
            canvas[:, gap] = MASK_ID
            logits = model(canvas)[:, gap]
            logits[:, MASK_ID] = float("-inf")
            right += int((logits.argmax(-1) == tokens[:, gap]).sum())
        self.assertGreater(right / (PASSAGES * len(gaps)), 0.8)

    @torch.no_grad()
    def test_the_twin_continues_the_second_copy(self):
        model, tokens = wired(causal=True), repeated_passages()
        logits = model(tokens)[:, LENGTH + 1 : -1]
        # The tied head recognises the token itself, which no passage repeats.
        logits.scatter_(-1, tokens[:, LENGTH + 1 : -1, None], float("-inf"))
        right = (logits.argmax(-1) == tokens[:, LENGTH + 2 :]).float().mean()
        self.assertGreater(float(right), 0.5)


class Drill(unittest.TestCase):
    def test_every_answer_is_a_passage_of_the_text_that_starts_or_ends_with_the_cue(self):
        rng = random.Random(3)
        for _ in range(200):
            canvas = copying_drill(SHAPE.vocabulary, rng)
            text = canvas.ids[1 : canvas.ids.index(BOT_ID) - 1]
            self.assertGreaterEqual(min(text), len(SPECIAL_TOKENS))
            for start, end in answer_ranges(canvas.ids):
                answer, cue = canvas.ids[start:end], canvas.ids[start - 2]
                self.assertIn(cue, (answer[0], answer[-1]))
                first = text.index(answer[0])
                self.assertEqual(text[first : first + len(answer)], answer)
                self.assertFalse(canvas.fixed[start : end + 1].any())
            self.assertEqual(canvas.ids[0], USER_ID)
            self.assertTrue(canvas.fixed[: canvas.ids.index(BOT_ID) + 1].all())


if __name__ == "__main__":
    unittest.main()
