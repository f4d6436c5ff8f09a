"""What the QF2 layer learns, on tensors: the key expansion, and the rules `hebbian` (paper, equation 3) and `margin`."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Expansion:
    """Sparse code of a key: of z = weight x + bias the `active` largest, less the next one, at unit length.

    A fixed random projection: keys that differ a little share few active units, so facts hardly meet in the
    learned weight. `weight` [units, d] also whitens the keys, `bias` [units] centres them.
    """

    weight: Tensor
    bias: Tensor
    active: int

    def project(self, keys: Tensor) -> Tensor:
        """z [n, units] of keys [n, d]: what the codes are the largest of."""
        return keys @ self.weight.T + self.bias

    def cosines(self, keys: Tensor) -> Tensor:
        """Cosines [n, n] of all z of keys [n, d], which are those of the whitened keys; z itself is never formed."""
        affine = torch.cat([self.weight, self.bias[:, None]], 1)
        homogeneous = torch.cat([keys, torch.ones_like(keys[:, :1])], 1)
        products = homogeneous @ (affine.T @ affine) @ homogeneous.T
        length = products.diagonal().clamp(min=1e-12).sqrt()
        return products / length[:, None] / length

    def sparse(self, z: Tensor) -> Tensor:
        """Codes [n, units] of z [n, units]; differentiable, and continuous where a unit joins or leaves."""
        top, index = z.topk(self.active + 1, 1)
        value = top[:, :-1] - top[:, -1:]
        value = value / (value.norm(dim=1, keepdim=True) + 1e-6)
        return torch.zeros_like(z).scatter(1, index[:, :-1], value)

    def code(self, keys: Tensor) -> Tensor:
        """Codes [n, units] of keys [n, d]."""
        return self.sparse(self.project(keys))


def random_expansion(units: int, active: int, keys: Tensor, seed: int, ridge: float = 0.2) -> Expansion:
    """A Gaussian projection of keys whitened by the covariance of `keys` [n, d] (shrunk by `ridge` of its mean)."""
    mean = keys.mean(0)
    centred = keys - mean
    values, vectors = torch.linalg.eigh(centred.T @ centred / len(keys))
    whiten = vectors @ torch.diag((values + ridge * values.mean()).rsqrt()) @ vectors.T
    g = torch.Generator().manual_seed(seed)
    weight = torch.randn(units, keys.shape[1], generator=g).to(keys.device) @ whiten / keys.shape[1] ** 0.5
    return Expansion(weight, -weight @ mean, active)


def missing(pre: Tensor, sign: Tensor, margin: Tensor | float) -> Tensor:
    """What each neuron lacks to its margin, towards its sign: s * max(0, m - s * pre)."""
    return sign * torch.relu(margin - sign * pre)


def coefficients(pre: Tensor, sign: Tensor, significance: Tensor, margin: Tensor | float) -> Tensor:
    """What one write puts at each position, [n, ffn]: sig * s * max(0, m - s * pre)."""
    return significance[:, None] * missing(pre, sign, margin)


@dataclass(frozen=True)
class Memory:
    """What was written: pre'(x) = pre(x) + sum_t (phi(x) . phi_t) c_t, with codes phi_t [t, units], c [t, ffn]."""

    expansion: Expansion
    codes: Tensor
    written: Tensor

    def pre(self, pre: Tensor, keys: Tensor) -> Tensor:
        return pre + self.expansion.code(keys) @ self.codes.T @ self.written


@dataclass(frozen=True)
class Hebbian:
    """Equation 3 on the weight itself: pre'(x) = pre(x) + delta x, delta = sum_t sig * rate * (y*_t - 0.5) x_t^T."""

    delta: Tensor

    def pre(self, pre: Tensor, keys: Tensor) -> Tensor:
        return pre + keys @ self.delta


def hebbian(keys: Tensor, firing: Tensor, significance: Tensor, rate: float) -> Hebbian:
    """The paper's rule: delta as [d, ffn]."""
    return Hebbian(keys.T @ (significance[:, None] * rate * (firing - 0.5)))


@torch.no_grad()
def replay(codes: Tensor, pre: Tensor, sign: Tensor, margin: Tensor | float, sweeps: int) -> Tensor:
    """Margin writes one position after another, in sweeps until every margin holds: coefficients [t, ffn].

    `margin` is one number or one for each position and neuron, [t, ffn].
    """
    overlap = codes @ codes.T
    wanted = torch.as_tensor(margin).expand_as(pre)
    now, written = pre.clone(), torch.zeros_like(pre)
    for _ in range(sweeps):
        worst = 0.0
        for t in range(len(codes)):
            step = missing(now[t], sign[t], wanted[t])
            top = step.abs().max().item()
            if top < 1e-3:
                continue
            worst = max(worst, top)
            written[t] += step
            near = overlap[t].nonzero()[:, 0]
            now[near] += overlap[t, near, None] * step
        if worst < 1e-2:
            break
    return written
