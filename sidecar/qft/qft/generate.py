"""Greedy, free-running answers of the training model, with or without a memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .batch import pack
from .data import Row
from .memory import Memory
from .model import Nano
from .tokenizer import prompt

MAX_TOKENS = 40


@torch.no_grad()
def answers(model: Nano, t: Tokenizer, rows: list[Row], memory: Memory | None = None) -> list[str]:
    """The answer to each row's prompt, up to the newline; `row.answer` is not looked at."""
    prompts = [t.encode(prompt(r)).ids for r in rows]
    by_length: dict[int, list[int]] = defaultdict(list)
    for i, p in enumerate(prompts):
        by_length[len(p)].append(i)
    out = [""] * len(rows)
    for length, members in by_length.items():
        ids = torch.tensor([prompts[i] for i in members])
        done = torch.zeros(len(members), dtype=torch.bool)
        for _ in range(MAX_TOKENS):
            last = torch.zeros_like(ids, dtype=torch.bool)
            last[:, -1] = True
            keys = model.keys(ids, last)
            pre = model.pre(keys)
            token = model.logits(model.fire(memory.pre(pre, keys) if memory else pre)).argmax(-1)
            ids = torch.cat([ids, token[:, None]], 1)
            done |= torch.tensor(["\n" in t.decode([int(x)]) for x in token])
            if done.all():
                break
        for i, row in zip(members, ids[:, length:].tolist(), strict=True):
            out[i] = t.decode(row).split("\n")[0].strip()
    return out


@dataclass(frozen=True)
class Recording:
    """Scored positions of a teacher-forced pass: keys [n, d], pre [n, ffn], probability [n], row [n]."""

    keys: Tensor
    pre: Tensor
    probability: Tensor
    row: Tensor


@torch.no_grad()
def record(model: Nano, t: Tokenizer, rows: list[Row]) -> Recording:
    """Records the QF2 layer at the positions that predict the rows' answers, under the base weight."""
    batch = pack(t, rows)
    keys = model.keys(batch.ids, batch.scored)
    pre = model.pre(keys)
    p = model.logits(model.fire(pre)).softmax(-1).gather(1, batch.target[:, None])[:, 0]
    return Recording(keys, pre, p, batch.row)
