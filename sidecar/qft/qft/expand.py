"""Gives a trained nano a wider expansion: another fixed random projection, drawn for the keys that it has.

python -m qft.expand --checkpoint runs/nano/checkpoint.pt --tokenizer runs/nano/tokenizer.json --units 16384 \
    --active 64 --out runs/nano/wide.pt
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .calibrate import calibrate, untold_rows
from .company import CompanyRows
from .data import Mixture
from .model import Config, Nano


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoint", type=Path, required=True)
    a.add_argument("--tokenizer", type=Path, required=True)
    a.add_argument("--company", type=Path, help="as in training")
    a.add_argument("--units", type=int, required=True)
    a.add_argument("--active", type=int, required=True)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    saved = torch.load(args.checkpoint, map_location="cpu")
    trunk = {name: value for name, value in saved["model"].items() if not name.startswith("expansion")}
    shape = {f.name: saved["config"][f.name] for f in fields(Config)}
    config = Config(**{**shape, "expansion_units": args.units, "expansion_active": args.active})
    model = Nano(config)
    model.load_state_dict(trunk, strict=False)
    t = Tokenizer.from_file(str(args.tokenizer))
    calibrate(model, untold_rows(t, Mixture(CompanyRows(args.company)), args.seed), args.seed)
    torch.save({"config": config.as_dict(), "model": model.state_dict(), "step": saved["step"]}, args.out)


if __name__ == "__main__":
    main()
