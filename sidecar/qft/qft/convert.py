"""QFt: turns one layer of a Qwen2 model into a QF2 layer by alpha annealing, as published.

    python -m qft.convert --model DIR --data rows.jsonl --out OUT --layer 23 --steps 1200 --seed 1

The layer's feed-forward part and its residual fade out (alpha = 0.99^step, 0 below 0.01) while the firing
branch takes over; layers L-1, L and L+1 train, everything else stays. `rows.jsonl` holds chat messages
(system, user, assistant), see chats.py. Checkpoints every 100 steps in OUT and resumes from there.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import AutoTokenizer, PreTrainedTokenizerBase, Qwen2ForCausalLM
from transformers.models.qwen2.modeling_qwen2 import Qwen2DecoderLayer

from . import chats
from .checkpoint import save_whole
from .export import ABSTENTION, AUTO_MAP, PROMPT
from .model import Fire

BETA = 10.0
# Units of the sparse code in which keys are learned, and how many of them a key makes active.
UNITS, ACTIVE = 8192, 32


def alpha(step: int) -> float:
    """How much of the old layer is left."""
    a = 0.99**step
    return a if a >= 0.01 else 0.0


class Annealed(nn.Module):
    """A decoder layer between Qwen2 (alpha 1) and QF2 (alpha 0)."""

    def __init__(self, old: Qwen2DecoderLayer) -> None:
        super().__init__()
        self.old = old
        self.up_proj = nn.Linear(old.mlp.up_proj.in_features, old.mlp.up_proj.out_features, bias=False)
        self.down_proj = nn.Linear(old.mlp.down_proj.in_features, old.mlp.down_proj.out_features, bias=False)
        self.up_proj.load_state_dict(old.mlp.up_proj.state_dict())
        self.down_proj.load_state_dict(old.mlp.down_proj.state_dict())
        self.alpha = 1.0
        self.keys: Tensor | None = None

    def forward(self, hidden_states: Tensor, **kwargs: Any) -> Tensor:
        attended, _ = self.old.self_attn(hidden_states=self.old.input_layernorm(hidden_states), **kwargs)
        h = hidden_states + attended
        x = self.old.post_attention_layernorm(h)
        self.keys = x.detach()
        fired = self.down_proj(Fire.apply(self.up_proj(x), BETA))
        if self.alpha == 0.0:
            return fired
        return self.alpha * (h + self.old.mlp(x)) + (1 - self.alpha) * fired


def texts(path: Path) -> list[str]:
    """Each chat as the plain text that QF2 uses, the answer included."""
    return [PROMPT.format(system=system, user=user) + f" {answer}\n" for system, user, answer in chats.read(path)]


def batches(
    rows: list[str], t: PreTrainedTokenizerBase, size: int, seed: int, skip: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Endless (ids, mask) batches in an order that `seed` decides; `skip` batches are passed over (resume)."""
    r = Random(seed)
    while True:
        order = r.sample(range(len(rows)), len(rows))
        for start in range(0, len(order), size):
            if skip > 0:
                skip -= 1
                continue
            ids = [t.encode(rows[i]) for i in order[start : start + size]]
            width = max(map(len, ids))
            yield (
                torch.tensor([x + [0] * (width - len(x)) for x in ids]),
                torch.tensor([[1] * len(x) + [0] * (width - len(x)) for x in ids]),
            )


def check(model_dir: Path, out: Path, batch: int) -> None:
    """Ends the program, before anything is trained, where no model could come of it."""
    file = model_dir / "config.json"
    if not file.is_file():
        raise SystemExit(f"--model {model_dir}: no config.json found; download the model and pass its folder")
    config = json.loads(file.read_text(encoding="utf-8"))
    if config.get("model_type") != "qwen2":
        raise SystemExit(f"--model {model_dir}: type {config.get('model_type')} is not supported; use Qwen2 or Qwen2.5")
    if config.get("quantization_config") is not None:
        raise SystemExit(f"--model {model_dir}: quantized models are not supported; use one in f32, f16 or bf16")
    if out.exists() and out.samefile(model_dir):
        raise SystemExit(f"--out {out}: same folder as --model, which would be overwritten; use another")
    if batch < 1:
        raise SystemExit(f"--batch {batch}: must be 1 or more")


