"""Trains the nano: first to copy from the prompt, know and abstain, then in turn that and teaching (QFt-T).

    python -m qft.train --out runs/nano --copy-steps 2000 --teach-steps 6000 --seed 1

Checkpoints every 100 steps and resumes from the last one; `--start` begins with another checkpoint's weights.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path
from random import Random

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from . import tokenizer
from .batch import pack
from .company import CompanyRows
from .data import Mixture, Row, episode, twice
from .drafts import drafted
from .load import Load
from .memory import random_expansion
from .model import Config, Nano
from .optimizer import optimizers
from .teach import exact, kin, teach

LOAD = 1024  # positions held while facts are taught, about 300 facts
LOAD_SHARE = 0.7  # of the margin, which the load is settled to
DRAFT_SHARE = 0.15  # of the rows that are read
PAIRS = 40  # questions asked in two wordings at each teaching step
RECALIBRATE = 400  # steps after which the expansion is drawn anew for the keys as they have become


def rate(step: int, steps: int, peak: float) -> float:
    """Linear warm-up, constant, then linear decay to a hundredth over the last 80 % of the steps."""
    left = (steps - step) / (0.8 * steps)
    return peak * min(1.0, (step + 1) / 100) * max(0.01, min(1.0, left))


def facts_in_episode(r: Random, most: int) -> int:
    """Half of the episodes are full, the rest log-uniform from one fact up."""
    return most if r.random() < 0.5 else round(math.exp(r.random() * math.log(most)))


class Reading:
    """Batches of ordinary rows, rows of like length together."""

    def __init__(self, mixture: Mixture, size: int) -> None:
        self.mixture, self.size = mixture, size
        self.pool: list[list[Row]] = []

    def batch(self, r: Random, step: int) -> list[Row]:
        if not self.pool:
            early = max(0.0, 1 - step / 800)  # a curriculum: drills and single facts first
            rows = [
                drafted(r) if r.random() < DRAFT_SHARE else self.mixture.row(r, 0.25 * early, 0.35 * (1 - early))
                for _ in range(self.size * 8)
            ]
            rows.sort(key=lambda x: len(x.system) + len(x.user) + len(x.answer))
            self.pool = [rows[i : i + self.size] for i in range(0, len(rows), self.size)]
            r.shuffle(self.pool)
        return self.pool.pop()


def read(model: Nano, t: Tokenizer, rows: list[Row]) -> tuple[Tensor, dict[str, float]]:
    """Loss of ordinary rows under the base weight."""
    batch = pack(t, rows)
    pre = model.pre(model.keys(batch.ids, batch.scored))
    logits = model.logits(model.fire(pre))
    loss = F.cross_entropy(logits, batch.target) + 0.01 * pre.square().mean()
    return loss, {"exact": exact(logits, batch, slice(None)), "pre": pre.detach().abs().median().item()}


@torch.no_grad()
def calibrate(model: Nano, t: Tokenizer, mixture: Mixture, seed: int) -> None:
    """Draws the expansion for the keys that the model has now, as it is asked without a statement."""
    r = Random(seed)
    rows = [mixture.row(r) for _ in range(1200)]
    batches = [pack(t, [Row("", x.user, x.answer) for x in rows[i : i + 100]]) for i in range(0, len(rows), 100)]
    keys = torch.cat([model.keys(b.ids, b.scored) for b in batches])
    model.expansion = random_expansion(model.c.expansion_units, model.c.expansion_active, keys, seed)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--company", type=Path, help="company_iqa_for_qft.jsonl, mixed in when given")
    a.add_argument("--start", type=Path, help="checkpoint whose weights to begin with")
    a.add_argument("--copy-steps", type=int, default=2000)
    a.add_argument("--teach-steps", type=int, default=6000, help="half of them teach")
    a.add_argument("--batch", type=int, default=64)
    a.add_argument("--facts", type=int, default=16, help="most facts taught in one episode")
    a.add_argument("--lr", type=float, default=3e-3)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--bf16", action="store_true", help="the trunk's products in bfloat16, for CPUs that have it")
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    mixture = Mixture(CompanyRows(args.company))
    vocabulary = args.out / "tokenizer.json"
    if not vocabulary.exists():
        tokenizer.train(mixture, Config.vocab_size, args.seed).save(str(vocabulary))
    t = Tokenizer.from_file(str(vocabulary))
    model = Nano(Config(vocab_size=t.get_vocab_size()), args.bf16)
    opts = optimizers(model, args.lr)
    checkpoint, step = args.out / "checkpoint.pt", 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        for opt, state in zip(opts, saved["optimizers"], strict=True):
            opt.load_state_dict(state)
        step = saved["step"]
    elif args.start:
        model.load_state_dict(torch.load(args.start)["model"])
    steps = args.copy_steps + args.teach_steps
    r = Random(args.seed * 1_000_003 + step)
    reading = Reading(mixture, args.batch)
    load = Load(LOAD, model.c.expansion_units, model.c.qf2_intermediate_size)
    mean: dict[str, float] = {}
    start = time.time()
    while step < steps:
        lr = rate(step, steps, args.lr)
        for opt in opts:
            for group in opt.param_groups:
                group["lr"] = lr
        if step < args.copy_steps or step % 2:
            loss, metrics = read(model, t, reading.batch(r, step if args.copy_steps else 10_000))
        else:
            if step % RECALIBRATE < 2:  # the keys have moved on; what is held was coded for the old ones
                calibrate(model, t, mixture, args.seed)
                load = Load(LOAD, model.c.expansion_units, model.c.qf2_intermediate_size)
            loaded = load.count == LOAD and r.random() < 0.5
            if load.count:
                load.settle(LOAD_SHARE * model.log_margin.exp().item())
            extra = [mixture.row(r) for _ in range(args.batch // 8)]
            taught = teach(model, t, episode(r, facts_in_episode(r, args.facts)), extra, load, loaded, r.choice((1, 3)))
            near = kin(model, t, *twice(r, PAIRS))
            loss, metrics = taught.loss + near, {**taught.metrics, "kin": near.item()}
        if not loss.isfinite():
            raise FloatingPointError(f"the loss of step {step} is not finite; the last checkpoint is kept")
        for opt in opts:
            opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for opt in opts:
            opt.step()
        step += 1
        for k, v in {"loss": loss.item(), **metrics}.items():
            mean[k] = v if k not in mean else 0.96 * mean[k] + 0.04 * v
        if step % 25 == 0:
            line = {
                "step": step,
                "s": round(time.time() - start),
                "lr": round(lr, 5),
                **{k: round(v, 3) for k, v in mean.items()},
            }
            with (args.out / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)
        if step == steps:
            calibrate(model, t, mixture, args.seed)  # for the keys as they are in the end
        if step % 100 == 0 or step == steps:
            partial = checkpoint.with_suffix(".tmp")
            torch.save(
                {
                    "config": model.c.as_dict(),
                    "model": model.state_dict(),
                    "optimizers": [o.state_dict() for o in opts],
                    "step": step,
                },
                partial,
            )
            partial.replace(checkpoint)


if __name__ == "__main__":
    main()
