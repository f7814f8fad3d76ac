"""A new run starts from exactly the weights of an exported folder, and of the GGUF file made from it."""

import dataclasses
import importlib.util
import tempfile
import unittest
from pathlib import Path

import torch

from pipeline.backbone import Backbone
from pipeline.bpe import Tokenizer, load_tokenizer, train_merges
from pipeline.config import load_config
from pipeline.export import export_folder, grid_tokenizer
from pipeline.start import prepare_start
from pipeline.sudoku.data import SudokuSource, make_training_boards
from pipeline.trainer import Trainer
from tests.test_training import tiny_grid_config

ROOT = Path(__file__).parent.parent
TEXTS = ["the cat sat on the mat. the dog sat there too!"] * 3


def tiny_stories_config(tokenizer):
    config = load_config(ROOT / "configs" / "stories.toml")
    shape = dataclasses.replace(config.model, width=16, layers=2, heads=2, feed_forward=32, vocabulary=len(tokenizer.tokens))
    return dataclasses.replace(config, model=shape)


def seeded_model(config):
    torch.manual_seed(7)
    model = Backbone(config.model)
    for parameter in model.parameters():
        parameter.data += 0.1 * torch.randn(parameter.shape)
    return model


def converter():
    specification = importlib.util.spec_from_file_location("convert_to_gguf", ROOT.parent / "convert_to_gguf.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


class StartingFrom(unittest.TestCase):
    def assert_same_start(self, out, model, tokens):
        state = torch.load(out / "start.pt")
        started = Backbone(model.shape)
        started.load_state_dict(state["model"])
        torch.testing.assert_close(started(tokens), model(tokens), atol=1e-4, rtol=1e-4)
        return state

    def test_a_folder_gives_weights_tokenizer_and_earlier_tokens(self):
        tokenizer = Tokenizer(train_merges(TEXTS, 300))
        config = tiny_stories_config(tokenizer)
        model = seeded_model(config)
        with tempfile.TemporaryDirectory() as name:
            out = Path(name)
            export_folder(config, model, tokenizer.to_json(), out / "hf", training_tokens=1234)
            prepare_start(out / "hf", config, out)
            state = self.assert_same_start(out, model, torch.arange(5, 35)[None])
            self.assertEqual(load_tokenizer(out / "tokenizer.json").tokens, tokenizer.tokens)
        self.assertEqual(state["earlier_tokens"], 1234)

    def test_a_gguf_file_gives_the_same_weights_and_tokenizer(self):
        tokenizer = Tokenizer(train_merges(TEXTS, 300))
        config = tiny_stories_config(tokenizer)
        model = seeded_model(config)
        with tempfile.TemporaryDirectory() as name:
            out = Path(name)
            export_folder(config, model, tokenizer.to_json(), out / "hf")
            options = [str(out / "hf"), str(out / "model.gguf"), "--name", "tiny", "--license", "apache-2.0", "--type", "f32"]
            self.assertEqual(converter().main(options), 0)
            prepare_start(out / "model.gguf", config, out)
            self.assert_same_start(out, model, torch.arange(5, 35)[None])
            self.assertEqual(load_tokenizer(out / "tokenizer.json").tokens, tokenizer.tokens)

    def test_a_board_gets_tables_whose_sums_are_the_positions(self):
        config = tiny_grid_config()
        model = seeded_model(config)
        with tempfile.TemporaryDirectory() as name:
            out = Path(name)
            export_folder(config, model, grid_tokenizer(6), out / "hf")
            prepare_start(out / "hf", config, out)
            self.assert_same_start(out, model, torch.arange(36)[None] % 9)

    def test_the_first_steps_of_a_run_start_there(self):
        config = tiny_grid_config(budget_tokens=0)
        model = seeded_model(config)
        with tempfile.TemporaryDirectory() as name:
            out = Path(name)
            export_folder(config, model, grid_tokenizer(6), out / "hf", training_tokens=99)
            prepare_start(out / "hf", config, out)
            trainer = Trainer(config, SudokuSource(config, make_training_boards(config), 0), out, 0, 1)
            trainer.run()
        self.assertEqual(trainer.progress.earlier_tokens, 99)
        torch.testing.assert_close(trainer.model.embedding.weight, model.embedding.weight)


if __name__ == "__main__":
    unittest.main()
