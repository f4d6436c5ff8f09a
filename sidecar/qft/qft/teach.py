"""QFt-T: a training step that contains teaching. One trunk pass gives all keys; only the QF2 layer sees two weights."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from .batch import Batch, pack
from .data import Episode, Row
from .memory import Memory, write
from .model import Nano


@dataclass(frozen=True)
class Taught:
    """The loss of one teaching step and what to watch."""

    loss: Tensor
    metrics: dict[str, float]


def exact(logits: Tensor, batch: Batch, rows: slice) -> float:
    """Share of `rows` whose every answer token is the most likely one (teacher-forced; for watching only)."""
    right = torch.ones(len(batch.ids)).scatter_reduce(0, batch.row, (logits.argmax(-1) == batch.target).float(), "amin")
    return right[rows].mean().item()


def teach(model: Nano, t: Tokenizer, e: Episode, extra: list[Row], sweeps: int = 1) -> Taught:
    """Instruct and update `e`, write all facts at once, then ask paraphrases and everything that must not change.

    `extra` rows are ordinary ones, answered with the base weight.
    """
    n = len(e.instruct)
    told = pack(t, e.instruct + extra)
    untold = pack(t, e.update + e.query + e.locality)
    told_keys, keys = model.keys(told.ids, told.scored), model.keys(untold.ids, untold.scored)
    told_pre, pre = model.pre(told_keys), model.pre(keys)

    told_logits = model.logits(model.fire(told_pre))
    loss_told = F.cross_entropy(told_logits, told.target)
    update, query = untold.row < n, (untold.row >= n) & (untold.row < 2 * n)
    locality = untold.row >= 2 * n

    base_logits = model.logits(model.fire(pre))
    loss_base = F.cross_entropy(base_logits[locality], untold.target[locality])
    expected = base_logits.detach()[update].softmax(-1).gather(1, untold.target[update, None])[:, 0]
    with torch.no_grad():
        started = bool(model.mu.any())
        model.mu.lerp_(keys.detach().mean(0), 0.02 if started else 1.0)
    sign = 2 * model.fire(told_pre[told.row < n]) - 1
    delta = write(keys[update], pre[update], sign, 1 - expected, model.log_margin.exp(), model.mu, sweeps)

    logits = model.logits(model.fire(Memory(delta, model.mu).pre(pre, keys)))
    ce = F.cross_entropy(logits, untold.target, reduction="none")
    loss_update, loss_query, loss_locality = ce[update].mean(), ce[query].mean(), ce[locality].mean()
    # Homeostasis: without it pre-activations grow until no small write can turn a neuron.
    calm = told_pre.square().mean() + pre.square().mean()
    loss = loss_told + 0.5 * loss_base + 0.5 * loss_update + 1.5 * loss_query + loss_locality + 0.01 * calm
    return Taught(
        loss,
        {
            "told": exact(told_logits, told, slice(0, n)),
            "update": exact(logits, untold, slice(0, n)),
            "query": exact(logits, untold, slice(n, 2 * n)),
            "locality": exact(logits, untold, slice(2 * n, None)),
            "base": exact(base_logits, untold, slice(2 * n, None)),
            "loss_query": loss_query.item(),
            "margin": model.log_margin.exp().item(),
            "pre": pre.detach().abs().median().item(),
        },
    )
