"""Training batches and test puzzles. Tokens are the digits themselves, moved behind the special ids."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pipeline.batch import Batch
from pipeline.config import RunConfig
from pipeline.sudoku.board import Board, Geometry, is_held_out, random_solution, remove_clues

SPECIAL_TOKENS = ["<|mask|>", "<|pad|>", "<|eot|>"]
FIRST_DIGIT_ID = len(SPECIAL_TOKENS)  # the id of digit 1


def geometry_of(config: RunConfig) -> Geometry:
    return Geometry(config.model.box_rows, config.model.box_columns)


def draw_solutions(geometry: Geometry, count: int, held_out: bool, rng: random.Random) -> list[Board]:
    solutions: list[Board] = []
    while len(solutions) < count:
        solution = random_solution(geometry, rng)
        if is_held_out(geometry, solution) == held_out:
            solutions.append(solution)
    return solutions


def make_training_boards(config: RunConfig) -> dict[str, list[Board]]:
    """Solutions, and for each a minimal puzzle whose clues say which cells a real puzzle shows."""
    geometry, rng = geometry_of(config), random.Random(config.seed)
    solutions = draw_solutions(geometry, config.data["boards"], held_out=False, rng=rng)
    return {"solutions": solutions, "puzzles": [remove_clues(geometry, solution, 0, rng) for solution in solutions]}


def make_test_puzzles(config: RunConfig) -> dict[str, list[dict[str, Board]]]:
    """Puzzles on held-out boards by difficulty: `minimal` (no clue can be removed) or a number of clues."""
    geometry, rng = geometry_of(config), random.Random(config.seed + 1)
    solutions = draw_solutions(geometry, config.evaluation["puzzles"], held_out=True, rng=rng)
    levels = {"minimal": 0} | {f"{clues} clues": clues for clues in config.evaluation["clues"]}
    return {
        level: [{"puzzle": remove_clues(geometry, solution, clues, rng), "solution": solution} for solution in solutions]
        for level, clues in levels.items()
    }


def cached(path: Path, make: Any) -> Any:
    """The JSON in `path`, made on first use."""
    if not path.exists():
        path.write_text(json.dumps(make()))
    return json.loads(path.read_text())


class SudokuSource:
    """Random boards: the pool under random symmetries. Every batch is seeded by (seed, rank, batch number)."""

    def __init__(self, config: RunConfig, boards: dict[str, list[Board]], rank: int) -> None:
        self.geometry = geometry_of(config)
        side = self.geometry.side
        self.solutions = np.array(boards["solutions"]).reshape(-1, side, side)
        self.clues = np.array(boards["puzzles"]).reshape(-1, side, side) > 0
        self.puzzle_share = config.data["puzzle_share"]
        self.seed, self.rank, self.number = config.seed, rank, 0

    def cursor(self) -> list[int]:
        return [self.number]

    def seek(self, cursor: list[int]) -> None:
        (self.number,) = cursor

    def line_order(self, group: int, rng: np.random.Generator) -> np.ndarray:
        starts = rng.permutation(self.geometry.side // group) * group
        return np.concatenate([start + rng.permutation(group) for start in starts])

    def disguise(self, solution: np.ndarray, clues: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """A random symmetry of the board, applied to the solution and to the places of its clues."""
        side = self.geometry.side
        rows, columns = self.line_order(self.geometry.box_rows, rng), self.line_order(self.geometry.box_columns, rng)
        solution, clues = solution[rows][:, columns], clues[rows][:, columns]
        if self.geometry.box_rows == self.geometry.box_columns and rng.random() < 0.5:
            solution, clues = solution.T, clues.T
        labels = np.concatenate([[0], rng.permutation(side) + FIRST_DIGIT_ID])
        return labels[solution].reshape(-1), clues.reshape(-1)

    def next_batch(self, tokens: int) -> Batch:
        rng = np.random.default_rng([self.seed, self.rank, self.number])
        self.number += 1
        count = max(1, tokens // self.geometry.cells)
        chosen = rng.integers(0, len(self.solutions), count)
        pairs = [self.disguise(self.solutions[index], self.clues[index], rng) for index in chosen]
        solutions = torch.from_numpy(np.stack([solution for solution, _ in pairs]))
        clues = torch.from_numpy(np.stack([clue for _, clue in pairs]))
        # A share of the rows always shows the clues of a real puzzle; the others mask any cells.
        fixed = clues & (torch.from_numpy(rng.random(count)) < self.puzzle_share)[:, None]
        return Batch(tokens=solutions, fixed=fixed, weights=torch.ones(solutions.shape))
