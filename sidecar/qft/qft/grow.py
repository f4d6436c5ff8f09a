"""Adds layers to a trained nano without changing what it computes: their output projections begin at zero.

python -m qft.grow --checkpoint runs/nano/checkpoint.pt --layers 5 --out runs/nano5/start.pt
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import torch
from torch import Tensor

from .model import Config, Nano


def grow(saved: dict[str, Tensor], old: Config, new: Config) -> dict[str, Tensor]:
    """The state of a `new` model that computes what `old` with state `saved` does; new layers stand before the last."""
    fresh = Nano(new).state_dict()
    last = old.num_hidden_layers - 1
    moved = {k.replace(f"layers.{last}.", f"layers.{new.num_hidden_layers - 1}."): v for k, v in saved.items()}
    for layer in range(last, new.num_hidden_layers - 1):
        for part in ("self_attn.o_proj", "mlp.down_proj"):
            fresh[f"model.layers.{layer}.{part}.weight"].zero_()
    return {name: moved.get(name, value) for name, value in fresh.items()}


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoint", type=Path, required=True)
    a.add_argument("--layers", type=int, required=True)
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    saved = torch.load(args.checkpoint, map_location="cpu")
    shape = {f.name for f in fields(Config)}
    old = {k: v for k, v in saved["config"].items() if k in shape}
    new = {**old, "num_hidden_layers": args.layers, "qf2_layer": args.layers - 1}
    state = grow(saved["model"], Config(**old), Config(**new))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"config": Config(**new).as_dict(), "model": state, "step": 0}, args.out)


if __name__ == "__main__":
    main()