def convert(
    model_dir: Path, data: Path, out: Path, layer: int, steps: int, batch: int, lr: float, seed: int
) -> list[float]:
    """Trains, and writes the converted directory once nothing is left of the old layer; the losses of this call's steps."""
    check(model_dir, out, batch)
    rows = texts(data)
    torch.manual_seed(seed)
    t = AutoTokenizer.from_pretrained(model_dir)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Qwen2ForCausalLM.from_pretrained(model_dir, dtype=torch.float32)
    if not 0 <= layer < model.config.num_hidden_layers:
        raise SystemExit(f"--layer {layer}: the model has layers 0 to {model.config.num_hidden_layers - 1}")
    layers = model.model.layers
    annealed = Annealed(layers[layer])
    layers[layer] = annealed  # type: ignore[assignment]
    model.to(device).requires_grad_(False)
    for i in range(max(0, layer - 1), min(len(layers), layer + 2)):
        layers[i].requires_grad_(True)
    params = [p for p in model.parameters() if p.requires_grad]
    opt = torch.optim.AdamW(params, lr=lr)
    out.mkdir(parents=True, exist_ok=True)
    checkpoint, step, losses = out / "checkpoint.pt", 0, []
    options = {
        "model": str(model_dir.resolve()),
        "data": sha256("".join(rows).encode()).hexdigest(),
        "layer": layer,
        "batch": batch,
        "seed": seed,
    }
    mu = torch.zeros(model.config.hidden_size, device=device)
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device)
        others = [f"--{name}" for name in options if saved["options"][name] != options[name]]
        if others:
            raise SystemExit(
                f"{checkpoint} was started with another {', '.join(others)}: use the same, or another --out"
            )
        model.load_state_dict(saved["model"])
        opt.load_state_dict(saved["optimizer"])
        for group in opt.param_groups:
            group["lr"] = lr  # of this call, not of the one that saved it
        step, mu = saved["step"], saved["mu"]
    for ids, mask in batches(rows, t, batch, seed, step):
        if step >= steps:
            break
        annealed.alpha = alpha(step)
        ids, mask = ids.to(device), mask.to(device)
        logits = model(ids, attention_mask=mask).logits
        seen = mask[:, 1:].bool()
        loss = F.cross_entropy(logits[:, :-1][seen], ids[:, 1:][seen])
        if not loss.isfinite():
            raise diverged(step)
        opt.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        step += 1
        losses.append(loss.item())
        assert annealed.keys is not None
        mu.lerp_(annealed.keys[mask.bool()].mean(0), 1 / min(step, 50))
        if step % 100 == 0 or step == steps:
            # The last step may have spoilt what its loss does not tell yet.
            if not all(p.isfinite().all() for p in params):
                raise diverged(step)
            state = {"model": model.state_dict(), "optimizer": opt.state_dict(), "step": step, "mu": mu}
            save_whole(state | {"options": options}, checkpoint)
            print(
                json.dumps({"step": step, "alpha": round(annealed.alpha, 3), "loss": round(losses[-1], 4)}), flush=True
            )
    if alpha(step - 1) > 0:
        print(f"Part of the old layer is left after {step} steps: {checkpoint} was saved, but no model was written")
    else:
        write(model, annealed, layer, mu, model_dir, out)
    return losses


def diverged(step: int) -> SystemExit:
    """What a run ends with before it would save weights that are no numbers."""
    return SystemExit(f"The training diverged by step {step}: run it again with a lower --lr; earlier checkpoints stay")


def write(model: Qwen2ForCausalLM, annealed: Annealed, layer: int, mu: Tensor, source: Path, out: Path) -> None:
    """The Hugging Face directory of a finished conversion."""
    prefix = f"model.layers.{layer}."
    tensors = {k: v for k, v in model.state_dict().items() if not k.startswith(prefix) and k != "lm_head.weight"}
    if not model.config.tie_word_embeddings:
        tensors["lm_head.weight"] = model.lm_head.weight
    kept = {k: v for k, v in annealed.old.state_dict().items() if not k.startswith("mlp.")}
    tensors |= {prefix + k: v for k, v in kept.items()}
    tensors |= {
        prefix + "mlp.up_proj.weight": annealed.up_proj.weight,
        prefix + "mlp.down_proj.weight": annealed.down_proj.weight,
    }
    # A projection that sees a key less the keys' mean.
    expansion = torch.randn(UNITS, len(mu), generator=torch.Generator().manual_seed(1))
    tensors |= {"qf2.expansion.weight": expansion, "qf2.expansion.bias": -expansion @ mu.cpu()}
    save_file(
        {k: v.detach().cpu().contiguous() for k, v in tensors.items()},
        str(out / "model.safetensors"),
        metadata={"format": "pt"},
    )
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    config.pop("dtype", None)
    config |= {
        "architectures": ["Qf2ForCausalLM"],
        "auto_map": AUTO_MAP,
        "model_type": "qf2",
        "torch_dtype": "float32",
        "qf2": {
            "layer": layer,
            "beta": BETA,
            "expansion": {"units": UNITS, "active": ACTIVE},
            "prompt": PROMPT,
            "stop": "\n",
            "abstention": ABSTENTION,
        },
    }
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        if (source / name).exists():
            shutil.copyfile(source / name, out / name)
    shutil.copyfile(Path(__file__).with_name("modeling_qf2.py"), out / "modeling_qf2.py")


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", type=Path, required=True, help="Hugging Face directory of a Qwen2 or Qwen2.5 model")
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--layer", type=int, required=True)
    a.add_argument("--steps", type=int, default=1200)
    a.add_argument("--batch", type=int, default=16)
    a.add_argument("--lr", type=float, default=1e-4)
    a.add_argument("--seed", type=int, default=1)
    args = a.parse_args()
    convert(args.model, args.data, args.out, args.layer, args.steps, args.batch, args.lr, args.seed)


if __name__ == "__main__":
    main()
