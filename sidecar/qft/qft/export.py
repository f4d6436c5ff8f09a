"""Writes a trained nano as a Hugging Face directory.

python -m qft.export --checkpoint runs/nano/wide.pt --tokenizer runs/nano/tokenizer.json --half --out ../models/nano
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from random import Random

import torch
from safetensors.torch import save_file

from . import known
from .drafts import DRAFT
from .facts import random_fact
from .model import Config, Nano

PROMPT = "system: {system}\nuser: {user}\nassistant:"
ABSTENTION = "Need more information."
# Where transformers finds the classes; servers that bring their own language-model head use the base model.
AUTO_MAP = {
    "AutoConfig": "modeling_qf2.Qf2Config",
    "AutoModel": "modeling_qf2.Qf2Model",
    "AutoModelForCausalLM": "modeling_qf2.Qf2ForCausalLM",
}
# What the converter stores the matrices in, where nothing else is wanted.
PRECISION = "int8"
# One write goes to a share of the trained margin: a whole one would push over what replay holds at less.
WRITE_SHARE = 0.4
# Replay holds each position at a share of the margin of one write, controls at a smaller one.
SWEEPS, REPLAY_SHARE, CONTROL_SHARE, HEBBIAN_RATE = 64, 1.0, 0.625, 0.02


def config_json(c: Config, margin: float) -> dict[str, object]:
    """Hugging Face's Qwen2 configuration with a `qf2` section."""
    return {
        "architectures": ["Qf2ForCausalLM"],
        "auto_map": AUTO_MAP,
        "model_type": "qf2",
        "hidden_act": "silu",
        "hidden_size": c.hidden_size,
        "intermediate_size": c.intermediate_size,
        "num_hidden_layers": c.num_hidden_layers,
        "num_attention_heads": c.num_attention_heads,
        "num_key_value_heads": c.num_key_value_heads,
        "rms_norm_eps": c.rms_norm_eps,
        "rope_theta": c.rope_theta,
        "max_position_embeddings": c.max_position_embeddings,
        "tie_word_embeddings": True,
        "vocab_size": c.vocab_size,
        "torch_dtype": "float32",
        "qf2": {
            "precision": PRECISION,
            "layer": c.qf2_layer,
            "beta": c.qf2_beta,
            "intermediate_size": c.qf2_intermediate_size,
            "margin": round(margin, 4),
            "expansion": {"units": c.expansion_units, "active": c.expansion_active},
            "significance": "one_minus_p",
            "prompt": PROMPT,
            "stop": "\n",
            "abstention": ABSTENTION,
            "draft": DRAFT,
            "rule": {
                "margin": {"replay_sweeps": SWEEPS, "replay_share": REPLAY_SHARE, "control_margin": CONTROL_SHARE},
                "hebbian": {"rate": HEBBIAN_RATE},
            },
        },
    }


def export(model: Nano, tokenizer: Path, out: Path, half: bool = False) -> None:
    """Writes config.json, model.safetensors (f32 or f16), tokenizer.json, controls.json and modeling_qf2.py to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    tensors = {k: v for k, v in model.state_dict().items() if k.startswith("model.")}
    tensors["qf2.expansion.weight"] = model.expansion_weight
    tensors["qf2.expansion.bias"] = model.expansion_bias
    dtype = torch.float16 if half else torch.float32
    tensors = {k: v.detach().to(dtype).contiguous() for k, v in tensors.items()}
    save_file(tensors, str(out / "model.safetensors"), metadata={"format": "pt"})
    config = config_json(model.c, WRITE_SHARE * model.log_margin.exp().item())
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in controls(seed=7, each=200))
    (out / "controls.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    shutil.copyfile(Path(__file__).with_name("modeling_qf2.py"), out / "modeling_qf2.py")


def controls(seed: int, each: int) -> list[dict[str, str]]:
    """Questions of the training split that learning must leave alone: `each` untaught ones, half as many known ones."""
    r = Random(seed)
    rows = [{"question": random_fact(r, "train").question(r, "train"), "answer": ABSTENTION} for _ in range(each)]
    known_rows = (known.known(r, "train") for _ in range(each // 2))
    return rows + [{"question": question, "answer": answer} for question, answer in known_rows]


def load(checkpoint: Path) -> Nano:
    """The model of a training checkpoint, in evaluation mode."""
    saved = torch.load(checkpoint, map_location="cpu")
    model = Nano(Config(**saved["config"]))
    model.load_state_dict(saved["model"])
    return model.eval()


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoint", type=Path, required=True)
    a.add_argument("--tokenizer", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--half", action="store_true", help="round the weights to f16, for half the size")
    args = a.parse_args()
    export(load(args.checkpoint), args.tokenizer, args.out, args.half)


if __name__ == "__main__":
    main()
