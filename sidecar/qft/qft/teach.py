"""QFt-T: a training step that contains teaching. One trunk pass gives all keys; only the QF2 layer sees two weights."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from .batch import Batch
from .feed import Teaching
from .load import Load
from .memory import coefficients
from .model import Nano


@dataclass(frozen=True)
class Taught:
    """The loss of one teaching step and what to watch."""

    loss: Tensor
    metrics: dict[str, Tensor]


def exact(logits: Tensor, batch: Batch, rows: slice) -> Tensor:
    """Share of `rows` whose every answer token is the most likely one (teacher-forced; for watching only)."""
    hit = (logits.detach().argmax(-1) == batch.target).float()
    return hit.new_ones(len(batch.ids)).scatter_reduce(0, batch.row, hit, "amin")[rows].mean()


def _apart(cosines: Tensor, anchors: Tensor, others: Tensor, temperature: float = 0.07) -> Tensor:
    """InfoNCE (van den Oord et al., 2018): a position asked in other words lies nearest to the one that was taught.

    Position `others[i]` answers `anchors[i]` in other words, every further position is another.
    The distance of the two itself is added, since codes share half their units only above a cosine of 0.85.
    Without it only active units carry a gradient, and a paraphrase that shares none is never drawn nearer.
    """
    near = cosines[anchors] / temperature
    itself = torch.zeros_like(near, dtype=torch.bool).scatter_(1, anchors[:, None], True)
    nearest = F.cross_entropy(near.masked_fill(itself, -torch.inf), others)
    return nearest + 1 - cosines[anchors, others].mean()


def _unshared(cosines: Tensor, others: Tensor, same: float = 0.85, apart: float = 0.5) -> Tensor:
    """By how much cosines miss what the sparse codes need: half of the units shared with the other wording, and
    none with the two nearest other questions.

    InfoNCE is content with any gap of a few temperatures, so that questions about one subject stay close together.
    """
    places = torch.arange(len(cosines), device=cosines.device)
    near = cosines.scatter(1, places[:, None], -1.0).scatter(1, others[:, None], -1.0)
    missed = (same - cosines[places, others]).relu()
    return missed.mean() + (near.topk(2, 1).values - apart).relu().mean()


def _kin(cosines: Tensor) -> Tensor:
    """Draws the keys of questions and of their other wordings together, and those of different questions apart.

    The first half of the keys is of questions, the second half of the same ones in other words.
    """
    places = torch.arange(len(cosines), device=cosines.device)
    others = places.roll(len(places) // 2)
    return _apart(cosines, places, others) + 4 * _unshared(cosines, others)


def _parted(step: Teaching, keys: Tensor) -> tuple[Batch, Tensor, Tensor]:
    """The untold rows of the episode with their keys, and the first key of each row of `kin`; they share a trunk pass."""
    b = step.untold
    rows = len(b.ids) - step.kin
    asked = b.row < rows
    first = torch.ones_like(asked)
    first[1:] = b.row[1:] != b.row[:-1]
    episode = Batch(b.ids[:rows], b.scored[:rows], b.target[asked], b.row[asked])
    return episode, keys[asked], keys[~asked & first]


def teach(model: Nano, step: Teaching, load: Load, loaded: bool) -> Taught:
    """Instruct and update, write all facts at once, then ask paraphrases and everything that must not change.

    `loaded` teaches on top of `load`, which then takes the episode's engrams in. Sweeps after the first correct,
    damped, what the facts did to one another.
    """
    n, told = step.facts, step.told
    told_keys, keys = model.keys(told.ids, told.scored), model.keys(step.untold.ids, step.untold.scored)
    untold, keys, kin_keys = _parted(step, keys)
    told_pre, pre = model.pre(told_keys), model.pre(keys)

    told_logits = model.logits(model.fire(told_pre))
    loss_told = F.cross_entropy(told_logits, told.target)
    update, query = untold.row < n, (untold.row >= n) & (untold.row < 2 * n)
    locality = untold.row >= 2 * n

    base_logits = model.logits(model.fire(pre))
    loss_base = F.cross_entropy(base_logits[locality], untold.target[locality])
    expected = base_logits.detach()[update].softmax(-1).gather(1, untold.target[update, None])[:, 0]
    sign = 2 * model.fire(told_pre[told.row < n]) - 1
    margin = model.log_margin.exp()
    codes = model.expansion.code(keys)
    held = pre + load.read(codes) if loaded else pre
    overlap = codes @ codes[update].T
    damping = overlap.detach()[update].sum(1, keepdim=True).clamp(min=2)
    written = coefficients(held[update], sign, 1 - expected, margin)
    for _ in range(step.sweeps - 1):
        now = (held + overlap @ written)[update]
        written = written + coefficients(now, sign, 1 - expected, margin) / damping
    logits = model.logits(model.fire(held + overlap @ written))
    with torch.no_grad():
        kept = expected < 0.95
        load.add(codes[update][kept], pre[update][kept], torch.sign(sign[kept]), margin)

    # What the model cannot read off the statement it cannot learn from it: there is no true y*.
    legible = told_logits.detach()[told.row < n].softmax(-1).gather(1, told.target[told.row < n, None])[:, 0]
    ce = F.cross_entropy(logits, untold.target, reduction="none")
    loss_update, loss_query = ((ce[rows] * legible).sum() / legible.sum() for rows in (update, query))
    loss_locality = ce[locality].mean()
    places = torch.arange(len(pre), device=pre.device)
    taught, asked = places[update], places[query]
    loss_apart = _apart(model.expansion.cosines(keys), torch.cat([asked, taught]), torch.cat([taught, asked]))
    loss_kin = _kin(model.expansion.cosines(kin_keys))
    # Homeostasis: without it pre-activations grow until no small write can turn a neuron.
    calm = told_pre.square().mean() + pre.square().mean()
    loss = (
        loss_told
        + 0.5 * loss_base
        + 0.5 * loss_update
        + 1.5 * loss_query
        + 3 * loss_locality
        + loss_apart
        + loss_kin
        + 0.01 * calm
    )
    mode = "_loaded" if loaded else ""
    return Taught(
        loss,
        {
            "told": exact(told_logits, told, slice(0, n)),
            "update" + mode: exact(logits, untold, slice(0, n)),
            "query" + mode: exact(logits, untold, slice(n, 2 * n)),
            "locality" + mode: exact(logits, untold, slice(2 * n, None)),
            "base": exact(base_logits, untold, slice(2 * n, None)),
            "margin": margin.detach(),
            "pre": pre.detach().abs().median(),
            "apart": loss_apart.detach(),
            "kin": loss_kin.detach(),
            "overlap": overlap.detach()[query].diagonal().quantile(0.2),
        },
    )
