"""Writes test/unit/golden/hebbian.json: the paper's rule (equation 3) in plain PyTorch.

python sidecar/qft/tests/golden_hebbian.py test/unit/golden/hebbian.json
"""

import json
import sys

import torch

D, FFN, T, BETA, RATE = 12, 20, 5, 10.0, 0.02


def main(path: str) -> None:
    generator = torch.Generator().manual_seed(1)
    weight = torch.randn(FFN, D, generator=generator)
    keys = torch.randn(T, D, generator=generator)  # x_t, without the statement
    pre = 0.3 * torch.randn(T, FFN, generator=generator)  # with the statement
    significance = torch.rand(T, generator=generator)
    firing = torch.sigmoid(BETA * pre)  # y*_t
    learned = weight + RATE * torch.einsum("t,ti,tj->ij", significance, firing - 0.5, keys)
    values = {"weight": weight, "keys": keys, "pre": pre, "significance": significance, "learned": learned}
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"d": D, "rate": RATE} | {name: tensor.flatten().tolist() for name, tensor in values.items()}, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
