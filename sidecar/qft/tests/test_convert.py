"""QFt on a small random Qwen2: it anneals, resumes, and writes a directory that transformers loads."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from qft import tokenizer
from qft.company import CompanyRows
from qft.convert import alpha, convert
from qft.data import Mixture


@pytest.fixture
def qwen(tmp_path: Path) -> tuple[Path, Path]:
    m = Mixture(CompanyRows(None))
    m.company.rows = [("Orbinex was acquired by Datashield.", "Who acquired Orbinex?", "Datashield")]
    source = tmp_path / "qwen"
    PreTrainedTokenizerFast(tokenizer_object=tokenizer.train(m, 400, 1, 200)).save_pretrained(source)
    torch.manual_seed(0)
    config = Qwen2Config(
        vocab_size=400,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=5,
        num_attention_heads=4,
        num_key_value_heads=2,
        tie_word_embeddings=True,
        initializer_range=0.3,  # frozen embeddings must be able to spell the answer
    )
    Qwen2ForCausalLM(config).save_pretrained(source)
    data = tmp_path / "rows.jsonl"
    chat = [("Qi leads Acme.", "Who leads Acme?", "Qi"), ("", "Who leads Zed?", "Need more information.")]
    lines = [{"messages": [{"content": c} for c in row]} for row in chat]
    data.write_text("".join(json.dumps(x) + "\n" for x in lines))
    return source, data


def test_alpha_is_annealed_to_nothing() -> None:
    assert alpha(0) == 1.0 and 0.36 < alpha(100) < 0.37 and alpha(459) == 0.0


def test_conversion_learns_resumes_and_loads(qwen: tuple[Path, Path], tmp_path: Path) -> None:
    source, data = qwen
    out = tmp_path / "qf2"
    first = convert(source, data, out, layer=2, steps=120, batch=2, lr=3e-3, seed=1)
    assert not (out / "config.json").exists(), "something of the old layer is left"
    more = convert(source, data, out, layer=2, steps=480, batch=2, lr=3e-3, seed=1)
    assert len(first) == 120 and len(more) == 360 and more[-1] < first[0] / 2
    model = AutoModelForCausalLM.from_pretrained(out, trust_remote_code=True).eval()
    assert model.model.qf2.expansion.weight.abs().max() > 1 and not model.model.qf2.memory.weight.any()
    frozen = Qwen2ForCausalLM.from_pretrained(source)
    assert torch.equal(model.model.embed_tokens.weight, frozen.model.embed_tokens.weight)
    before, after = frozen.model.layers, model.model.layers
    trained = [not torch.equal(before[i].self_attn.q_proj.weight, after[i].self_attn.q_proj.weight) for i in range(5)]
    assert trained == [False, True, True, True, False]
    shift = load_file(out / "model.safetensors")["qf2.expansion.bias"]
    assert convert(source, data, out, layer=2, steps=480, batch=2, lr=3e-3, seed=1) == []
    assert shift.norm() > 0.1
    assert torch.equal(load_file(out / "model.safetensors")["qf2.expansion.bias"], shift)
    t = PreTrainedTokenizerFast.from_pretrained(source)
    ids = torch.tensor([t.encode("system: Qi leads Acme.\nuser: Who leads Acme?\nassistant: Qi\n")])
    with torch.no_grad():
        loss = model(ids, labels=ids).loss.item()
    assert abs(loss - more[-1]) < 1.0


def test_a_bad_layer_is_named(qwen: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="layers 0 to 4"):
        convert(*qwen, tmp_path / "x", layer=7, steps=1, batch=1, lr=1e-3, seed=1)
