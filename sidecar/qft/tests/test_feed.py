"""How the steps of a training are made: in order, the same ones every time, easy ones first."""

from itertools import islice
from random import Random

import pytest
import torch
from tokenizers import Tokenizer

from qft.batch import Batch
from qft.data import Mixture
from qft.feed import Plan, Reading, Steps, Teaching, feed

PLAN = Plan(batch=16, facts=12, pairs=6, copy_steps=4)


def batches(step: Reading | Teaching) -> list[Batch]:
    return [step.rows] if isinstance(step, Reading) else [step.told, step.untold]


@pytest.mark.parametrize("workers", [0, 3])
def test_reading_comes_first_then_both_in_turn(mixture: Mixture, vocabulary: Tokenizer, workers: int) -> None:
    steps = list(islice(feed(Steps(vocabulary, mixture, PLAN, 0, 1), workers), 16))
    assert all(isinstance(step, Reading) for step in steps[:4])
    assert {type(step) for step in steps[4:]} == {Reading, Teaching}
    again = list(islice(feed(Steps(vocabulary, mixture, PLAN, 0, 1), workers), 16))
    for a, b in zip(steps, again, strict=True):
        assert all(torch.equal(x.ids, y.ids) for x, y in zip(batches(a), batches(b), strict=True))


def test_a_resumed_training_goes_on_where_it_was(mixture: Mixture, vocabulary: Tokenizer) -> None:
    steps = list(islice(feed(Steps(vocabulary, mixture, PLAN, 100, 1), 0), 6))
    assert sum(isinstance(step, Teaching) for step in steps) == 3


def test_few_facts_and_an_empty_memory_come_first(mixture: Mixture, vocabulary: Tokenizer) -> None:
    steps = Steps(vocabulary, mixture, Plan(8, 40, 2, 0), 0, 1)
    early = [steps.teaching(Random(n), 0) for n in range(20)]
    late = [steps.teaching(Random(n), 5000) for n in range(20)]
    assert max(step.facts for step in early) == 8 and max(step.facts for step in late) == 40
    assert not any(step.loaded for step in early) and any(step.loaded for step in late)


def test_the_last_rows_ask_each_question_twice(mixture: Mixture, vocabulary: Tokenizer) -> None:
    step = Steps(vocabulary, mixture, PLAN, 0, 1).teaching(Random(3), 5000)
    assert len(step.untold.ids) > 2 * step.facts + step.kin and step.kin % 2 == 0
    kin = [vocabulary.decode(ids.tolist()) for ids in step.untold.ids[-step.kin :]]
    one, other = kin[: len(kin) // 2], kin[len(kin) // 2 :]
    # Wordings differ, what is asked about does not: each pair shares an invented name.
    shared = [set(a.split()) & set(b.split()) for a, b in zip(one, other, strict=True)]
    assert all(shared) and any(a != b for a, b in zip(one, other, strict=True))
