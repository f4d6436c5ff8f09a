"""Muon for the trunk's matrices, AdamW for the rest.

torch.optim.Muon orthogonalises in bfloat16, which is some forty times slower on CPUs without native support;
this one stays in float32 and batches matrices of one shape.
"""

from __future__ import annotations

from collections import defaultdict

import torch
from torch import Tensor, nn

from .model import Nano


def orthogonalise(g: Tensor, steps: int = 5) -> Tensor:
    """Newton-Schulz iteration towards the nearest semi-orthogonal matrix, for [k, rows, columns] (Jordan et al., 2024)."""
    a, b, c = 3.4445, -4.7750, 2.0315
    tall = g.shape[1] > g.shape[2]
    x = g.transpose(1, 2) if tall else g
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        s = x @ x.transpose(1, 2)
        x = a * x + (b * s + c * (s @ s)) @ x
    return x.transpose(1, 2) if tall else x


class Muon(torch.optim.Optimizer):
    """Momentum whose update is orthogonalised, scaled so that AdamW's learning rates fit (RMS 0.2)."""

    def __init__(
        self, params: list[nn.Parameter], lr: float, momentum: float = 0.95, weight_decay: float = 0.02
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:  # type: ignore[override]
        for group in self.param_groups:
            shapes: dict[torch.Size, list[nn.Parameter]] = defaultdict(list)
            for p in group["params"]:
                if p.grad is not None:
                    shapes[p.shape].append(p)
            for shape, params in shapes.items():
                grads = [p.grad for p in params]
                momenta = [self.state[p].setdefault("momentum", torch.zeros_like(p)) for p in params]
                torch._foreach_lerp_(momenta, grads, 1 - group["momentum"])
                updates = torch._foreach_lerp(grads, momenta, group["momentum"])
                scale = 0.2 * max(shape) ** 0.5 * group["lr"]
                torch._foreach_mul_(params, 1 - group["lr"] * group["weight_decay"])
                torch._foreach_add_(params, list(orthogonalise(torch.stack(updates)).unbind()), alpha=-scale)


def optimizers(model: Nano, lr: float) -> list[torch.optim.Optimizer]:
    """Muon for attention and SwiGLU matrices; AdamW for embeddings, norms, biases and the QF2 layer's two matrices."""
    qf2 = {id(p) for p in model.qf2.parameters()}
    trunk = [p for n, p in model.named_parameters() if p.dim() == 2 and "layers" in n and id(p) not in qf2]
    chosen = {id(p) for p in trunk}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    adam = [
        {"params": [p for p in rest if p.dim() == 2], "weight_decay": 0.02},
        {"params": [p for p in rest if p.dim() < 2], "weight_decay": 0.0},
    ]
    return [Muon(trunk, lr), torch.optim.AdamW(adam, lr=lr, betas=(0.9, 0.98), fused=rest[0].is_cuda)]
