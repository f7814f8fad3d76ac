"""The trainer resumes exactly, the objectives see what they may see, the export keeps the numbers."""

import dataclasses
import json
import signal
import struct
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from pipeline.backbone import Backbone
from pipeline.batch import Batch
from pipeline.bpe import SPECIAL_TOKENS, Tokenizer, train_merges
from pipeline.config import ModelShape, load_config
from pipeline.export import export_folder, grid_tokenizer
from pipeline.objectives import autoregressive_loss, draw_masks
from pipeline.optimizer import NEWTON_SCHULZ, orthogonalise, orthogonalise_all
from pipeline.sudoku.data import SudokuSource, make_training_boards
from pipeline.trainer import LossLog, Progress, Trainer, load_trained, write_thinned_log

CONFIGS = Path(__file__).parent.parent / "configs"


def tiny_grid_config(budget_tokens=36 * 8 * 10):
    config = load_config(CONFIGS / "sudoku-6x6.toml")
    shape = dataclasses.replace(config.model, width=16, layers=2, heads=2, feed_forward=32)
    plan = dataclasses.replace(config.training, budget_tokens=budget_tokens, batch_tokens=((0.0, 36 * 8),), checkpoint_minutes=0.0)
    return dataclasses.replace(config, model=shape, training=plan, data={"boards": 20, "puzzle_share": 0.5})


class Killed(Exception):
    pass


class KilledAfter(SudokuSource):
    batches_left = 5

    def next_batch(self, tokens):
        if self.batches_left == 0:
            raise Killed
        self.batches_left -= 1
        return super().next_batch(tokens)


class Resuming(unittest.TestCase):
    def test_a_killed_and_resumed_run_ends_with_the_same_weights(self):
        config = tiny_grid_config()
        boards = make_training_boards(config)
        with tempfile.TemporaryDirectory() as straight, tempfile.TemporaryDirectory() as broken:
            Trainer(config, SudokuSource(config, boards, 0), Path(straight), 0, 1).run()
            with self.assertRaises(Killed):
                Trainer(config, KilledAfter(config, boards, 0), Path(broken), 0, 1).run()
            Trainer(config, SudokuSource(config, boards, 0), Path(broken), 0, 1).run()

            (expected, progress), (actual, resumed) = load_trained(config, Path(straight)), load_trained(config, Path(broken))
            self.assertEqual((progress.step, progress.tokens), (resumed.step, resumed.tokens))
            for (name, one), other in zip(expected.state_dict().items(), actual.state_dict().values()):
                self.assertTrue(torch.equal(one, other), name)


class StoppedAfter(SudokuSource):
    batches_left = 4

    def next_batch(self, tokens):
        self.batches_left -= 1
        if self.batches_left == 0:
            signal.raise_signal(signal.SIGTERM)
        return super().next_batch(tokens)


class Stopping(unittest.TestCase):
    def test_a_termination_signal_ends_the_run_with_a_checkpoint_of_its_last_step(self):
        config = tiny_grid_config()
        config = dataclasses.replace(config, training=dataclasses.replace(config.training, checkpoint_minutes=60.0))
        with tempfile.TemporaryDirectory() as out:
            finished = Trainer(config, StoppedAfter(config, make_training_boards(config), 0), Path(out), 0, 1).run()
            _, progress = load_trained(config, Path(out))
        self.assertFalse(finished)
        self.assertEqual(progress.step, 4)


class Logging(unittest.TestCase):
    def test_a_thinned_log_keeps_the_first_and_the_last_row(self):
        with tempfile.TemporaryDirectory() as name:
            source, target = Path(name) / "log.csv", Path(name) / "thin.csv"
            log = LossLog(source, 0)
            for step in range(250):
                log.append(Progress(step=step), 1.0, 1.0, 1.0)
            write_thinned_log(source, target)
            steps = [int(row.split(",")[0]) for row in target.read_text().splitlines()[1:]]
        self.assertEqual((steps[0], steps[1], steps[-1]), (0, 3, 249))
        self.assertLessEqual(len(steps), 101)


