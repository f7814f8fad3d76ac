"""Boards, puzzles with unique solutions, and batches for the Sudoku models."""
