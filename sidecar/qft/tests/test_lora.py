"""Facts exported as LoRA by the sidecar: transformers gives the sidecar's answers and logits with them.

Runs the sidecar on the shipped model, so it needs Node and the repository's packages.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModelForCausalLM

ROOT = Path(__file__).parents[3]
NANO = ROOT / "sidecar" / "models" / "nano"
RULES = ("margin", "hebbian")
TOLERANCE = 1e-3


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an adapter and reference.json for each rule."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "tsx").exists():
        pytest.skip("needs Node and the packages of package-lock.json: the sidecar makes the adapters")
    out = tmp_path_factory.mktemp("lora")
    subprocess.run([node, "--import", "tsx", "test/model/lora/reference.ts", str(out)], cwd=ROOT, check=True)
    return out


@pytest.fixture
def base() -> nn.Module:
    return AutoModelForCausalLM.from_pretrained(NANO, trust_remote_code=True).eval()


def cases(folder: Path) -> list[dict]:
    return json.loads((folder / "reference.json").read_text(encoding="utf-8"))


@torch.no_grad()
def logits(model: nn.Module, case: dict) -> Tensor:
    """Logits [n, vocab] at the positions that predict the sidecar's answer."""
    return model(torch.tensor([case["ids"]])).logits[0, case["asked"]]


def worst(model: nn.Module, folder: Path) -> float:
    """Most by which a logit differs from the sidecar's."""
    return max((logits(model, c) - torch.tensor(c["logits"])).abs().max().item() for c in cases(folder))


@torch.no_grad()
def answer(model: nn.Module, prompt: str) -> str:
    """Greedy, until the end of the line."""
    t = Tokenizer.from_file(str(NANO / "tokenizer.json"))
    ids, said = t.encode(prompt).ids, ""
    start = len(ids)
    while "\n" not in said and len(ids) < start + 64:
        ids.append(int(model(torch.tensor([ids])).logits[0, -1].argmax()))
        said = t.decode(ids[start:])
    return said.split("\n")[0].strip()


@pytest.mark.parametrize("rule", RULES)
def test_applied_by_hand(exported: Path, base: nn.Module, rule: str) -> None:
    """As PEFT applies it: weight += lora_alpha / r * B A."""
    config = json.loads((exported / rule / "adapter_config.json").read_text(encoding="utf-8"))
    (module,) = config["target_modules"]
    assert worst(base, exported / rule) > 0.1, "nothing was learned that could be seen"
    factors = load_file(exported / rule / "adapter_model.safetensors")
    a, b = (factors[f"base_model.model.{module}.lora_{x}.weight"] for x in "AB")
    weight = base.get_submodule(module).weight
    assert a.shape == (config["r"], weight.shape[1]) and b.shape == (weight.shape[0], config["r"])
    with torch.no_grad():
        weight += config["lora_alpha"] / config["r"] * (b @ a)
    assert worst(base, exported / rule) < TOLERANCE


@pytest.mark.parametrize("rule", RULES)
def test_peft_gives_the_sidecars_answers(exported: Path, base: nn.Module, rule: str) -> None:
    peft = pytest.importorskip("peft", reason="needs peft, see requirements.txt")
    model = peft.PeftModel.from_pretrained(base, exported / rule).eval()
    assert worst(model, exported / rule) < TOLERANCE
    for case in cases(exported / rule):
        assert answer(model, case["prompt"]) == case["answer"]


def test_a_merged_model_is_a_model_of_its_own(exported: Path, base: nn.Module, tmp_path: Path) -> None:
    peft = pytest.importorskip("peft", reason="needs peft, see requirements.txt")
    merged = peft.PeftModel.from_pretrained(base, exported / "margin").merge_and_unload()
    merged.save_pretrained(tmp_path / "merged")
    loaded = AutoModelForCausalLM.from_pretrained(tmp_path / "merged", trust_remote_code=True).eval()
    assert worst(loaded, exported / "margin") < TOLERANCE
