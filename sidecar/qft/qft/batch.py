"""Rows to padded token tensors."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .data import Row
from .tokenizer import prompt


@dataclass(frozen=True)
class Batch:
    """`ids` [b, t] inputs, `scored` [b, t] the positions that predict answer tokens, `target` [n] what they predict,
    `row` [n] the row of each scored position. Scored positions run row by row."""

    ids: Tensor
    scored: Tensor
    target: Tensor
    row: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same tensors on `device`."""
        return Batch(*(x.to(device) for x in (self.ids, self.scored, self.target, self.row)))


def encode(t: Tokenizer, row: Row) -> tuple[list[int], list[int]]:
    return t.encode(prompt(row)).ids, t.encode(f" {row.answer}\n").ids


def pack(t: Tokenizer, rows: list[Row]) -> Batch:
    """Pads on the right; padding is never scored, and causal attention never sees it."""
    pairs = [encode(t, r) for r in rows]
    width = -(-max(len(p) + len(a) for p, a in pairs) // 4) * 4
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    scored = torch.zeros(len(rows), width, dtype=torch.bool)
    for i, (p, a) in enumerate(pairs):
        ids[i, : len(p) + len(a)] = torch.tensor(p + a)
        scored[i, len(p) - 1 : len(p) + len(a) - 1] = True
    shifted = ids.roll(-1, 1)
    return Batch(ids, scored, shifted[scored], scored.nonzero()[:, 0])
