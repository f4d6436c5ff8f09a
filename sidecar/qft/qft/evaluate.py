"""Measures a checkpoint on the dev or test split, free-running.

python -m qft.evaluate --checkpoint runs/nano/checkpoint.pt --tokenizer runs/nano/tokenizer.json --split dev
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor

from . import known
from .data import UNKNOWN, Row, ask, crossed
from .export import CONTROL_SHARE, REPLAY_SHARE, SWEEPS, WRITE_SHARE, load
from .facts import Fact, other_relation, other_subject, random_fact
from .generate import answers, record
from .memory import Hebbian, Memory, coefficients, hebbian, replay
from .model import Nano
from .names import Split

UNTAUGHT = 60  # questions about facts that are never taught, and as many about the world, which must not change


def share(got: list[str], rows: list[Row]) -> float:
    return sum(a == r.answer for a, r in zip(got, rows, strict=True)) / max(1, len(rows))


def facts_of(r: Random, n: int, split: Split) -> list[Fact]:
    """`n` facts about different entities."""
    facts: dict[str, Fact] = {}
    while len(facts) < n:
        fact = random_fact(r, split)
        facts.setdefault(fact.subject, fact)
    return list(facts.values())


def crossed_rows(r: Random, taught: list[Fact], split: Split) -> list[Row]:
    """Of each taught subject what was taught of another one."""
    asked = (crossed(r, fact, list(taught)) for fact in taught)
    return [Row("", ask(r, other, split), UNKNOWN) for other in asked if other]


@dataclass(frozen=True)
class Lessons:
    """Recorded once for all facts: which row each stored position belongs to, and what a rule needs of it."""

    row: Tensor
    keys: Tensor
    pre: Tensor
    sign: Tensor
    firing: Tensor
    significance: Tensor

    @classmethod
    def of(cls, model: Nano, t: Tokenizer, told: list[Row], untold: list[Row]) -> Lessons:
        instruct, update = record(model, t, told), record(model, t, untold)
        pre = instruct.pre
        return cls(
            update.row,
            update.keys,
            update.pre,
            torch.sign(pre),
            torch.sigmoid(model.c.qf2_beta * pre),
            1 - update.probability,
        )

    def rows(self, wanted: list[int]) -> Lessons:
        """Those of some rows only."""
        at = torch.isin(self.row, torch.tensor(wanted))
        return Lessons(*(getattr(self, f.name)[at] for f in fields(Lessons)))


def control_keys(model: Nano, t: Tokenizer, rows: list[Row]) -> tuple[Tensor, Tensor]:
    """Keys and pre-activations at the positions of the model's own answers."""
    own = [Row("", x.user, a) for x, a in zip(rows, answers(model, t, rows), strict=True)]
    seen = record(model, t, own)
    return seen.keys, seen.pre


