"""Adds layers to an exported nano without changing what it computes: their output projections begin at zero.

python -m qft.grow --model ../models/nano --layers 8 --out runs/nano/start.pt
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
from dataclasses import fields
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from .export import WRITE_SHARE
from .model import Config, Nano


def read(directory: Path) -> tuple[Config, dict[str, Tensor]]:
    """Configuration and state of an exported nano, without its expansion, which training draws anew."""
    config = json.loads((directory / "config.json").read_text("utf-8"))
    shape = {f.name: config[f.name] for f in fields(Config) if f.name in config}
    qf2 = {"qf2_layer": config["qf2"]["layer"], "qf2_intermediate_size": config["qf2"]["intermediate_size"]}
    tensors = load_file(str(directory / "model.safetensors"))
    state = {name: value.float() for name, value in tensors.items() if not name.startswith("qf2.expansion")}
    state["log_margin"] = torch.tensor(math.log(config["qf2"]["margin"] / WRITE_SHARE))
    return Config(**shape, **qf2), state


def grow(saved: dict[str, Tensor], old: Config, layers: int) -> tuple[Config, dict[str, Tensor]]:
    """A model of `layers` that computes what `old` with state `saved` does; new layers stand before the last."""
    last = old.num_hidden_layers - 1
    new = Config(**{**old.as_dict(), "num_hidden_layers": layers, "qf2_layer": layers - 1})
    fresh = Nano(new).state_dict()
    moved = {k.replace(f"layers.{last}.", f"layers.{layers - 1}."): v for k, v in saved.items()}
    for layer in range(last, layers - 1):
        for part in ("self_attn.o_proj", "mlp.down_proj"):
            fresh[f"model.layers.{layer}.{part}.weight"].zero_()
    return new, {name: moved.get(name, value) for name, value in fresh.items()}


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", type=Path, required=True, help="directory that qft.export wrote")
    a.add_argument("--layers", type=int, required=True)
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    old, saved = read(args.model)
    config, state = grow(saved, old, args.layers)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"config": config.as_dict(), "model": state, "step": 0}, args.out)
    shutil.copyfile(args.model / "tokenizer.json", args.out.with_name("tokenizer.json"))


if __name__ == "__main__":
    main()
