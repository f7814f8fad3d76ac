"""Boards, uniqueness, and the split by board symmetry."""

import dataclasses
import random
import unittest
from pathlib import Path

from pipeline.config import load_config
from pipeline.sudoku.board import Geometry, Solver, has_unique_solution, is_held_out, random_solution, remove_clues, symmetry_invariant
from pipeline.sudoku.data import FIRST_DIGIT_ID, SudokuSource, make_test_puzzles
from pipeline.statistics import wilson_interval

CONFIGS = {size: load_config(Path(__file__).parent.parent / f"configs/sudoku-{size}x{size}.toml") for size in (6, 9)}
SIX, NINE = Geometry(2, 3), Geometry(3, 3)


def is_solved(geometry, board):
    lines = [[] for _ in range(3 * geometry.side)]
    for cell, (row, column, box) in enumerate(Solver(geometry, [0] * geometry.cells).units):
        for line in (row, column, box):
            lines[line].append(board[cell])
    return all(sorted(line) == list(range(1, geometry.side + 1)) for line in lines)


class Boards(unittest.TestCase):
    def test_random_solutions_keep_the_rules(self):
        for geometry in (SIX, NINE):
            for seed in range(20):
                self.assertTrue(is_solved(geometry, random_solution(geometry, random.Random(seed))))

    def test_two_solutions_are_told_from_one(self):
        solution = random_solution(SIX, random.Random(1))
        self.assertTrue(has_unique_solution(SIX, solution))
        self.assertFalse(has_unique_solution(SIX, [0] * 36))

    def test_minimal_puzzles_are_unique_and_lose_that_with_any_clue(self):
        rng = random.Random(2)
        puzzle = remove_clues(SIX, random_solution(SIX, rng), 0, rng)
        self.assertTrue(has_unique_solution(SIX, puzzle))
        for cell in (cell for cell, digit in enumerate(puzzle) if digit):
            self.assertFalse(has_unique_solution(SIX, puzzle[:cell] + [0] + puzzle[cell + 1 :]))

    def test_a_number_of_clues_is_kept(self):
        rng = random.Random(3)
        self.assertEqual(sum(digit > 0 for digit in remove_clues(NINE, random_solution(NINE, rng), 40, rng)), 40)


class Symmetry(unittest.TestCase):
    def test_disguised_boards_stay_solved_and_keep_their_invariant(self):
        for size, geometry in ((6, SIX), (9, NINE)):
            solution = random_solution(geometry, random.Random(4))
            source = SudokuSource(CONFIGS[size], {"solutions": [solution], "puzzles": [solution]}, rank=0)
            for row in source.next_batch(geometry.cells * 20).tokens:
                board = [int(token) - FIRST_DIGIT_ID + 1 for token in row]
                self.assertTrue(is_solved(geometry, board))
                self.assertEqual(symmetry_invariant(geometry, board), symmetry_invariant(geometry, solution))

    def test_the_invariant_tells_boards_apart(self):
        boards = [random_solution(NINE, random.Random(seed)) for seed in range(100)]
        self.assertEqual(len({symmetry_invariant(NINE, board) for board in boards}), 100)

    def test_test_boards_are_held_out(self):
        puzzles = make_test_puzzles(dataclasses.replace(CONFIGS[6], evaluation={"puzzles": 20, "clues": []}))["minimal"]
        self.assertTrue(all(is_held_out(SIX, case["solution"]) for case in puzzles))


class Interval(unittest.TestCase):
    def test_wilson_matches_published_values(self):
        # Newcombe 1998, table I, method 3: 81 of 263.
        low, high = wilson_interval(81, 263)
        self.assertAlmostEqual(low, 0.2553, places=4)
        self.assertAlmostEqual(high, 0.3662, places=4)


if __name__ == "__main__":
    unittest.main()
