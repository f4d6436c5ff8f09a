"""Training steps as packed batches, made ahead by other processes where there are several cores."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from tokenizers import Tokenizer
from torch import device
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from .batch import Batch, pack
from .data import Mixture, Row, episode, twice
from .drafts import drafted

DRAFT_SHARE = 0.15  # of the rows that are read
LOADED_SHARE = 0.5  # of the teaching steps, which teach into a memory in use
MATURE = 10_000  # steps after which nothing is made easier


@dataclass(frozen=True)
class Reading:
    """Ordinary rows, answered with the base weight."""

    rows: Batch

    def to(self, where: device) -> Reading:
        return Reading(self.rows.to(where))


@dataclass(frozen=True)
class Teaching:
    """One episode and what is asked beside it.

    `told` holds the instruct rows of its `facts` facts, then ordinary rows; `untold` the update rows, the query rows
    and the locality rows, and last, `kin` of them, questions of many facts and the same questions in other words.
    `loaded` teaches into a memory in use, with `sweeps` writes.
    """

    facts: int
    kin: int
    told: Batch
    untold: Batch
    loaded: bool
    sweeps: int

    def to(self, where: device) -> Teaching:
        return replace(self, told=self.told.to(where), untold=self.untold.to(where))


def facts_in_episode(r: Random, most: int) -> int:
    """Half of the episodes are full, the rest log-uniform from one fact up."""
    return most if r.random() < 0.5 else round(math.exp(r.random() * math.log(most)))


@dataclass(frozen=True)
class Plan:
    """How steps are made: `batch` rows read at once, at most `facts` taught in an episode, `pairs` questions in two
    wordings, and `copy_steps` steps of reading before reading and teaching take turns."""

    batch: int
    facts: int
    pairs: int
    copy_steps: int


class Steps(IterableDataset):  # type: ignore[type-arg]
    """An endless run of steps from `start` on; each worker makes every n-th of them."""

    def __init__(self, t: Tokenizer, mixture: Mixture, plan: Plan, start: int, seed: int) -> None:
        self.t, self.mixture, self.plan, self.start, self.seed = t, mixture, plan, start, seed

    def __iter__(self) -> Iterator[Reading | Teaching]:
        worker = get_worker_info()
        at, stride = (worker.id, worker.num_workers) if worker else (0, 1)
        r = Random(f"{self.seed} {self.start} {at}")
        pool: list[list[Row]] = []
        step, turn = self.start + at, 0
        while True:
            if step < self.plan.copy_steps or turn % 2:
                pool = pool or self._pool(r, self._age(step))
                yield Reading(pack(self.t, pool.pop()))
            else:
                yield self.teaching(r, self._age(step - self.plan.copy_steps))
            turn += step >= self.plan.copy_steps
            step += stride

    def _age(self, steps: int) -> int:
        """Of a training that has made so many steps; one that begins with teaching starts from a mature model."""
        return steps if self.plan.copy_steps else MATURE

    def _pool(self, r: Random, step: int) -> list[list[Row]]:
        """Batches of ordinary rows, rows of like length together; drills and single facts come first."""
        early, size = max(0.0, 1 - step / 800), self.plan.batch
        rows = [
            drafted(r) if r.random() < DRAFT_SHARE else self.mixture.row(r, 0.25 * early, 0.35 * (1 - early))
            for _ in range(size * 8)
        ]
        rows.sort(key=lambda x: len(x.system) + len(x.user) + len(x.answer))
        pool = [rows[i : i + size] for i in range(0, len(rows), size)]
        r.shuffle(pool)
        return pool

    def teaching(self, r: Random, taught: int) -> Teaching:
        """One teaching step; few facts and an empty memory come first, where only `taught` steps went before."""
        e = episode(r, facts_in_episode(r, min(self.plan.facts, 8 + taught // 40)))
        extra = [self.mixture.row(r) for _ in range(self.plan.batch // 8)]
        one, other = twice(r, self.plan.pairs)
        told = pack(self.t, e.instruct + extra)
        untold = pack(self.t, e.update + e.query + e.locality + one + other)
        loaded, sweeps = r.random() < LOADED_SHARE * min(1, taught / 2000), r.choice((1, 3))
        return Teaching(len(e.instruct), len(one + other), told, untold, loaded, sweeps)


def feed(steps: Steps, workers: int) -> Iterator[Reading | Teaching]:
    """The steps in order, made ahead by `workers` processes, or as they are asked for where that is 0."""
    return iter(DataLoader(steps, batch_size=None, num_workers=workers, prefetch_factor=4 if workers else None))
