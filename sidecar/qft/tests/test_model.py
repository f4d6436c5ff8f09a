"""The training model, the learning rules on tensors, and the exported directory."""

from pathlib import Path
from random import Random

import torch
from transformers import AutoModel, AutoModelForCausalLM

from qft.batch import pack
from qft.company import span
from qft.data import Mixture, Row
from qft.export import export
from qft.feed import Plan, Steps
from qft.load import Load
from qft.memory import Memory, coefficients, hebbian, random_expansion, replay
from qft.model import GROUP, Config, Nano, attend
from qft.optimizer import optimizers, orthogonalise
from qft.teach import teach


def small(vocab: int) -> Nano:
    torch.manual_seed(0)
    return Nano(
        Config(
            vocab_size=vocab,
            hidden_size=48,
            intermediate_size=64,
            num_attention_heads=4,
            num_key_value_heads=2,
            num_hidden_layers=2,
            qf2_layer=1,
            qf2_intermediate_size=96,
            expansion_units=128,
            expansion_active=8,
        )
    )


def test_transformers_gives_the_same_logits(tmp_path: Path, vocabulary) -> None:
    model = small(vocabulary.get_vocab_size()).eval()
    vocabulary.save(str(tmp_path / "tokenizer.json"))
    export(model, tmp_path / "tokenizer.json", tmp_path / "hf")
    loaded = AutoModelForCausalLM.from_pretrained(tmp_path / "hf", trust_remote_code=True).eval()
    ids = torch.randint(0, 500, (2, 17))
    with torch.no_grad():
        ours = model(ids, torch.ones_like(ids, dtype=torch.bool))
        theirs = loaded(ids).logits.flatten(0, 1)
        base = AutoModel.from_pretrained(tmp_path / "hf", trust_remote_code=True).eval()
        headless = base(ids).last_hidden_state.flatten(0, 1) @ base.embed_tokens.weight.T
    assert torch.allclose(ours, theirs, atol=1e-5) and torch.allclose(ours, headless, atol=1e-5)


def test_transformers_reads_a_memory_as_training_does(tmp_path: Path, vocabulary) -> None:
    model = small(vocabulary.get_vocab_size()).eval()
    model.expansion = random_expansion(128, 8, torch.randn(200, 48), seed=1)
    vocabulary.save(str(tmp_path / "tokenizer.json"))
    export(model, tmp_path / "tokenizer.json", tmp_path / "hf")
    loaded = AutoModelForCausalLM.from_pretrained(tmp_path / "hf", trust_remote_code=True).eval()
    ids = torch.randint(0, 500, (2, 17))
    scored = torch.ones_like(ids, dtype=torch.bool)
    with torch.no_grad():
        keys = model.keys(ids, scored)
        untaught = loaded(ids).logits
        memory = Memory(model.expansion, model.expansion.code(keys[:5]), torch.randn(5, 96))
        loaded.model.qf2.memory.weight.copy_(memory.written.T @ memory.codes)
        ours = model.logits(model.fire(memory.pre(model.pre(keys), keys)))
        theirs = loaded(ids).logits
    assert torch.allclose(ours, theirs.flatten(0, 1), atol=1e-4)
    assert not torch.allclose(untaught, theirs, atol=0.1)


def test_one_write_turns_every_neuron() -> None:
    torch.manual_seed(1)
    keys, pre, sign = torch.randn(1, 16), torch.randn(1, 32), torch.sign(torch.randn(1, 32))
    expansion = random_expansion(256, 8, torch.randn(100, 16), seed=1)
    m = Memory(expansion, expansion.code(keys), coefficients(pre, sign, torch.ones(1), 0.5))
    assert (sign * m.pre(pre, keys) > 0.49).all()


def test_replay_holds_every_margin() -> None:
    torch.manual_seed(2)
    keys, pre, sign = torch.randn(40, 16), torch.randn(40, 64), torch.sign(torch.randn(40, 64))
    expansion = random_expansion(256, 8, torch.randn(100, 16), seed=1)
    codes = expansion.code(keys)
    m = Memory(expansion, codes, replay(codes, pre, sign, 0.5, 60))
    assert (sign * m.pre(pre, keys) > 0.45).all()


def test_codes_are_sparse_and_of_unit_length() -> None:
    torch.manual_seed(3)
    keys = torch.randn(5, 16)
    codes = random_expansion(256, 8, torch.randn(100, 16), seed=1).code(keys)
    assert ((codes > 0).sum(1) == 8).all()
    assert torch.allclose(codes.norm(dim=1), torch.ones(5), atol=1e-4)


def test_load_settles_what_it_holds() -> None:
    torch.manual_seed(4)
    expansion = random_expansion(256, 8, torch.randn(100, 16), seed=1)
    codes, pre, sign = expansion.code(torch.randn(30, 16)), torch.randn(30, 20), torch.sign(torch.randn(30, 20))
    load = Load(30, 256, 20)
    load.add(codes, pre, sign, 0.5)
    for _ in range(60):
        load.settle(0.5)
    assert (sign * (pre + load.read(codes)) > 0.4).all()


