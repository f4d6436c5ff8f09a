"""Trains the nano: first to copy from the prompt, know and abstain, then in turn that and teaching (QFt-T).

    python -m qft.train --out runs/nano --copy-steps 2000 --steps 8000 --seed 1
    python -m qft.train --out runs/nano --device cuda --workers 15 --seconds 500 --batch 256 --facts 64 --bf16

Checkpoints every minute and resumes from the last one; `--start` begins with another checkpoint's weights, and the
tokenizer beside it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from . import tokenizer
from .batch import Batch
from .calibrate import calibrate, untold_rows
from .checkpoint import save_whole
from .company import CompanyRows
from .data import Mixture
from .feed import Plan, Reading, Steps, Teaching, feed
from .load import Load
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


def share_done(step: int, seconds: float, args: argparse.Namespace) -> float:
    """How much of the training is done after so many steps and seconds: all from 1 on."""
    return max(step / args.steps, seconds / args.seconds if args.seconds else 0.0)


def options() -> argparse.Namespace:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--company", type=Path, help="company_iqa_for_qft.jsonl, mixed in when given")
    a.add_argument("--start", type=Path, help="checkpoint to take the shape and initial weights from")
    a.add_argument(
        "--copy-steps", type=int, default=0, help="steps that only read, before reading and teaching alternate"
    )
    a.add_argument("--steps", type=int, default=8000)
    a.add_argument("--seconds", type=float, help="stop after this time; the learning rate is planned for it")
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
    a.add_argument("--workers", type=int, default=0, help="processes that prepare steps in advance")
    a.add_argument("--bf16", action="store_true", help="the trunk's products in bfloat16, where the processor has it")
    return a.parse_args()


def vocabulary(out: Path, start: Path | None, mixture: Mixture, seed: int) -> Tokenizer:
    """The run's tokenizer; where it has none yet, the one that `start` was trained with, or else a new one."""
    path = out / "tokenizer.json"
    if not path.exists():
        if start is None:
            tokenizer.train(mixture, Config.vocab_size, seed).save(str(path))
        elif (beside := start.with_name("tokenizer.json")).exists():
            shutil.copyfile(beside, path)
        else:
            raise SystemExit(f"{beside} is missing: the weights need the tokenizer they were trained with")
    return Tokenizer.from_file(str(path))


@dataclass
class Run:
    """A model in training: the shape and weights of the run's checkpoint or else of `start`, or new ones."""

    checkpoint: Path
    model: Nano
    opts: list[torch.optim.Optimizer]
    step: int = 0
    seconds: float = 0.0

    @classmethod
    def begin(cls, args: argparse.Namespace, vocab_size: int) -> Run:
        checkpoint = args.out / "checkpoint.pt"
        path = checkpoint if checkpoint.exists() else args.start
        saved = torch.load(path, map_location="cpu") if path else None
        model = Nano(Config(**saved["config"]) if saved else Config(vocab_size=vocab_size), args.bf16)
        if saved:
            model.load_state_dict(saved["model"])
        model.to(args.device)
        if args.device == "cuda":
            torch.backends.cuda.enable_cudnn_sdp(False)  # it plans anew for each shape, and shapes vary
            for layer in model.model.layers[:-1]:
                layer.compile(dynamic=True)
        run = cls(checkpoint, model, optimizers(model, args.lr))
        if saved and path == checkpoint:
            for opt, state in zip(run.opts, saved["optimizers"], strict=True):
                opt.load_state_dict(state)
            run.step, run.seconds = saved["step"], saved["seconds"]
        return run

    def descend(self, loss: Tensor, lr: float) -> None:
        """One step down the gradient of `loss`."""
        for opt in self.opts:
            for group in opt.param_groups:
                group["lr"] = lr
            opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for opt in self.opts:
            opt.step()
        self.step += 1

    def save(self) -> None:
        """Writes the checkpoint."""
        state = {"config": self.model.c.as_dict(), "model": self.model.state_dict()}
        progress = {"step": self.step, "seconds": self.seconds, "optimizers": [o.state_dict() for o in self.opts]}
        save_whole({**state, **progress}, self.checkpoint)


class Teacher:
    """Reads or teaches, step by step, into one load; the expansion is drawn anew as the keys move on."""

    def __init__(self, model: Nano, untold: list[Batch], positions: int, seed: int) -> None:
        self.model, self.untold, self.positions, self.seed = model, untold, positions, seed
        self.load: Load | None = None
        self.calibrated = 0

    def loss(self, item: Reading | Teaching, step: int) -> tuple[Tensor, dict[str, Tensor]]:
        """What the step costs, and what to watch."""
        if isinstance(item, Reading):
            return read(self.model, item.rows)
        load = self.load
        if load is None or step - self.calibrated >= RECALIBRATE:
            calibrate(self.model, self.untold, self.seed)
            c = self.model.c
            load = Load(self.positions, c.expansion_units, c.qf2_intermediate_size, item.untold.ids.device)
            self.load, self.calibrated = load, step
        if load.count:
            load.settle(LOAD_SHARE * self.model.log_margin.exp())
        taught = teach(self.model, item, load, item.loaded and load.count == self.positions)
        return taught.loss, taught.metrics


class Log:
    """Means of what was measured since the last line, to the console and to a file."""

    def __init__(self, path: Path, begun: float) -> None:
        self.path, self.begun = path, begun
        self.seen: dict[str, list[Tensor]] = defaultdict(list)

    def see(self, metrics: dict[str, Tensor]) -> None:
        for k, v in metrics.items():
            self.seen[k].append(v)

    def write(self, step: int, lr: float) -> None:
        """One line; raises FloatingPointError if the loss has diverged."""
        means = {k: round(torch.stack(v).mean().item(), 3) for k, v in self.seen.items()}
        finite = self.seen["loss"][-1].isfinite()
        self.seen.clear()
        line = json.dumps({"step": step, "s": round(time.time() - self.begun), "lr": round(lr, 5), **means})
        with self.path.open("a") as log:
            log.write(line + "\n")
        print(line, flush=True)
        if not finite:
            raise FloatingPointError(f"the loss of step {step} is not finite; the last checkpoint is kept")


def main() -> None:
    args = options()
    begun = kept = time.time()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.set_float32_matmul_precision("high" if args.device == "cuda" else "highest")
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    mixture = Mixture(CompanyRows(args.company))
    t = vocabulary(args.out, args.start, mixture, args.seed)
    run = Run.begin(args, t.get_vocab_size())
    begun -= run.seconds
    device = torch.device(args.device)
    untold = [b.to(device) for b in untold_rows(t, mixture, args.seed)]
    plan = Plan(args.batch, args.facts, args.pairs, args.copy_steps)
    steps = feed(Steps(t, mixture, plan, run.step, args.seed), args.workers)
    teacher, log = Teacher(run.model, untold, args.load, args.seed), Log(args.out / "log.jsonl", begun)
    done = share_done(run.step, run.seconds, args)
    while done < 1:
        loss, metrics = teacher.loss(next(steps).to(device), run.step)
        lr = rate(run.step, done, args.lr)
        run.descend(loss, lr)
        log.see({"loss": loss.detach(), **metrics})
        run.seconds = time.time() - begun
        done = share_done(run.step, run.seconds, args)
        if run.step % LOG and done < 1:
            continue
        log.write(run.step, lr)
        if done >= 1:
            calibrate(run.model, untold, args.seed)  # for the keys as they are in the end
        if done >= 1 or time.time() - kept > CHECKPOINT:
            run.save()
            kept = time.time()


if __name__ == "__main__":
    main()
