"""What a data source hands to the trainer."""

from __future__ import annotations

import dataclasses
from typing import Protocol

from torch import Tensor


@dataclasses.dataclass
class Batch:
    tokens: Tensor  # [batch, length] int64, without masks
    fixed: Tensor  # [batch, length] bool: the prompt; always visible and never a target of masked diffusion
    weights: Tensor  # [batch, length] f32: share of a position in the loss; 0 beyond the document's end for "ar"


class DataSource(Protocol):
    """An endless, seeded stream. `cursor` and `seek` make a resumed run see what the uninterrupted one would have seen."""

    def next_batch(self, tokens: int) -> Batch: ...

    def cursor(self) -> list[int]: ...

    def seek(self, cursor: list[int]) -> None: ...
