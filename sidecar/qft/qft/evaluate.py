"""Measures a checkpoint on the dev or test split, free-running.

python -m qft.evaluate --checkpoint runs/nano/checkpoint.pt --tokenizer runs/nano/tokenizer.json --split dev
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer

from . import known
from .data import UNKNOWN, Row
from .export import load
from .facts import Fact, other_relation, other_subject, random_fact
from .generate import answers, record
from .memory import Memory, hebbian, replay, write
from .model import Nano
from .names import Split

SIGNIFICANT = 0.05


def share(got: list[str], rows: list[Row]) -> float:
    return sum(a == r.answer for a, r in zip(got, rows, strict=True)) / max(1, len(rows))


def facts_of(r: Random, n: int, split: Split) -> list[Fact]:
    """`n` facts about different entities."""
    facts: dict[str, Fact] = {}
    while len(facts) < n:
        fact = random_fact(r, split)
        facts.setdefault(fact.subject, fact)
    return list(facts.values())


def memory_of(
    model: Nano, t: Tokenizer, told: list[Row], untold: list[Row], rule: str, rate: float, margin: float
) -> Memory:
    """Teaches all rows at once with the named rule: once (one margin write), replay, or hebbian."""
    instruct, update = record(model, t, told), record(model, t, untold)
    keep = update.probability < 1 - SIGNIFICANT
    keys, pre, sign = update.keys[keep], update.pre[keep], torch.sign(instruct.pre[keep])
    significance = 1 - update.probability[keep]
    if rule == "hebbian":
        return Memory(hebbian(keys, model.fire(instruct.pre[keep]), significance, rate), torch.zeros_like(model.mu))
    if rule == "once":
        return Memory(write(keys, pre, sign, significance, margin, model.mu), model.mu)
    return Memory(replay(keys, pre, sign, margin, model.mu, 20), model.mu)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoint", type=Path, required=True)
    a.add_argument("--tokenizer", type=Path, required=True)
    a.add_argument("--split", choices=["dev", "test"], default="dev")
    a.add_argument("--facts", type=int, default=150)
    a.add_argument("--taught", type=int, nargs="*", default=[1, 10, 30])
    a.add_argument("--rules", nargs="*", default=["once", "replay"])
    a.add_argument("--margins", type=float, nargs="*", default=[1.0], help="multiples of the learned margin")
    a.add_argument("--rate", type=float, default=0.02)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--wrong", action="store_true", help="print what the model gets wrong")
    args = a.parse_args()
    torch.set_num_threads(2)
    model, t, r = load(args.checkpoint), Tokenizer.from_file(str(args.tokenizer)), Random(args.seed)
    split: Split = args.split
    facts = facts_of(r, args.facts, split)
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
    outside = world[:40] + unknown[-40:]
    before = answers(model, t, outside)
    for count in args.taught:
        draws = 12 if count == 1 else max(1, 60 // count)
        for rule in args.rules:
            for factor in args.margins if rule != "hebbian" else [1.0]:
                sums: dict[str, float] = {}
                for d in range(draws):
                    pick = good[d * count : (d + 1) * count]
                    if len(pick) < count:
                        break
                    margin = factor * model.log_margin.exp().item()
                    m = memory_of(model, t, [told[i] for i in pick], [untold[i] for i in pick], rule, args.rate, margin)
                    got = {
                        "recall": share(answers(model, t, [untold[i] for i in pick], m), [untold[i] for i in pick]),
                        "paraphrase": share(
                            answers(model, t, [paraphrase[i] for i in pick], m), [paraphrase[i] for i in pick]
                        ),
                        "neighbour": share(
                            answers(model, t, [neighbour[i] for i in pick], m), [neighbour[i] for i in pick]
                        ),
                        "relation": share(
                            answers(model, t, [relation[i] for i in pick], m), [relation[i] for i in pick]
                        ),
                    }
                    same = answers(model, t, outside, m)
                    got["localityOut"] = sum(x == y for x, y in zip(same, before, strict=True)) / len(outside)
                    for k, v in got.items():
                        sums[k] = sums.get(k, 0.0) + v / draws
                print(
                    json.dumps(
                        {"facts": count, "rule": rule, "margin": factor, **{k: round(v, 3) for k, v in sums.items()}}
                    ),
                    flush=True,
                )


if __name__ == "__main__":
    main()
