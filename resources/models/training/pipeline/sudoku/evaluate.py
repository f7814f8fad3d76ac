"""Solve rates by the order in which cells are committed: the same weights, only the order differs."""

from __future__ import annotations

import torch
from torch import Tensor

from pipeline.backbone import Backbone
from pipeline.objectives import MASK_ID
from pipeline.statistics import proportion
from pipeline.sudoku.board import Board
from pipeline.sudoku.data import FIRST_DIGIT_ID

ORDERS = ("confidence", "margin", "random", "left-to-right")


def order_scores(order: str, probabilities: Tensor, generator: torch.Generator) -> Tensor:
    """Scores [batch, cells]; the open cells with the highest ones are committed."""
    if order == "confidence":
        return probabilities.max(-1).values
    if order == "margin":
        top = probabilities.topk(2, -1).values
        return top[..., 0] - top[..., 1]
    if order == "random":
        return torch.rand(probabilities.shape[:2], generator=generator)
    return -torch.arange(probabilities.shape[1]).float().expand(probabilities.shape[:2])


@torch.no_grad()
def fill_in(model: Backbone, boards: Tensor, order: str, per_step: int, generator: torch.Generator) -> Tensor:
    """Commits the `per_step` best open cells of every board per forward pass until none is open."""
    boards = boards.clone()
    while (boards == MASK_ID).any():
        logits = model(boards).float()
        logits[..., :FIRST_DIGIT_ID] = float("-inf")
        scores = order_scores(order, logits.softmax(-1), generator).masked_fill(boards != MASK_ID, float("-inf"))
        best = scores.topk(per_step, -1)
        digits = logits.argmax(-1).gather(1, best.indices)
        still_open = best.values > float("-inf")
        boards.scatter_(1, best.indices, torch.where(still_open, digits, boards.gather(1, best.indices)))
    return boards


def to_tokens(boards: list[Board]) -> Tensor:
    digits = torch.tensor(boards)
    return torch.where(digits > 0, digits + FIRST_DIGIT_ID - 1, torch.full_like(digits, MASK_ID))


def solve_rates(model: Backbone, tests: dict[str, list[dict[str, Board]]], cells_per_step: list[int]) -> list[dict]:
    """One row per level, order and number of cells committed per step."""
    results = []
    for level, cases in tests.items():
        puzzles, solutions = to_tokens([case["puzzle"] for case in cases]), to_tokens([case["solution"] for case in cases])
        for order in ORDERS:
            for per_step in cells_per_step:
                generator = torch.Generator().manual_seed(0)
                filled = torch.cat([fill_in(model, part, order, per_step, generator) for part in puzzles.split(200)])
                solved = int((filled == solutions).all(1).sum())
                clues = float((puzzles != MASK_ID).float().sum(1).mean())
                case = dict(level=level, mean_clues=round(clues, 1), order=order, cells_per_step=per_step)
                results.append(case | proportion(solved, len(cases)))
                print(results[-1], flush=True)
    return results