def memory_of(
    model: Nano, lessons: Lessons, controls: tuple[Tensor, Tensor], rule: str, rate: float
) -> Memory | Hebbian:
    """Teaches all lessons with the named rule: once (one margin write), replay (with controls), or hebbian."""
    margin = WRITE_SHARE * model.log_margin.exp().item()
    if rule == "hebbian":
        return hebbian(lessons.keys, lessons.firing, lessons.significance, rate)
    expansion = model.expansion
    codes = expansion.code(lessons.keys)
    if rule == "once":
        return Memory(expansion, codes, coefficients(lessons.pre, lessons.sign, lessons.significance, margin))
    keys, pre = controls
    wanted = torch.cat(
        [pre.abs().clamp(max=CONTROL_SHARE * margin), torch.full_like(lessons.pre, REPLAY_SHARE * margin)]
    )
    codes = torch.cat([expansion.code(keys), codes])
    written = replay(codes, torch.cat([pre, lessons.pre]), torch.cat([torch.sign(pre), lessons.sign]), wanted, SWEEPS)
    return Memory(expansion, codes, written)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoint", type=Path, required=True)
    a.add_argument("--tokenizer", type=Path, required=True)
    a.add_argument("--split", choices=["dev", "test"], default="dev")
    a.add_argument("--facts", type=int, default=150)
    a.add_argument("--taught", type=int, nargs="*", default=[1, 10, 100])
    a.add_argument("--rules", nargs="*", default=["once", "replay"])
    a.add_argument("--controls", type=int, default=200, help="control questions replayed with the facts")
    a.add_argument("--rate", type=float, default=0.02)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--wrong", action="store_true", help="print what the model gets wrong")
    args = a.parse_args()
    torch.set_num_threads(2)
    model, t, r = load(args.checkpoint), Tokenizer.from_file(str(args.tokenizer)), Random(args.seed)
    split: Split = args.split
    drawn_facts = facts_of(r, args.facts + UNTAUGHT, split)
    facts, never_taught = drawn_facts[: args.facts], drawn_facts[args.facts :]
    told = [Row(f.statement(r, split), f.question(r, split), f.value) for f in facts]
    untold = [Row("", x.user, x.answer) for x in told]
    paraphrase = [Row("", f.question(r, split), f.value) for f in facts]
    unknown = [Row("", x.user, UNKNOWN) for x in told]
    neighbour = [Row("", other_subject(r, f, split).question(r, split), UNKNOWN) for f in facts]
    relation = [Row("", other_relation(r, f).question(r, split), UNKNOWN) for f in facts]
    world = [Row("", *known.known(r, split)) for _ in range(100)]
    irrelevant = [Row(a.system, b.user, UNKNOWN) for a, b in zip(told, neighbour, strict=True)]
    irrelevant += [Row(a.system, b.user, UNKNOWN) for a, b in zip(told, relation, strict=True)]
    in_prompt = answers(model, t, told)
    if args.wrong:
        for got, row in zip(in_prompt, told, strict=True):
            if got != row.answer:
                print(
                    json.dumps(
                        {"system": row.system, "user": row.user, "expected": row.answer, "got": got}, ensure_ascii=False
                    )
                )
    paraphrased = [Row(a.system, b.user, a.answer) for a, b in zip(told, paraphrase, strict=True)]
    base = {
        "inPrompt": share(in_prompt, told),
        "inPromptParaphrase": share(answers(model, t, paraphrased), paraphrased),
        "abstainUntaught": share(answers(model, t, unknown), unknown),
        "abstainIrrelevant": share(answers(model, t, irrelevant), irrelevant),
        "known": share(answers(model, t, world), world),
        "margin": model.log_margin.exp().item(),
    }
    print(json.dumps({k: round(v, 3) for k, v in base.items()}), flush=True)
    good = [i for i, (got, row) in enumerate(zip(in_prompt, told, strict=True)) if got == row.answer]
    outside = world[:UNTAUGHT] + [Row("", f.question(r, split), UNKNOWN) for f in never_taught]
    before = answers(model, t, outside)
    lessons = Lessons.of(model, t, told, untold)
    drawn = [Row("", random_fact(r, "train").question(r, "train"), UNKNOWN) for _ in range(args.controls)]
    drawn += [Row("", *known.known(r, "train")) for _ in range(args.controls // 2)]
    controls = control_keys(model, t, drawn) if "replay" in args.rules else (torch.empty(0), torch.empty(0))
    for count in args.taught:
        draws = [good[d * count : (d + 1) * count] for d in range(max(1, min(40, 60 // count)))]
        draws = [d for d in draws if len(d) == count]
        crossed = [crossed_rows(r, [facts[i] for i in pick], split)[:100] for pick in draws]
        for rule in args.rules:
            sums: dict[str, float] = {}
            for pick, some_crossed in zip(draws, crossed, strict=True):
                m = memory_of(model, lessons.rows(pick), controls, rule, args.rate)
                asked = pick[:100]
                same = answers(model, t, outside, m)
                got = {"localityOut": sum(x == y for x, y in zip(same, before, strict=True)) / len(outside)}
                for name, rows in (
                    ("recall", untold),
                    ("paraphrase", paraphrase),
                    ("neighbour", neighbour),
                    ("relation", relation),
                ):
                    some = [rows[i] for i in asked]
                    got[name] = share(answers(model, t, some, m), some)
                got["crossed"] = share(answers(model, t, some_crossed, m), some_crossed) if some_crossed else 1.0
                for k, v in got.items():
                    sums[k] = sums.get(k, 0.0) + v / len(draws)
            print(json.dumps({"facts": count, "rule": rule, **{k: round(v, 3) for k, v in sums.items()}}), flush=True)


if __name__ == "__main__":
    main()
