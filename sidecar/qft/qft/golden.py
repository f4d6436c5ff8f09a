"""Writes reference logits for the TypeScript engine's test.

python -m qft.golden --model ../models/nano --out ../../test/model/golden/nano.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM

from .batch import pack
from .data import Row

CASES = (
    Row("Qi is the founder and CEO of Oxinnovate.", "Who is the CEO of Oxinnovate?", "Qi"),
    Row("", "Who is the CEO of Nvidia?", "Jensen Huang"),
    # Longer than what the engine reads in one go.
    Row(" ".join(f"Rack {n} stands in hall {n % 7}." for n in range(40)), "Where does rack 21 stand?", "hall 0"),
)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32, trust_remote_code=True).eval()
    t = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    cases = []
    for row in CASES:
        batch = pack(t, [row])
        with torch.no_grad():
            logits = model(batch.ids).logits[batch.scored]
        length = int(batch.scored[0].nonzero().max()) + 1
        cases.append(
            {
                "system": row.system,
                "user": row.user,
                "answer": row.answer,
                "ids": batch.ids[0, :length].tolist(),
                "logits": [[round(x, 5) for x in line] for line in logits.tolist()],
            }
        )
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps({"cases": cases}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
