"""What differs between the kinds of models: where the data comes from and how a result is judged."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from pipeline.backbone import Backbone
from pipeline.batch import DataSource
from pipeline.bpe import Tokenizer, load_tokenizer, train_merges
from pipeline.config import RunConfig
from pipeline.export import export_folder, grid_tokenizer
from pipeline.stories.documents import documents
from pipeline.stories.evaluate import evaluate_stories
from pipeline.stories.source import StorySource
from pipeline.sudoku import data as sudoku_data
from pipeline.sudoku.evaluate import solve_rates


class Task(Protocol):
    def prepare(self, config: RunConfig, out: Path) -> None: ...

    def source(self, config: RunConfig, out: Path, rank: int) -> DataSource: ...

    def evaluate(self, config: RunConfig, out: Path, model: Backbone) -> dict[str, Any]: ...

    def export(self, config: RunConfig, out: Path, model: Backbone, training_tokens: int) -> None: ...


class SudokuTask:
    def boards(self, config: RunConfig, out: Path) -> dict:
        return sudoku_data.cached(out / "boards.json", lambda: sudoku_data.make_training_boards(config))

    def prepare(self, config: RunConfig, out: Path) -> None:
        self.boards(config, out)

    def source(self, config: RunConfig, out: Path, rank: int) -> DataSource:
        return sudoku_data.SudokuSource(config, self.boards(config, out), rank)

    def evaluate(self, config: RunConfig, out: Path, model: Backbone) -> dict[str, Any]:
        tests = sudoku_data.cached(out / "test_puzzles.json", lambda: sudoku_data.make_test_puzzles(config))
        return {"solve_rates": solve_rates(model, tests, config.evaluation["cells_per_step"])}

    def export(self, config: RunConfig, out: Path, model: Backbone, training_tokens: int) -> None:
        export_folder(config, model, grid_tokenizer(config.model.grid_size), out / "hf", training_tokens)


class StoriesTask:
    def tokenizer(self, out: Path) -> Tokenizer:
        return load_tokenizer(out / "tokenizer.json")

    def prepare(self, config: RunConfig, out: Path) -> None:
        path = out / "tokenizer.json"
        if path.exists():
            return
        stream = documents(config.data["mix"], f"{config.seed}/tokenizer", held_out=False)
        texts = (document.text for document in islice(stream, config.data["tokenizer_documents"]))
        path.write_text(json.dumps(Tokenizer(train_merges(texts, config.model.vocabulary)).to_json()))

    def source(self, config: RunConfig, out: Path, rank: int) -> DataSource:
        return StorySource(config, self.tokenizer(out), rank)

    def evaluate(self, config: RunConfig, out: Path, model: Backbone) -> dict[str, Any]:
        return evaluate_stories(config, self.tokenizer(out), model)

    def export(self, config: RunConfig, out: Path, model: Backbone, training_tokens: int) -> None:
        export_folder(config, model, self.tokenizer(out).to_json(), out / "hf", training_tokens)


def task_of(config: RunConfig) -> Task:
    return SudokuTask() if config.task == "sudoku" else StoriesTask()
