"""Draws the key expansion for the keys that a model has."""

from __future__ import annotations

from random import Random

import torch
from tokenizers import Tokenizer

from .batch import Batch, pack
from .data import Mixture, Row
from .memory import random_expansion
from .model import Nano


def untold_rows(t: Tokenizer, mixture: Mixture, seed: int) -> list[Batch]:
    """Ordinary rows without their statements: the questions that the expansion is drawn for."""
    r = Random(seed)
    rows = [mixture.row(r) for _ in range(1200)]
    return [pack(t, [Row("", x.user, x.answer) for x in rows[i : i + 100]]) for i in range(0, len(rows), 100)]


@torch.no_grad()
def calibrate(model: Nano, batches: list[Batch], seed: int) -> None:
    """Draws the expansion for the keys that the model has now."""
    keys = torch.cat([model.keys(b.ids, b.scored) for b in batches])
    model.expansion = random_expansion(model.c.expansion_units, model.c.expansion_active, keys, seed)
