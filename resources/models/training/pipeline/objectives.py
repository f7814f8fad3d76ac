"""The two objectives. The twins differ in this file and in the attention mask, in nothing else."""

from __future__ import annotations

import torch
from torch import Tensor

from pipeline.backbone import Backbone
from pipeline.batch import Batch
from pipeline.fused import LinearCrossEntropy

MASK_ID = 0


def draw_masks(fixed: Tensor, generator: torch.Generator) -> Tensor:
    """Masks [batch, length] with a masking rate per row that is spread evenly over (0, 1] (low-discrepancy rates).

    Every row gets at least one mask: rows without a target would waste their share of the batch.
    """
    batch = fixed.shape[0]
    offset = torch.rand(1, generator=generator)
    rates = ((offset + torch.arange(batch) / batch) % 1).clamp(min=1e-3)
    draws = torch.rand(fixed.shape, generator=generator).masked_fill_(fixed, 2.0)
    masks = draws < rates[:, None]
    lowest = draws.argmin(1)
    masks[torch.arange(batch), lowest] = True
    return masks


def weighted_mean(losses: Tensor, weights: Tensor) -> Tensor:
    return (losses * weights).sum() / weights.sum().clamp(min=1e-6)


def masked_diffusion_loss(model: Backbone, batch: Batch, generator: torch.Generator) -> Tensor:
    """Mean cross-entropy over the masked positions. Without LLaDA's 1/t factor: measured better at this size."""
    masks = draw_masks(batch.fixed, generator)
    device = model.embedding.weight.device
    tokens, masks, weights = batch.tokens.to(device), masks.to(device), batch.weights.to(device)
    hidden = model.hidden(tokens.masked_fill(masks, MASK_ID))
    losses = LinearCrossEntropy.apply(hidden[masks], model.embedding.weight, tokens[masks])
    return weighted_mean(losses, weights[masks])


def autoregressive_loss(model: Backbone, batch: Batch, generator: torch.Generator) -> Tensor:
    """Mean cross-entropy of every token given the ones before it (the first token is given)."""
    del generator  # nothing is drawn; the signature is the objectives' common one
    device = model.embedding.weight.device
    tokens, weights = batch.tokens.to(device), batch.weights.to(device)[:, 1:]
    targets = weights > 0
    hidden = model.hidden(tokens[:, :-1])
    losses = LinearCrossEntropy.apply(hidden[targets], model.embedding.weight, tokens[:, 1:][targets])
    return weighted_mean(losses, weights[targets])


OBJECTIVES = {"mdm": masked_diffusion_loss, "ar": autoregressive_loss}