def test_a_model_exported_in_half_precision_is_half_as_large_and_nearly_the_same(tmp_path: Path, vocabulary) -> None:
    model = small(vocabulary.get_vocab_size())
    vocabulary.save(str(tmp_path / "tokenizer.json"))
    export(model, tmp_path / "tokenizer.json", tmp_path / "whole")
    export(model, tmp_path / "tokenizer.json", tmp_path / "half", half=True)
    whole, half = ((tmp_path / name / "model.safetensors").stat().st_size for name in ("whole", "half"))
    assert half < 0.55 * whole
    loaded = AutoModelForCausalLM.from_pretrained(tmp_path / "half", dtype=torch.float32, trust_remote_code=True).eval()
    ids = torch.randint(0, 500, (2, 9))
    with torch.no_grad():
        ours = model(ids, torch.ones_like(ids, dtype=torch.bool))
        theirs = loaded(ids).logits.flatten(0, 1)
    assert torch.allclose(ours, theirs, atol=0.02)


def test_bfloat16_gives_nearly_the_same_keys(vocabulary) -> None:
    model = small(vocabulary.get_vocab_size())
    ids = torch.randint(0, 500, (2, 9))
    scored = torch.ones_like(ids, dtype=torch.bool)
    exact = model.keys(ids, scored)
    model.bf16 = True
    rounded = model.keys(ids, scored)
    assert rounded.dtype == torch.float32 and not torch.equal(rounded, exact)
    assert torch.allclose(rounded, exact, atol=0.05)


def test_rows_read_in_groups_give_the_same_keys_in_the_same_order(mixture: Mixture, vocabulary) -> None:
    model, r = small(vocabulary.get_vocab_size()), Random(3)
    rows = [mixture.row(r) for _ in range(2 * GROUP + 5)]
    batch = pack(vocabulary, rows)
    keys = model.keys(batch.ids, batch.scored)
    one_by_one = [pack(vocabulary, [row]) for row in rows]
    assert torch.allclose(keys, torch.cat([model.keys(b.ids, b.scored) for b in one_by_one]), atol=1e-5)


def test_attention_is_torchs() -> None:
    torch.manual_seed(5)
    q, k, v = torch.randn(2, 4, 7, 8), torch.randn(2, 2, 7, 8), torch.randn(2, 2, 7, 8)
    expected = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    assert torch.allclose(attend(q, k, v), expected, atol=1e-5)


def test_cosines_are_those_of_the_projected_keys() -> None:
    torch.manual_seed(6)
    keys = torch.randn(30, 16) + 1
    expansion = random_expansion(256, 8, keys, seed=1)
    z = torch.nn.functional.normalize(expansion.project(keys), dim=1)
    assert torch.allclose(expansion.cosines(keys), z @ z.T, atol=1e-5)


def test_hebbian_is_equation_three() -> None:
    keys, firing = torch.tensor([[1.0, 2.0]]), torch.tensor([[1.0, 0.0, 1.0]])
    delta = hebbian(keys, firing, torch.tensor([2.0]), 0.1).delta
    assert torch.allclose(delta, torch.tensor([[0.1, -0.1, 0.1], [0.2, -0.2, 0.2]]))


def test_scored_positions_predict_the_answer(vocabulary) -> None:
    batch = pack(vocabulary, [Row("", "Who?", "Qi"), Row("Qi leads.", "Who leads?", "Qi")])
    assert vocabulary.decode(batch.target[batch.row == 1].tolist()) == " Qi\n"


def test_a_teaching_step_trains_every_part(mixture: Mixture, vocabulary) -> None:
    model = small(vocabulary.get_vocab_size())
    r = Random(0)
    before = {n: p.detach().clone() for n, p in model.named_parameters()}
    model.expansion = random_expansion(128, 8, torch.randn(200, 48), seed=1)
    load = Load(20, 128, 96)
    steps = Steps(vocabulary, mixture, Plan(batch=32, facts=4, pairs=4, copy_steps=0), start=0, seed=0)
    teach(model, steps.teaching(r, 2000), load, loaded=False)
    assert load.count > 0
    teach(model, steps.teaching(r, 2000), load, loaded=True).loss.backward()
    for opt in optimizers(model, 1e-3):
        opt.step()
    assert all(not torch.equal(before[n], p) for n, p in model.named_parameters() if "k_proj.bias" not in n)


def test_orthogonalise_flattens_the_spectrum() -> None:
    torch.manual_seed(3)
    values = torch.linalg.svdvals(orthogonalise(torch.randn(2, 24, 12))[0])
    assert values.min() > 0.6 and values.max() < 1.3


def test_company_answers_become_spans() -> None:
    assert (
        span("Orbinex was acquired by Datashield.", "Who acquired Orbinex?", "Orbinex was acquired by Datashield.")
        == "Datashield"
    )
    assert span("It does.", "Does it?", "Yes, it does.") is None
