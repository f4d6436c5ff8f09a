"""QFt on a small random Qwen2: it anneals, resumes, and writes a directory that transformers loads."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from qft import tokenizer
from qft.company import CompanyRows
from qft.convert import alpha, convert, texts
from qft.data import Mixture

ONE_LINE = Path(__file__).parents[3] / "test" / "unit" / "golden" / "oneLine.json"


def chat(*contents: str, roles: tuple[str, ...] = ("system", "user", "assistant")) -> str:
    """A line of a rows file; other separators of lines than "\n" stay as they are in it."""
    messages = [{"role": role, "content": content} for role, content in zip(roles, contents, strict=True)]
    return json.dumps({"messages": messages}, ensure_ascii=False) + "\n"


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
    rows = [("Qi leads Acme.", "Who leads Acme?", "Qi"), ("", "Who leads Zed?", "Need more information.")]
    data.write_text("".join(chat(*row) for row in rows))
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


@pytest.mark.parametrize("case", json.loads(ONE_LINE.read_text(encoding="utf-8")), ids=lambda case: repr(case["text"]))
def test_rows_are_put_on_one_line_as_the_engine_does(case: dict[str, str], tmp_path: Path) -> None:
    data = tmp_path / "rows.jsonl"
    text, line = case["text"], case["line"]
    data.write_text(chat(text, text, text), encoding="utf-8")
    assert texts(data) == [f"system: {line}\nuser: {line}\nassistant: {line}\n"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_only_a_line_feed_ends_a_row(separator: str, tmp_path: Path) -> None:
    data = tmp_path / "rows.jsonl"
    row = ("Acme is led by" + separator + "Qi.", "Who leads Acme?", "Qi")
    data.write_text(chat(*row) + "\n" + chat(*row), encoding="utf-8")
    assert len(texts(data)) == 2
    assert CompanyRows(data).rows == [row, row]


def test_rows_that_are_no_chats_are_named(tmp_path: Path) -> None:
    data = tmp_path / "rows.jsonl"
    good = chat("Qi leads Acme.", "Who leads Acme?", "Qi")
    for bad, found in (
        (chat("Who leads Acme?", "Qi", "Qi leads Acme.", roles=("user", "assistant", "system")), "user, assistant"),
        (chat("Who leads Acme?", "Qi", roles=("user", "assistant")), "expected 3, got 2"),
        (chat("Qi leads Acme.", "Who leads Acme?", "Qi").replace('"Qi"', "null"), ""),
        ("{}\n", "messages"),
    ):
        data.write_text(good + bad)
        with pytest.raises(SystemExit, match=f"rows.jsonl:2: expected chat messages system, user, assistant .*{found}"):
            texts(data)
    data.write_text(good.replace('"role": "user", ', ""))
    assert len(texts(data)) == 1
    data.write_text("\n")
    with pytest.raises(SystemExit, match="no rows"):
        texts(data)


def test_a_bad_layer_is_named(qwen: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="layers 0 to 4"):
        convert(*qwen, tmp_path / "x", layer=7, steps=1, batch=1, lr=1e-3, seed=1)


def test_a_model_that_cannot_be_converted_is_refused_untouched(qwen: tuple[Path, Path], tmp_path: Path) -> None:
    source, data = qwen
    file = source / "config.json"
    config = json.loads(file.read_text())

    def refused(match: str, model: Path = source, out: Path = tmp_path / "x", batch: int = 1) -> None:
        before = {p: p.read_bytes() for p in source.iterdir()}
        with pytest.raises(SystemExit, match=match):
            convert(model, data, out, layer=2, steps=480, batch=batch, lr=1e-3, seed=1)
        assert {p: p.read_bytes() for p in source.iterdir()} == before

    refused("--out .*would be overwritten", out=source)
    refused("--out .*would be overwritten", out=source / ".." / source.name)
    refused("no config.json", model=Path("Qwen/Qwen2.5-0.5B"))
    refused("--batch 0", batch=0)
    file.write_text(json.dumps(config | {"quantization_config": {"quant_method": "gptq"}}))
    refused("quantized")
    for model_type in ("qwen3", "qf2"):
        file.write_text(json.dumps(config | {"model_type": model_type}))
        refused(f"type {model_type}")
    assert not (tmp_path / "x").exists()


def test_a_resumed_run_takes_its_rate_and_no_other_options(qwen: tuple[Path, Path], tmp_path: Path) -> None:
    source, data = qwen
    out = tmp_path / "qf2"

    def run(source: Path = source, steps: int = 1, layer: int = 2, batch: int = 2, lr: float = 1e-3, seed: int = 1):
        convert(source, data, out, layer=layer, steps=steps, batch=batch, lr=lr, seed=seed)
        return torch.load(out / "checkpoint.pt")

    first = run()
    second = run(steps=2, lr=0.0)
    assert second["step"] == 2
    assert all(torch.equal(tensor, second["model"][name]) for name, tensor in first["model"].items())
    third = run(steps=3, lr=1e-3)
    assert not all(torch.equal(tensor, third["model"][name]) for name, tensor in second["model"].items())
    copy = shutil.copytree(source, tmp_path / "copy")
    for option, other in {
        "model": {"source": copy},
        "layer": {"layer": 1},
        "batch": {"batch": 1},
        "seed": {"seed": 2},
    }.items():
        with pytest.raises(SystemExit, match=f"with another --{option}: "):
            run(steps=4, **other)
    data.write_text(chat("Qi leads Acme.", "Who leads Acme?", "Qi"))
    with pytest.raises(SystemExit, match="with another --data, --seed: "):
        run(steps=4, seed=2)


@pytest.mark.parametrize(
    ("steps", "lr"), [(300, 1e30), (2, float("inf"))], ids=["seen in a loss", "in the step that is saved"]
)
def test_a_diverged_run_keeps_its_checkpoint(qwen: tuple[Path, Path], tmp_path: Path, steps: int, lr: float) -> None:
    out = tmp_path / "qf2"
    convert(*qwen, out, layer=2, steps=1, batch=2, lr=1e-3, seed=1)
    before = (out / "checkpoint.pt").read_bytes()
    with pytest.raises(SystemExit, match=r"diverged by step .* lower --lr"):
        convert(*qwen, out, layer=2, steps=steps, batch=2, lr=lr, seed=1)
    assert (out / "checkpoint.pt").read_bytes() == before
