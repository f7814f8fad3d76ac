"""Muon for the matrices of the blocks, Adam for embeddings and norms.

Muon: momentum, then the nearest semi-orthogonal matrix by five Newton-Schulz iterations (Jordan et al. 2024).
"""

from __future__ import annotations

from itertools import islice

import torch
import torch.distributed as dist
from torch import Tensor, nn

from pipeline.backbone import Backbone

# Quintic whose iteration drives every singular value into [0.7, 1.2] in five steps: speed matters more than exactness here.
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrices: Tensor) -> Tensor:
    """Semi-orthogonal matrices near those of `matrices` [count, rows, columns], in f32; the products are bf16."""
    rows, columns = matrices.shape[1:]
    x = (matrices.transpose(1, 2) if rows > columns else matrices).bfloat16().contiguous()
    norms = torch.linalg.vector_norm(x, dim=(1, 2), keepdim=True, dtype=torch.float32)
    x = x / (norms + 1e-7).bfloat16()
    a, b, c = NEWTON_SCHULZ
    for _ in range(5):
        gram = x @ x.transpose(1, 2)
        polynomial = torch.baddbmm(gram, gram, gram, beta=b, alpha=c)
        polynomial.diagonal(dim1=1, dim2=2).add_(a)
        x = polynomial @ x
    x = x.float().mul_(max(1.0, rows / columns) ** 0.5)
    return x.transpose(1, 2) if rows > columns else x


def orthogonalise_all(matrices: list[Tensor]) -> list[Tensor]:
    """Those of equal shape in one go: a product of small matrices takes less time than its call."""
    groups: dict[torch.Size, list[int]] = {}
    for index, matrix in enumerate(matrices):
        groups.setdefault(matrix.shape, []).append(index)
    results = list(matrices)
    for indices in groups.values():
        for index, result in zip(indices, orthogonalise(torch.stack([matrices[index] for index in indices]))):
            results[index] = result
    return results


class Muon:
    """Fused projections are orthogonalised part by part. The work is dealt out over the processes of a run."""

    def __init__(self, model: Backbone, momentum: float = 0.95) -> None:
        self.matrices = model.matrices()
        self.momentum = momentum
        self.buffers = [torch.zeros_like(matrix) for matrix in self.matrices]
        fused = {id(block.query_key_value.weight): 3 for block in model.blocks}
        fused |= {id(block.gate_up.weight): 2 for block in model.blocks}
        self.parts = [fused.get(id(matrix), 1) for matrix in self.matrices]

    @torch.no_grad()
    def step(self, rate: float, rank: int, world: int) -> None:
        gradients = [matrix.grad for matrix in self.matrices]
        torch._foreach_mul_(self.buffers, self.momentum)
        torch._foreach_add_(self.buffers, gradients)
        directions = torch._foreach_add(gradients, self.buffers, alpha=self.momentum)
        own = range(rank, len(self.matrices), world)
        orthogonal = iter(orthogonalise_all([part for index in own for part in directions[index].chunk(self.parts[index], 0)]))
        updates = [torch.zeros_like(matrix) for matrix in self.matrices]
        for index in own:
            updates[index] = torch.cat(list(islice(orthogonal, self.parts[index])), 0)
        if world > 1:
            sum_over_processes(updates)
        for matrix, update in zip(self.matrices, updates):
            matrix.add_(update, alpha=-rate)


class Optimizer:
    def __init__(self, model: Backbone, muon_rate: float, adam_rate: float) -> None:
        self.muon = Muon(model)
        matrices = {id(matrix) for matrix in self.muon.matrices}
        others = [parameter for parameter in model.parameters() if id(parameter) not in matrices]
        self.adam = torch.optim.Adam(others, lr=adam_rate, betas=(0.9, 0.95))
        self.muon_rate = muon_rate
        self.adam_rate = adam_rate

    def step(self, scale: float, rank: int, world: int) -> None:
        for group in self.adam.param_groups:
            group["lr"] = self.adam_rate * scale
        self.adam.step()
        self.muon.step(self.muon_rate * scale, rank, world)

    def state(self) -> dict:
        return {"adam": self.adam.state_dict(), "muon": self.muon.buffers}

    def load_state(self, state: dict) -> None:
        self.adam.load_state_dict(state["adam"])
        for buffer, stored in zip(self.muon.buffers, state["muon"]):
            buffer.copy_(stored)


def sum_over_processes(tensors: list[Tensor]) -> None:
    """Replaces every tensor by its sum over the processes, in one message."""
    flat = torch.cat([tensor.reshape(-1) for tensor in tensors])
    dist.all_reduce(flat)
    offset = 0
    for tensor in tensors:
        tensor.copy_(flat[offset : offset + tensor.numel()].view_as(tensor))
        offset += tensor.numel()


def average_gradients(parameters: list[nn.Parameter], world: int) -> None:
    gradients = [parameter.grad for parameter in parameters]
    sum_over_processes(gradients)
    for gradient in gradients:
        gradient.div_(world)
