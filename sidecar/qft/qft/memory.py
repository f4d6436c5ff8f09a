"""The learning rules on tensors: `hebbian` (QF2 paper, equation 3) and `margin`."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

EPS = 1e-3


@dataclass(frozen=True)
class Memory:
    """What was written: pre'(x) = pre(x) + (x - mu) @ delta, delta [d, ffn]."""

    delta: Tensor
    mu: Tensor

    def pre(self, pre: Tensor, keys: Tensor) -> Tensor:
        return pre + (keys - self.mu) @ self.delta


def hebbian(keys: Tensor, firing: Tensor, significance: Tensor, rate: float) -> Tensor:
    """Equation 3: the sum over positions of sig * rate * (y* - 0.5) x^T, as [d, ffn]."""
    return keys.T @ (significance[:, None] * rate * (firing - 0.5))


def write(
    keys: Tensor, pre: Tensor, sign: Tensor, significance: Tensor, margin: Tensor | float, mu: Tensor, sweeps: int = 1
) -> Tensor:
    """One margin write of all positions at once, differentiable: delta [d, ffn].

    `keys` and `pre` [n, .] are from the update phase, `sign` [n, ffn] in [-1, 1] from the instruct phase.
    Further `sweeps` correct, at half strength, what the positions did to one another: a cheap stand-in for replay.
    """
    centred = keys - mu
    unit = centred / (centred.square().sum(1, keepdim=True) + EPS)
    weight = significance[:, None]
    delta = unit.T @ (sign * torch.relu(margin - sign * pre) * weight)
    for _ in range(sweeps - 1):
        now = pre + centred @ delta
        delta = delta + unit.T @ (sign * torch.relu(margin - sign * now) * weight * 0.5)
    return delta


@torch.no_grad()
def replay(keys: Tensor, pre: Tensor, sign: Tensor, margin: Tensor | float, mu: Tensor, sweeps: int) -> Tensor:
    """Margin writes one position after another, in sweeps until every margin holds: delta [d, ffn]."""
    centred = keys - mu
    gram = centred @ centred.T
    norm = centred.square().sum(1) + EPS
    now = pre.clone()
    coefficient = torch.zeros_like(pre)
    for _ in range(sweeps):
        worst = 0.0
        for t in range(len(keys)):
            miss = torch.relu(margin - sign[t] * now[t])
            top = miss.max().item()
            if top < 1e-3:
                continue
            worst = max(worst, top)
            step = sign[t] * miss / norm[t]
            coefficient[t] += step
            now += gram[t][:, None] * step[None]
        if worst < 1e-2:
            break
    return centred.T @ coefficient
