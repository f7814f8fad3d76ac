"""The one description of a model and its run, read from a TOML file."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path
from typing import Any


@dataclasses.dataclass(frozen=True)
class ModelShape:
    """A transformer in LLaDA's architecture. `positions` is "rope" or "grid" (row + column + box tables)."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    context: int
    vocabulary: int
    positions: str = "rope"
    rope_theta: float = 10000.0
    norm_epsilon: float = 1e-5
    grid_size: int = 0  # side of the board when positions == "grid"
    box_rows: int = 0
    box_columns: int = 0

    def __post_init__(self) -> None:
        if self.positions not in ("rope", "grid"):
            raise ValueError(f'model.positions is "{self.positions}"; known are "rope" and "grid"')
        if self.width % self.heads or (self.width // self.heads) % 2:
            raise ValueError(f"model.width {self.width} must be an even multiple of model.heads {self.heads}")
        if self.positions == "grid":
            if self.box_rows * self.box_columns != self.grid_size or self.grid_size**2 != self.context:
                raise ValueError("a grid needs box_rows * box_columns == grid_size and grid_size ** 2 == context")


@dataclasses.dataclass(frozen=True)
class TrainingPlan:
    """Budget and rates. `batch_tokens` are (fraction of the budget, tokens per step) pairs, rising in the fraction."""

    budget_tokens: int
    batch_tokens: tuple[tuple[float, int], ...]
    muon_rate: float = 0.02
    adam_rate: float = 3e-3
    warmup_steps: int = 30
    decay_from: float = 0.5  # fraction of the budget after which the rates fall linearly to zero
    processes: int = 2  # single-threaded CPU processes; a GPU run uses one
    wire_copying: bool = False  # start with heads that copy (copying.py)
    checkpoint_minutes: float = 4.0
    log_seconds: float = 30.0

    def tokens_per_step(self, progress: float) -> int:
        return [tokens for start, tokens in self.batch_tokens if start <= progress][-1]

    def rate_scale(self, step: int, progress: float) -> float:
        warmup = min(1.0, (step + 1) / self.warmup_steps)
        decay = min(1.0, (1.0 - progress) / (1.0 - self.decay_from))
        return warmup * max(decay, 0.0)


@dataclasses.dataclass(frozen=True)
class RunConfig:
    name: str
    task: str  # "stories" or "sudoku"
    objective: str  # "mdm" (masked diffusion) or "ar" (autoregressive)
    seed: int
    model: ModelShape
    training: TrainingPlan
    data: dict[str, Any]
    evaluation: dict[str, Any]

    def __post_init__(self) -> None:
        if self.objective not in ("mdm", "ar"):
            raise ValueError(f'objective is "{self.objective}"; known are "mdm" and "ar"')
        if self.task not in ("stories", "sudoku"):
            raise ValueError(f'task is "{self.task}"; known are "stories" and "sudoku"')


def read_toml(path: Path) -> dict[str, Any]:
    """The file's keys over those of the file that it names as `base`."""
    raw = tomllib.loads(path.read_text())
    base = raw.pop("base", None)
    return (read_toml(path.parent / base) if base else {}) | raw


def load_config(path: Path, **plan_overrides: int | None) -> RunConfig:
    """Reads a TOML file. Overrides that are not None replace values of its [training] table."""
    raw = read_toml(path)
    plan = dict(raw["training"])
    plan["batch_tokens"] = tuple((float(start), int(tokens)) for start, tokens in plan["batch_tokens"])
    plan |= {key: value for key, value in plan_overrides.items() if value is not None}
    return RunConfig(
        name=raw["name"],
        task=raw["task"],
        objective=raw["objective"],
        seed=raw["seed"],
        model=ModelShape(**raw["model"]),
        training=TrainingPlan(**plan),
        data=raw.get("data", {}),
        evaluation=raw.get("evaluation", {}),
    )
