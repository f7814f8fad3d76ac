"""The training loop: data-parallel processes or one device, resumable after a kill at any moment."""

from __future__ import annotations

import csv
import dataclasses
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist

from pipeline.backbone import Backbone
from pipeline.batch import DataSource
from pipeline.config import RunConfig
from pipeline.objectives import OBJECTIVES
from pipeline.optimizer import Optimizer, average_gradients, sum_over_processes

CHECKPOINT = "checkpoint.pt"
LOG = "log.csv"
LOG_FIELDS = ["step", "tokens", "wall_seconds", "loss", "rate_scale", "tokens_per_second"]


@dataclasses.dataclass
class Progress:
    step: int = 0
    tokens: int = 0
    wall_seconds: float = 0.0


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
        row = [progress.step, progress.tokens, f"{progress.wall_seconds:.1f}", f"{loss:.4f}", f"{rate_scale:.4f}", f"{tokens_per_second:.0f}"]
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

    def run(self) -> None:
        self.resume()
        log = LossLog(self.out / LOG, self.progress.step) if self.rank == 0 else None
        resumed_at, started = self.progress.wall_seconds, time.monotonic()
        window_loss, window_steps, window_tokens, window_start = 0.0, 0, 0, started
        last_checkpoint = started
        while self.progress.tokens < self.plan.budget_tokens:
            scale = self.plan.rate_scale(self.progress.step, self.progress.tokens / self.plan.budget_tokens)
            checkpoint_due = time.monotonic() - last_checkpoint > 60 * self.plan.checkpoint_minutes
            loss, tokens, checkpoint_now = self.train_step(scale, checkpoint_due)
            self.progress.step += 1
            self.progress.tokens += tokens
            now = time.monotonic()
            self.progress.wall_seconds = resumed_at + now - started
            window_loss, window_steps, window_tokens = window_loss + loss, window_steps + 1, window_tokens + tokens
            if log and now - window_start > self.plan.log_seconds:
                log.append(self.progress, window_loss / window_steps, scale, window_tokens / (now - window_start))
                window_loss, window_steps, window_tokens, window_start = 0.0, 0, 0, now
            if checkpoint_now:
                self.save()
                last_checkpoint = now
        if log and window_steps:
            log.append(self.progress, window_loss / window_steps, 0.0, window_tokens / (time.monotonic() - window_start))
        self.save()

    def train_step(self, scale: float, checkpoint_due: bool) -> tuple[float, int, bool]:
        """One update. Returns the mean loss, the tokens of all processes, and whether the first process wants a checkpoint."""
        progress = self.progress.tokens / self.plan.budget_tokens
        batch = self.source.next_batch(self.plan.tokens_per_step(progress) // self.world)
        # Seeded by the step, so that a resumed run draws the masks that the uninterrupted run would have drawn.
        state = np.random.SeedSequence([self.config.seed, self.progress.step, self.rank]).generate_state(1)
        generator = torch.Generator().manual_seed(int(state[0]))
        with torch.autocast(self.device.type, torch.bfloat16):
            loss = self.loss_of(self.model, batch, generator)
        self.model.zero_grad(set_to_none=True)
        loss.backward()
        shared = torch.tensor([loss.item(), batch.tokens.numel(), float(checkpoint_due and self.rank == 0)], dtype=torch.float64)
        if self.world > 1:
            average_gradients(list(self.model.parameters()), self.world)
            sum_over_processes([shared])
        if not math.isfinite(shared[0].item()):
            raise FloatingPointError(f"the loss is not finite at step {self.progress.step}; lower the rates and resume from the checkpoint")
        self.optimizer.step(scale, self.rank, self.world)
        return shared[0].item() / self.world, int(shared[1].item()), shared[2].item() > 0

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
            return
        state = torch.load(path, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state(state["optimizer"])
        self.progress = Progress(**state["progress"])
        # The number of processes may change between runs: every rank has a stream of its own, a new one starts its own.
        if self.rank < len(state["cursors"]):
            self.source.seek(state["cursors"][self.rank])


def load_trained(config: RunConfig, out: Path) -> tuple[Backbone, Progress]:
    """The weights of the last checkpoint, in f32, for evaluation and export."""
    state = torch.load(out / CHECKPOINT, map_location="cpu")
    model = Backbone(config.model, causal=config.objective == "ar")
    model.load_state_dict(state["model"])
    return model.eval(), Progress(**state["progress"])