class Objectives(unittest.TestCase):
    def test_every_row_has_a_mask_and_the_prompt_has_none(self):
        fixed = torch.zeros(64, 20, dtype=torch.bool)
        fixed[:, :15] = True
        masks = draw_masks(fixed, torch.Generator().manual_seed(1))
        self.assertTrue(masks.any(1).all())
        self.assertFalse((masks & fixed).any())

    def test_masking_rates_are_spread_evenly(self):
        masks = draw_masks(torch.zeros(100, 2000, dtype=torch.bool), torch.Generator().manual_seed(2))
        rates = masks.float().mean(1).sort().values
        # The i-th smallest rate lies within one hundredth of i / 100, up to five standard deviations of 2000 draws (0.056).
        self.assertLess((rates - torch.arange(100) / 100).abs().max().item(), 0.01 + 0.056)

    def test_the_causal_twin_does_not_see_what_follows(self):
        shape = ModelShape(width=16, layers=2, heads=2, feed_forward=32, context=12, vocabulary=20)
        torch.manual_seed(0)
        tokens = torch.randint(5, 20, (1, 12))
        changed = tokens.clone()
        changed[0, 7] = 5 + (tokens[0, 7] - 4) % 15
        for causal in (True, False):
            model = Backbone(shape, causal=causal)
            same = torch.isclose(model(tokens), model(changed), atol=1e-6).all(-1)[0]
            self.assertEqual(bool(same[:7].all()), causal)
            self.assertFalse(bool(same[7]))

    def test_filler_after_the_end_is_no_target_of_the_twin(self):
        shape = ModelShape(width=16, layers=1, heads=2, feed_forward=32, context=8, vocabulary=20)
        model = Backbone(shape, causal=True)
        weights = torch.tensor([[1.0, 1, 1, 1, 0, 0, 0, 0]])
        tokens, other = torch.full((1, 8), 7), torch.full((1, 8), 7)
        other[0, 5:] = 9
        fixed = torch.zeros(1, 8, dtype=torch.bool)
        losses = [autoregressive_loss(model, Batch(one, fixed, weights), torch.Generator()) for one in (tokens, other)]
        self.assertAlmostEqual(losses[0].item(), losses[1].item(), places=6)


def newton_schulz(matrix):
    """The iteration on one matrix in f64."""
    x = matrix.double() / matrix.double().norm()
    a, b, c = NEWTON_SCHULZ
    for _ in range(5):
        gram = x @ x.t()
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x * max(1.0, matrix.shape[0] / matrix.shape[1]) ** 0.5


class Muon(unittest.TestCase):
    def test_matrices_of_several_shapes_come_out_in_order_as_one_by_one(self):
        generator = torch.Generator().manual_seed(4)
        shapes = [(48, 96), (96, 48), (48, 48), (48, 96), (48, 48), (96, 48)]
        matrices = [torch.randn(shape, generator=generator) for shape in shapes]
        for matrix, result in zip(matrices, orthogonalise_all(matrices)):
            alone = orthogonalise(matrix[None])[0]
            expected = newton_schulz(matrix)
            self.assertEqual(result.shape, matrix.shape)
            # bf16 rounds by up to 2^-8 of a value some twenty times on the way, and the iteration amplifies early errors of small
            # singular values by up to 3.4 a step; another matrix would be off by 1.4.
            self.assertLess(((result - expected).norm() / expected.norm()).item(), 0.1)
            self.assertLess(((result - alone).norm() / alone.norm()).item(), 0.02)

    def test_orthogonalised_matrices_have_singular_values_near_one(self):
        matrix = torch.randn(48, 96, generator=torch.Generator().manual_seed(3))
        values = torch.linalg.svdvals(orthogonalise(matrix[None])[0])
        # The quintic leaves them in [0.7, 1.2]; bf16 products add a few hundredths.
        self.assertGreater(values.min().item(), 0.6)
        self.assertLess(values.max().item(), 1.3)


class Tokenizing(unittest.TestCase):
    TOKENIZER = Tokenizer(train_merges(["the cat sat on the mat. the cat! 12 cats'" * 3], 300))

    def test_any_text_comes_back(self):
        for text in ("the cat", "  two  spaces\n\n", "naïve 日本 😀", "it's 2026?!", "<|user|>hi<|bot|>"):
            self.assertEqual(self.TOKENIZER.decode(self.TOKENIZER.encode(text)), text)

    def test_frequent_words_become_one_token_and_specials_stay_whole(self):
        self.assertEqual(len(self.TOKENIZER.encode(" cat")), 1)
        self.assertEqual(self.TOKENIZER.encode("<|eot|>"), [2])

    def test_the_file_lists_every_token_once(self):
        stored = self.TOKENIZER.to_json()
        vocabulary = stored["model"]["vocab"]
        self.assertEqual(sorted(vocabulary.values()), list(range(len(vocabulary))))
        self.assertEqual(len(vocabulary), len(SPECIAL_TOKENS) + 256 + len(stored["model"]["merges"]))


