"""Trains the nano: first to copy from the prompt, know and abstain, then in turn that and teaching (QFt-T).

    python -m qft.train --out runs/nano --copy-steps 2000 --steps 8000 --seed 1
    python -m qft.train --out runs/nano --device cuda --workers 15 --seconds 500 --batch 256 --facts 64 --bf16

Checkpoints every minute and resumes from the last one; `--start` begins with another checkpoint's weights.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path
from random import Random

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from . import tokenizer
from .batch import Batch, pack
from .company import CompanyRows
from .data import Mixture, Row
from .feed import Plan, Reading, Steps, feed
from .load import Load
from .memory import random_expansion
from .model import Config, Nano
from .optimizer import optimizers
from .teach import exact, teach

LOAD_SHARE = 0.7  # of the margin, which the load is settled to
RECALIBRATE = 400  # steps after which the expansion is drawn anew for the keys as they have become
LOG, CHECKPOINT = 25, 60  # steps, seconds


def rate(step: int, done: float, peak: float) -> float:
    """Linear warm-up over 100 steps, constant, then linear decay to a hundredth once a fifth is `done`."""
    return peak * min(1.0, (step + 1) / 100) * max(0.01, min(1.0, (1 - done) / 0.8))


def read(model: Nano, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
    """Loss of ordinary rows under the base weight."""
    pre = model.pre(model.keys(batch.ids, batch.scored))
    logits = model.logits(model.fire(pre))
    loss = F.cross_entropy(logits, batch.target) + 0.01 * pre.square().mean()
    return loss, {"exact": exact(logits, batch, slice(None)), "pre": pre.detach().abs().median()}


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


def save(path: Path, model: Nano, opts: list[torch.optim.Optimizer], step: int) -> None:
    """Writes a checkpoint in one go, so that a stopped run leaves a whole one."""
    partial = path.with_suffix(".tmp")
    state = {"config": model.c.as_dict(), "model": model.state_dict(), "step": step}
    torch.save({**state, "optimizers": [o.state_dict() for o in opts]}, partial)
    partial.replace(path)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--company", type=Path, help="company_iqa_for_qft.jsonl, mixed in when given")
    a.add_argument("--start", type=Path, help="checkpoint whose shape and weights to begin with")
    a.add_argument(
        "--copy-steps", type=int, default=0, help="steps that only read, before reading and teaching alternate"
    )
    a.add_argument("--steps", type=int, default=8000)
    a.add_argument("--seconds", type=float, help="stop by then, with the learning rate planned for it")
    a.add_argument("--batch", type=int, default=64)
    a.add_argument("--facts", type=int, default=16, help="most facts taught in one episode")
    a.add_argument("--pairs", type=int, default=40, help="questions asked in two wordings at each teaching step")
    a.add_argument(
        "--load", type=int, default=1024, help="positions held while facts are taught; 1024 are about 300 facts"
    )
    a.add_argument("--lr", type=float, default=3e-3)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--device", default="cpu")
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--workers", type=int, default=0, help="processes that make the steps ahead")
    a.add_argument("--bf16", action="store_true", help="the trunk's products in bfloat16, where the processor has it")
    args = a.parse_args()
    begun = time.time()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.set_float32_matmul_precision("high" if args.device == "cuda" else "highest")
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    mixture = Mixture(CompanyRows(args.company))
    vocabulary = args.out / "tokenizer.json"
    if not vocabulary.exists():
        tokenizer.train(mixture, Config.vocab_size, args.seed).save(str(vocabulary))
    t = Tokenizer.from_file(str(vocabulary))
    checkpoint, step, device = args.out / "checkpoint.pt", 0, torch.device(args.device)
    begin = checkpoint if checkpoint.exists() else args.start
    saved = torch.load(begin, map_location="cpu") if begin else None
    model = Nano(Config(**saved["config"]) if saved else Config(vocab_size=t.get_vocab_size()), args.bf16)
    if saved:
        model.load_state_dict(saved["model"])
    model.to(device)
    if device.type == "cuda":
        torch.backends.cuda.enable_cudnn_sdp(False)  # it plans anew for each shape, and shapes vary
        for layer in model.model.layers[:-1]:
            layer.compile(dynamic=True)
    opts = optimizers(model, args.lr)
    if saved and begin == checkpoint:
        for opt, state in zip(opts, saved["optimizers"], strict=True):
            opt.load_state_dict(state)
        step = saved["step"]
    untold = [b.to(device) for b in untold_rows(t, mixture, args.seed)]
    plan = Plan(args.batch, args.facts, args.pairs, args.copy_steps)
    steps = feed(Steps(t, mixture, plan, step, args.seed), args.workers)
    load: Load | None = None
    calibrated = -RECALIBRATE
    seen: dict[str, list[Tensor]] = defaultdict(list)
    kept = time.time()
    done = 0.0
    while done < 1:
        lr = rate(step, done, args.lr)
        for opt in opts:
            for group in opt.param_groups:
                group["lr"] = lr
        item = next(steps).to(device)
        if isinstance(item, Reading):
            loss, metrics = read(model, item.rows)
        else:
            if load is None or step - calibrated >= RECALIBRATE:  # the keys have moved on from the codes
                calibrate(model, untold, args.seed)
                load, calibrated = Load(args.load, model.c.expansion_units, model.c.qf2_intermediate_size, device), step
            if load.count:
                load.settle(LOAD_SHARE * model.log_margin.exp())
            taught = teach(model, item, load, item.loaded and load.count == args.load)
            loss, metrics = taught.loss, taught.metrics
        for opt in opts:
            opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for opt in opts:
            opt.step()
        step += 1
        done = max(step / args.steps, (time.time() - begun) / args.seconds if args.seconds else 0.0)
        for k, v in {"loss": loss.detach(), **metrics}.items():
            seen[k].append(v)
        if step % LOG == 0 or done >= 1:
            line = {k: round(torch.stack(v).mean().item(), 3) for k, v in seen.items()}
            seen.clear()
            line = {"step": step, "s": round(time.time() - begun), "lr": round(lr, 5), **line}
            with (args.out / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)
            if not loss.isfinite():
                raise FloatingPointError(f"the loss of step {step} is not finite; the last checkpoint is kept")
            if done >= 1:
                calibrate(model, untold, args.seed)  # for the keys as they are in the end
            if done >= 1 or time.time() - kept > CHECKPOINT:
                save(checkpoint, model, opts, step)
                kept = time.time()


if __name__ == "__main__":
    main()
