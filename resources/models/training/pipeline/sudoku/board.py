"""Sudoku boards of any box shape: solving, generating, and an invariant under the board symmetries.

A board is a list of side * side cells in reading order; 0 is an empty cell.
"""

from __future__ import annotations

import dataclasses
import random
import zlib
from collections import Counter
from functools import cached_property

Board = list[int]


@dataclasses.dataclass(frozen=True)
class Geometry:
    box_rows: int
    box_columns: int

    @property
    def side(self) -> int:
        return self.box_rows * self.box_columns

    @property
    def cells(self) -> int:
        return self.side**2

    @cached_property
    def box_of(self) -> list[int]:
        boxes_across = self.side // self.box_columns
        return [
            cell // self.side // self.box_rows * boxes_across + cell % self.side // self.box_columns for cell in range(self.cells)
        ]


class Solver:
    """Depth-first search over bit masks, always at the empty cell with the fewest candidates."""

    def __init__(self, geometry: Geometry, board: Board, order: random.Random | None = None) -> None:
        self.geometry, self.board, self.order = geometry, list(board), order
        side = geometry.side
        self.units = [(cell // side, side + cell % side, 2 * side + geometry.box_of[cell]) for cell in range(geometry.cells)]
        self.used = [0] * (3 * side)
        self.empty = {cell for cell, digit in enumerate(board) if digit == 0}
        for cell, digit in enumerate(board):
            if digit:
                self.toggle(cell, 1 << digit)
        self.solutions: list[Board] = []

    def toggle(self, cell: int, bit: int) -> None:
        for unit in self.units[cell]:
            self.used[unit] ^= bit

    def taken(self, cell: int) -> int:
        row, column, box = self.units[cell]
        return self.used[row] | self.used[column] | self.used[box]

    def most_constrained(self) -> int:
        best, most = -1, -1
        for cell in self.empty:
            count = self.taken(cell).bit_count()
            if count > most:
                best, most = cell, count
                if count >= self.geometry.side - 1:
                    break
        return best

    def search(self, limit: int) -> list[Board]:
        if not self.empty:
            self.solutions.append(list(self.board))
            return self.solutions
        cell = self.most_constrained()
        taken = self.taken(cell)
        digits = [digit for digit in range(1, self.geometry.side + 1) if not taken >> digit & 1]
        if self.order:
            self.order.shuffle(digits)
        self.empty.remove(cell)
        for digit in digits:
            self.board[cell] = digit
            self.toggle(cell, 1 << digit)
            self.search(limit)
            self.toggle(cell, 1 << digit)
            if len(self.solutions) >= limit:
                break
        self.board[cell] = 0
        self.empty.add(cell)
        return self.solutions


def has_unique_solution(geometry: Geometry, board: Board) -> bool:
    return len(Solver(geometry, board).search(limit=2)) == 1


def random_solution(geometry: Geometry, rng: random.Random) -> Board:
    first_row = rng.sample(range(1, geometry.side + 1), geometry.side)
    return Solver(geometry, first_row + [0] * (geometry.cells - geometry.side), rng).search(limit=1)[0]


def remove_clues(geometry: Geometry, solution: Board, clues: int, rng: random.Random) -> Board:
    """A puzzle with a unique solution: cells are emptied in random order until `clues` are left or, at 0, none can go."""
    puzzle, left = list(solution), geometry.cells
    for cell in rng.sample(range(geometry.cells), geometry.cells):
        if left == clues:
            break
        digit, puzzle[cell] = puzzle[cell], 0
        if has_unique_solution(geometry, puzzle):
            left -= 1
        else:
            puzzle[cell] = digit
    return puzzle


def cycle_type(first: list[int], second: list[int]) -> tuple[int, ...]:
    """Sorted cycle lengths of the permutation of digits that takes one line to another."""
    step = dict(zip(first, second))
    lengths = []
    while step:
        start, length = next(iter(step)), 0
        digit = start
        while digit in step:
            digit, length = step.pop(digit), length + 1
        lengths.append(length)
    return tuple(sorted(lengths))


def line_invariant(lines: list[list[int]], group: int) -> tuple:
    """What no relabelling of digits and no permutation of lines within groups or of groups can change."""
    groups = [lines[start : start + group] for start in range(0, len(lines), group)]
    pairs = []
    for index, one in enumerate(groups):
        inside = sorted(cycle_type(a, b) for i, a in enumerate(one) for b in one[i + 1 :])
        pairs.append(("inside", tuple(inside)))
        for other in groups[index + 1 :]:
            pairs.append(("between", tuple(sorted(cycle_type(a, b) for a in one for b in other))))
    return tuple(sorted(Counter(pairs).items()))


def symmetry_invariant(geometry: Geometry, solution: Board) -> tuple:
    """Equal for boards that a symmetry takes into one another; boards with different values are surely different."""
    side = geometry.side
    rows = [solution[start : start + side] for start in range(0, geometry.cells, side)]
    columns = [solution[start::side] for start in range(side)]
    by_row, by_column = line_invariant(rows, geometry.box_rows), line_invariant(columns, geometry.box_columns)
    if geometry.box_rows == geometry.box_columns:  # only then is transposition a symmetry
        return tuple(sorted([by_row, by_column]))
    return by_row, by_column


def is_held_out(geometry: Geometry, solution: Board) -> bool:
    """One class of boards in eight is kept for testing: no training board is a test board in disguise."""
    return zlib.crc32(repr(symmetry_invariant(geometry, solution)).encode()) % 8 == 0
