"""Training, dev and held-out data share no entity and no phrasing."""

from random import Random

import pytest

from qft import attributes, closed, phrasing, variety
from qft.company import CompanyRows
from qft.data import Mixture, copy_drill, episode
from qft.facts import random_fact
from qft.names import Split, split_of

SPLITS: tuple[Split, ...] = ("train", "dev", "test")


def entities(split: Split, n: int) -> set[str]:
    r = Random(3)
    return {random_fact(r, split).subject for _ in range(n)}


def test_entities_are_disjoint() -> None:
    seen = {s: entities(s, 3000) for s in SPLITS}
    assert not seen["train"] & seen["dev"] and not seen["train"] & seen["test"] and not seen["dev"] & seen["test"]
    for split, names in seen.items():
        assert {split_of(n) for n in names} == {split}


@pytest.mark.parametrize(
    "forms",
    [attributes.OPEN_STATEMENTS, attributes.JOINT_STATEMENTS, phrasing.PHRASE_QUESTIONS, phrasing.WH_QUESTIONS],
)
def test_phrasings_are_disjoint(forms: dict[Split, tuple[str, ...]]) -> None:
    sets = [set(forms[s]) for s in SPLITS]
    assert not sets[0] & sets[1] and not sets[0] & sets[2] and not sets[1] & sets[2]


def test_closed_relations_have_held_out_statements() -> None:
    for relation in closed.CLOSED:
        trained = set(relation.statements)
        dev, test = closed.HELD_OUT["dev"][relation.key], closed.HELD_OUT["test"][relation.key]
        assert dev not in trained and test not in trained and dev != test


def test_free_variation_never_makes_a_held_out_phrasing() -> None:
    r = Random(7)
    made = {variety.scrambled(r, "{n}") for _ in range(20_000)} | {variety.open_form(r) for _ in range(20_000)}
    made |= {variety.closed_form(r, p) for x in closed.CLOSED for p in x.noun_phrases for _ in range(200)}
    held = {f for s in ("dev", "test") for f in (*attributes.OPEN_STATEMENTS[s], *closed.HELD_OUT[s].values())}
    assert not made & held
    frames = set(variety.PHRASE_FRAMES) | set(variety.WH_FRAMES)
    assert not frames & {
        f for s in ("dev", "test") for t in (phrasing.PHRASE_QUESTIONS, phrasing.WH_QUESTIONS) for f in t[s]
    }


def test_training_rows_name_nothing_held_out() -> None:
    r = Random(5)
    mixture = Mixture(CompanyRows(None))
    mixture.company.rows = [("a", "b", "c")]
    held = {n.lower().strip("`()") for s in ("dev", "test") for n in entities(s, 2000) if len(n) > 6 and " " not in n}
    texts = [" ".join((row.system, row.user, row.answer)).lower() for row in (mixture.row(r) for _ in range(4000))]
    e = episode(r, 24)
    texts += [f"{x.system} {x.user}".lower() for rows in (e.instruct, e.update, e.query, e.locality) for x in rows]
    for text in texts:
        assert "oxinnovate" not in text
        words = {w.strip(".,:;?`()\"'") for w in text.split()}
        assert not words & held


def test_drills_repeat_exactly() -> None:
    row = copy_drill(Random(1))
    assert row.system == row.answer
