"""Keys and values that one pass leaves to the next, and what the ways to use them are called."""

import numpy as np

NONE, EXACT, PREFIX, DUAL, SUB_BLOCK = "none", "exact", "prefix", "dual", "sub-block"


class Store:
    """Keys (already turned) and values of every layer by position. What was never kept is NaN, so that no pass can look at it unnoticed."""

    def __init__(self, shape, length):
        space = (shape.layers, shape.kv_heads, length, shape.head_dim)
        self.keys = np.full(space, np.nan)
        self.values = np.full(space, np.nan)
        self.keeps = False  # whether the rows of a pass stay here behind it

    def with_rows(self, layer, rows, keys, values):
        """All keys and values of a layer with those of the pass in their places."""
        stored_keys, stored_values = self.keys[layer], self.values[layer]
        if not self.keeps:
            stored_keys, stored_values = stored_keys.copy(), stored_values.copy()
        stored_keys[:, rows] = keys
        stored_values[:, rows] = values
        return stored_keys, stored_values