def read_safetensors(path):
    blob = path.read_bytes()
    (size,) = struct.unpack("<Q", blob[:8])
    header = json.loads(blob[8 : 8 + size])
    header.pop("__metadata__")
    data = blob[8 + size :]
    return {name: np.frombuffer(data[slice(*t["data_offsets"])], "<f4").reshape(t["shape"]) for name, t in header.items()}


def rms_norm(x, weight):
    return x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-5) * weight


def rotate_pairs(x, theta):
    """RoPE of [heads, length, size]: dimension j turns with j + size / 2."""
    half = x.shape[-1] // 2
    angles = np.arange(x.shape[1])[:, None] * theta ** (-np.arange(half) / half)
    first, second = x[..., :half], x[..., half:]
    cosines, sines = np.cos(angles), np.sin(angles)
    return np.concatenate([first * cosines - second * sines, second * cosines + first * sines], -1)


def exported_logits(folder, tokens):
    """LLaDA's forward pass in double precision, straight from the exported folder: what any reader of it computes."""
    config = json.loads((folder / "config.json").read_text())
    tensors = {name[len("model.transformer.") :]: t.astype(float) for name, t in read_safetensors(folder / "model.safetensors").items()}
    length, heads = len(tokens), config["n_heads"]
    x = tensors["wte.weight"][tokens]
    if not config["rope"]:
        x = x + tensors["wpe.weight"][:length]
    for layer in range(config["n_layers"]):
        weight = {name.split(".")[2]: t for name, t in tensors.items() if name.startswith(f"blocks.{layer}.")}
        h = rms_norm(x, weight["attn_norm"])
        q, k, v = ((h @ weight[n].T).reshape(length, heads, -1).transpose(1, 0, 2) for n in ("q_proj", "k_proj", "v_proj"))
        if config["rope"]:
            q, k = rotate_pairs(q, config["rope_theta"]), rotate_pairs(k, config["rope_theta"])
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
        if config["causal"]:
            scores = np.where(np.triu(np.ones((length, length)), 1) > 0, -np.inf, scores)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = shares / shares.sum(-1, keepdims=True) @ v
        x = x + mixed.transpose(1, 0, 2).reshape(length, -1) @ weight["attn_out"].T
        h = rms_norm(x, weight["ff_norm"])
        gate = h @ weight["ff_proj"].T
        x = x + (gate / (1 + np.exp(-gate)) * (h @ weight["up_proj"].T)) @ weight["ff_out"].T
    return rms_norm(x, tensors["ln_f.weight"]) @ tensors["wte.weight"].T


class Exporting(unittest.TestCase):
    def check_logits(self, config, tokenizer):
        torch.manual_seed(5)
        model = Backbone(config.model, causal=config.objective == "ar")
        for parameter in model.parameters():  # larger than at the start of training, so that every part matters
            parameter.data += 0.2 * torch.randn(parameter.shape)
        tokens = torch.randint(0, config.model.vocabulary, (1, min(36, config.model.context)))
        with tempfile.TemporaryDirectory() as folder:
            export_folder(config, model, tokenizer, Path(folder))
            expected = exported_logits(Path(folder), tokens[0].numpy())
        # F32 sums of at most 192 products of size one in each of a dozen products: far below 1e-3 of logits of size ten.
        np.testing.assert_allclose(model(tokens)[0].detach().numpy(), expected, atol=1e-3 * np.abs(expected).max())

    def test_a_reader_of_the_folder_gets_the_logits_of_the_model(self):
        small = dict(width=32, layers=2, heads=2, feed_forward=48)
        for name in ("stories", "stories-ar", "sudoku-6x6"):
            with self.subTest(name):
                config = load_config(CONFIGS / f"{name}.toml")
                self.check_logits(dataclasses.replace(config, model=dataclasses.replace(config.model, **small)), grid_tokenizer(6))

    def test_a_grid_declares_its_layout(self):
        config = tiny_grid_config()
        with tempfile.TemporaryDirectory() as folder:
            export_folder(config, Backbone(config.model), grid_tokenizer(6), Path(folder))
            stored = json.loads((Path(folder) / "config.json").read_text())
        self.assertEqual(stored["grid"], {"rows": 6, "columns": 6, "box_rows": 2, "box_columns": 3})
        self.assertFalse(stored["rope"])

    def test_the_position_table_gives_the_hidden_states_of_the_three_tables(self):
        config = tiny_grid_config()
        model = Backbone(config.model)
        rows, columns, boxes = (table.weight for table in model.positions.tables)
        cell = 6 * 3 + 4  # row 3, column 4; boxes are 2 x 3, so box 1 * 2 + 1 = 3
        torch.testing.assert_close(model.positions()[cell], rows[3] + columns[4] + boxes[3])


if __name__ == "__main__":
    unittest.main()
