"""The load of a full memory in training: engrams of earlier episodes that are held while new facts are taught."""

from __future__ import annotations

import torch
from torch import Tensor

from .memory import missing

BLOCK = 64


class Load:
    """A ring of stored positions, settled by damped replay, so that facts are taught into a memory that is in use."""

    def __init__(self, positions: int, units: int, ffn: int, device: torch.device | None = None) -> None:
        self.codes = torch.zeros(positions, units, device=device)
        self.pre = torch.zeros(positions, ffn, device=device)
        self.sign = torch.zeros(positions, ffn, device=device)
        self.written = torch.zeros(positions, ffn, device=device)
        self.overlap = torch.zeros(positions, positions, device=device)
        self.next = 0
        self.count = 0

    @torch.no_grad()
    def add(self, codes: Tensor, pre: Tensor, sign: Tensor, margin: Tensor | float) -> None:
        """Stores positions in place of the oldest ones: codes [n, units], pre and sign [n, ffn]."""
        size = len(self.codes)
        at = torch.arange(self.next, self.next + len(codes), device=codes.device) % size
        self.codes[at], self.pre[at], self.sign[at] = codes, pre, sign
        self.written[at] = missing(pre, sign, margin)
        rows = codes @ self.codes.T
        self.overlap[at] = rows
        self.overlap[:, at] = rows.T
        self.next = (self.next + len(codes)) % size
        self.count = min(size, self.count + len(codes))

    @torch.no_grad()
    def settle(self, margin: Tensor | float) -> None:
        """One sweep of replay, block after block; within a block damped by how much its positions overlap."""
        for start in range(0, self.count, BLOCK):
            block = slice(start, start + BLOCK)
            now = self.pre[block] + self.overlap[block] @ self.written
            damping = self.overlap[block, block].sum(1, keepdim=True).clamp(min=1)
            self.written[block] += missing(now, self.sign[block], margin) / damping

    def read(self, codes: Tensor) -> Tensor:
        """What the stored positions add to the pre-activations at `codes` [n, units]: [n, ffn]."""
        # Clones: the ring is written to before the gradient runs through here.
        return codes @ self.codes.clone().T @ self.written.clone()
