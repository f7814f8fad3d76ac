"""The training loop: data-parallel processes or one device, resumable after a kill at any moment."""

from __future__ import annotations

import csv
import dataclasses
import math
import os
import signal
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist

from pipeline.backbone import Backbone
from pipeline.batch import DataSource
from pipeline.config import RunConfig
from pipeline.copying import wire_copying
from pipeline.objectives import OBJECTIVES
from pipeline.optimizer import Optimizer, average_gradients, sum_over_processes

CHECKPOINT = "checkpoint.pt"
START = "start.pt"
LOG = "log.csv"
LOG_FIELDS = ["step", "tokens", "wall_seconds", "cpu_seconds", "loss", "rate_scale", "tokens_per_second"]


@dataclasses.dataclass
class Progress:
    step: int = 0
    tokens: int = 0
    wall_seconds: float = 0.0  # pauses included
    cpu_seconds: float = 0.0  # of the first process
    earlier_tokens: int = 0  # that the weights this run started from had been trained on; `tokens` come on top of them


class Clock:
    """Wall and CPU time of a run across its interruptions."""

    def __init__(self, progress: Progress) -> None:
        self.wall = time.monotonic() - progress.wall_seconds
        self.cpu = time.process_time() - progress.cpu_seconds

    def read_into(self, progress: Progress) -> None:
        progress.wall_seconds = time.monotonic() - self.wall
        progress.cpu_seconds = time.process_time() - self.cpu


class Window:
    """What happened since the last row of the log."""

    def __init__(self) -> None:
        self.started, self.loss, self.steps, self.tokens = time.monotonic(), 0.0, 0, 0

    def add(self, loss: float, tokens: int) -> None:
        self.loss, self.steps, self.tokens = self.loss + loss, self.steps + 1, self.tokens + tokens

    def seconds(self) -> float:
        return time.monotonic() - self.started

    def mean_loss(self) -> float:
        return self.loss / self.steps


def write_thinned_log(source: Path, target: Path, most_rows: int = 100) -> None:
    """The log that is kept beside the weights: every n-th row and the last one."""
    with source.open(newline="") as file:
        rows = list(csv.DictReader(file))
    stride = max(1, -(-len(rows) // most_rows))
    with target.open("w", newline="") as file:
        writer = csv.DictWriter(file, LOG_FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows[:-1:stride], rows[-1]])


class LossLog:
    """`log.csv` beside the weights. Rows after the checkpoint a run resumes from are dropped, so a step stands there once."""

    def __init__(self, path: Path, resumed_step: int) -> None:
        rows = []
        if path.exists():
            with path.open(newline="") as file:
                rows = [row for row in csv.DictReader(file) if int(row["step"]) <= resumed_step]
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, LOG_FIELDS)
            writer.writeheader()
            writer.writerows(rows)
        self.path = path

    def append(self, progress: Progress, loss: float, rate_scale: float, tokens_per_second: float) -> None:
        times = [f"{progress.wall_seconds:.1f}", f"{progress.cpu_seconds:.1f}"]
        row = [progress.step, progress.tokens, *times, f"{loss:.4f}", f"{rate_scale:.4f}", f"{tokens_per_second:.0f}"]
        with self.path.open("a", newline="") as file:
            csv.writer(file).writerow(row)
        print(dict(zip(LOG_FIELDS, row)), flush=True)


