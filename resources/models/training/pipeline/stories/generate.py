"""Writes text with either objective, greedily: the development twin of the engine's samplers."""

from __future__ import annotations

import torch
from torch import Tensor

from pipeline.backbone import Backbone
from pipeline.bpe import END_ID
from pipeline.objectives import MASK_ID

OPEN = -1  # a slot to be written


@torch.no_grad()
def denoise(model: Backbone, canvases: Tensor, temperature: float = 0.0, generator: torch.Generator | None = None) -> Tensor:
    """Commits the most confident open slot of every canvas [batch, length] per step.

    With a temperature the token is drawn by the Gumbel trick; its confidence stays the model's plain probability.
    """
    canvases = canvases.clone()
    rows = torch.arange(len(canvases))
    while (canvases == OPEN).any():
        still_open = canvases == OPEN
        logits = model(canvases.masked_fill(still_open, MASK_ID)).float()
        logits[..., MASK_ID] = float("-inf")
        tokens = draw(logits, temperature, generator)
        confidence = logits.softmax(-1).gather(-1, tokens[..., None])[..., 0].masked_fill(~still_open, -1.0)
        best = confidence.argmax(-1)
        unfinished = still_open.any(-1)
        canvases[rows[unfinished], best[unfinished]] = tokens[rows, best][unfinished]
    return canvases


def draw(logits: Tensor, temperature: float, generator: torch.Generator | None) -> Tensor:
    if temperature == 0.0:
        return logits.argmax(-1)
    noise = -torch.log(-torch.log(torch.rand(logits.shape, generator=generator, dtype=torch.float64).clamp(1e-300)))
    return (logits.double() + temperature * noise).argmax(-1)


@torch.no_grad()
def write_left_to_right(model: Backbone, canvases: Tensor, temperature: float = 0.0, generator: torch.Generator | None = None) -> Tensor:
    """Autoregressive: the open slots of all canvases are the same suffix; slots after the first end token are end tokens."""
    canvases = canvases.clone()
    first = int((canvases[0] == OPEN).nonzero()[0])
    ended = torch.zeros(len(canvases), dtype=torch.bool)
    for slot in range(first, canvases.shape[1]):
        logits = model(canvases[:, :slot])[:, -1].float()
        logits[..., MASK_ID] = float("-inf")
        tokens = draw(logits, temperature, generator).masked_fill(ended, END_ID)
        canvases[:, slot] = tokens
        ended |= tokens == END_ID
    return canvases


def complete(
    model: Backbone, prompts: list[list[int]], slots: int, temperature: float = 0.0, seed: int = 0, rows_at_once: int = 32
) -> list[list[int]]:
    """What the model writes into `slots` slots after each prompt, up to the first end token. Equal lengths run together."""
    answers: list[list[int]] = [[] for _ in prompts]
    by_length = sorted(range(len(prompts)), key=lambda index: len(prompts[index]))
    while by_length:
        length = len(prompts[by_length[0]])
        group = [index for index in by_length if len(prompts[index]) == length][:rows_at_once]
        by_length = by_length[len(group) :]
        canvases = torch.tensor([prompts[index] + [OPEN] * slots for index in group])
        generator = torch.Generator().manual_seed(seed + group[0])
        write = write_left_to_right if model.causal else denoise
        for index, canvas in zip(group, write(model, canvases, temperature, generator).tolist()):
            written = canvas[length:]
            answers[index] = written[: written.index(END_ID)] if END_ID in written else written
    return answers