class Trainer:
    def __init__(self, config: RunConfig, source: DataSource, out: Path, rank: int, world: int) -> None:
        self.config, self.plan, self.source, self.out = config, config.training, source, out
        self.rank, self.world = rank, world
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(config.seed)
        self.model = Backbone(config.model, causal=config.objective == "ar").to(self.device)
        self.optimizer = Optimizer(self.model, self.plan.muon_rate, self.plan.adam_rate)
        self.loss_of = OBJECTIVES[config.objective]
        self.progress = Progress()
        self.stop_requested = False  # set by the signal in one process
        self.stopping = False  # agreed on by all

    def run(self) -> bool:
        """Trains until the budget is spent (True) or the first process is asked to end by SIGTERM (False)."""
        self.resume()
        signal.signal(signal.SIGTERM, self.request_stop)
        log = LossLog(self.out / LOG, self.progress.step) if self.rank == 0 else None
        clock, window = Clock(self.progress), Window()
        last_checkpoint = time.monotonic()
        while self.progress.tokens < self.plan.budget_tokens and not self.stopping:
            scale = self.plan.rate_scale(self.progress.step, self.progress.tokens / self.plan.budget_tokens)
            checkpoint_due = time.monotonic() - last_checkpoint > 60 * self.plan.checkpoint_minutes
            loss, tokens, checkpoint_due = self.train_step(scale, checkpoint_due)
            self.progress.step += 1
            self.progress.tokens += tokens
            clock.read_into(self.progress)
            window.add(loss, tokens)
            if log and window.seconds() > self.plan.log_seconds:
                log.append(self.progress, window.mean_loss(), scale, window.tokens / window.seconds())
                window = Window()
            if checkpoint_due:
                self.save()
                last_checkpoint = time.monotonic()
        if log and window.steps:
            log.append(self.progress, window.mean_loss(), scale, window.tokens / window.seconds())
        self.save()
        return not self.stopping

    def request_stop(self, *_: object) -> None:
        self.stop_requested = True

    def train_step(self, scale: float, checkpoint_due: bool) -> tuple[float, int, bool]:
        """One update. Returns the mean loss, the tokens of all processes, and whether a checkpoint is due.

        The first process alone decides on checkpoints and on stopping; it tells the others together with the loss.
        """
        progress = self.progress.tokens / self.plan.budget_tokens
        batch = self.source.next_batch(self.plan.tokens_per_step(progress) // self.world)
        # Seeded by the step, so that a resumed run draws the masks that the uninterrupted run would have drawn.
        state = np.random.SeedSequence([self.config.seed, self.progress.step, self.rank]).generate_state(1)
        generator = torch.Generator().manual_seed(int(state[0]))
        with torch.autocast(self.device.type, torch.bfloat16):
            loss = self.loss_of(self.model, batch, generator)
        self.model.zero_grad(set_to_none=True)
        loss.backward()
        first = self.rank == 0
        words = [loss.item() / self.world, batch.tokens.numel(), first and checkpoint_due, first and self.stop_requested]
        shared = torch.tensor(words, dtype=torch.float64)
        if self.world > 1:
            average_gradients(list(self.model.parameters()), self.world)
            sum_over_processes([shared])
        mean_loss, tokens, checkpoint, stop = shared.tolist()
        if not math.isfinite(mean_loss):
            raise FloatingPointError(f"the loss is not finite at step {self.progress.step}; lower the rates and resume from the checkpoint")
        self.optimizer.step(scale, self.rank, self.world)
        self.stopping = stop > 0
        return mean_loss, int(tokens), checkpoint > 0

    def all_cursors(self) -> list[list[int]]:
        cursor = torch.tensor(self.source.cursor(), dtype=torch.int64)
        if self.world == 1:
            return [cursor.tolist()]
        gathered = [torch.zeros_like(cursor) for _ in range(self.world)]
        dist.all_gather(gathered, cursor)
        return [one.tolist() for one in gathered]

    def save(self) -> None:
        """Replaces the checkpoint in one rename, so that a kill leaves the old one or the new one."""
        cursors = self.all_cursors()
        if self.rank != 0:
            return
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state(),
            "progress": dataclasses.asdict(self.progress),
            "cursors": cursors,
        }
        partial = self.out / (CHECKPOINT + ".partial")
        torch.save(state, partial)
        os.replace(partial, self.out / CHECKPOINT)

    def resume(self) -> None:
        path = self.out / CHECKPOINT
        if not path.exists():
            self.start()
            return
        state = torch.load(path, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state(state["optimizer"])
        self.progress = Progress(**state["progress"])
        # The number of processes may change between runs: every rank has a stream of its own, a new one starts its own.
        if self.rank < len(state["cursors"]):
            self.source.seek(state["cursors"][self.rank])

    def start(self) -> None:
        """From the weights that `--start-from` left here, if it did; from random ones otherwise, which may hold a circuit for copying."""
        if not (self.out / START).exists():
            if self.plan.wire_copying:
                wire_copying(self.model)
            return
        state = torch.load(self.out / START, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.progress.earlier_tokens = state["earlier_tokens"]


def load_trained(config: RunConfig, out: Path) -> tuple[Backbone, Progress]:
    """The weights of the last checkpoint, in f32, for evaluation and export."""
    state = torch.load(out / CHECKPOINT, map_location="cpu")
    model = Backbone(config.model, causal=config.objective == "ar")
    model.load_state_dict(state["model"])
    return model.eval(), Progress(**state["progress"])
