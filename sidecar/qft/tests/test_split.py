"""Training, dev and held-out data share no entity and no phrasing."""

import re
from itertools import combinations
from random import Random

import pytest

from qft import attributes, phrasing, variety
from qft.closed import BY_KEY
from qft.closed_evaluation import HELD_OUT
from qft.company import CompanyRows
from qft.data import Mixture, copy_drill, crossed, distinct, episode, family, joint, namesake, plain
from qft.facts import fact_about, random_fact
from qft.names import FIRST, Split, split_of

SPLITS: tuple[Split, ...] = ("train", "dev", "test")


def entities(split: Split, n: int) -> set[str]:
    r = Random(3)
    return {random_fact(r, split).subject for _ in range(n)}


def bare(text: str) -> str:
    """A form without what hardly tells two wordings apart: case and the last mark."""
    return text.lower().rstrip(".?!:")


def assert_disjoint(sets: dict[Split, set[str]]) -> None:
    for a, b in combinations(SPLITS, 2):
        assert sets[a]
        assert sorted(sets[a] & sets[b]) == []


def test_entities_are_disjoint() -> None:
    seen = {s: entities(s, 3000) for s in SPLITS}
    assert not seen["train"] & seen["dev"] and not seen["train"] & seen["test"] and not seen["dev"] & seen["test"]
    for split, names in seen.items():
        assert {split_of(n) for n in names} == {split}


@pytest.mark.parametrize(
    "forms",
    [
        attributes.OPEN_STATEMENTS,
        attributes.JOINT_STATEMENTS,
        attributes.OPEN_QUESTIONS,
        attributes.OPEN_INDIRECT,
        phrasing.PHRASE_QUESTIONS,
        phrasing.WH_QUESTIONS,
    ],
)
def test_phrasings_are_disjoint(forms: dict[Split, tuple[str, ...]]) -> None:
    assert_disjoint({s: set(forms[s]) for s in SPLITS})


@pytest.mark.parametrize("key", BY_KEY)
def test_closed_relations_have_forms_of_their_own(key: str) -> None:
    forms = {"train": BY_KEY[key], "dev": HELD_OUT["dev"][key], "test": HELD_OUT["test"][key]}
    assert_disjoint({s: set(f.statements) for s, f in forms.items()})
    assert_disjoint({s: {*f.noun_phrases, *f.questions, *f.indirect} for s, f in forms.items()})
    assert len(forms["test"].statements) >= 3


def test_no_question_form_is_shared() -> None:
    asked: dict[Split, set[str]] = {}
    for split in SPLITS:
        phrases, direct, indirect = (
            list(forms[split])
            for forms in (attributes.OPEN_PHRASES, attributes.OPEN_QUESTIONS, attributes.OPEN_INDIRECT)
        )
        for key in BY_KEY:
            forms = BY_KEY[key] if split == "train" else HELD_OUT[split][key]
            phrases += forms.noun_phrases
            direct += forms.questions
            indirect += forms.indirect
        frames = [*phrasing.PHRASE_QUESTIONS[split], *(variety.PHRASE_FRAMES if split == "train" else ())]
        wh = [*phrasing.WH_QUESTIONS[split], *(variety.WH_FRAMES if split == "train" else ())]
        asked[split] = {bare(f.replace("{p}", p)) for f in frames for p in phrases}
        asked[split] |= {bare(f.replace("{w}", q)) for f in phrasing.DIRECT_QUESTIONS[split] for q in direct}
        asked[split] |= {bare(f.replace("{w}", q)) for f in wh for q in indirect}
    assert_disjoint(asked)


@pytest.mark.parametrize("split", SPLITS)
def test_indirect_questions_are_not_inverted(split: Split) -> None:
    forms = [*attributes.OPEN_INDIRECT[split]]
    forms += [f for k in BY_KEY for f in (BY_KEY[k] if split == "train" else HELD_OUT[split][k]).indirect]
    inverted = re.compile(r"(?<!who) (do|does|did) | (is|are|was|were|can|should) (the|we|I|\{s\})(?!\w)")
    assert not [f for f in forms if inverted.search(f)]


def test_free_variation_never_makes_a_held_out_phrasing() -> None:
    r = Random(7)
    made = {variety.scrambled(r, "{n}") for _ in range(20_000)} | {variety.open_form(r) for _ in range(20_000)}
    made |= {variety.closed_form(r, p) for x in BY_KEY.values() for p in x.noun_phrases for _ in range(200)}
    for split in ("dev", "test"):
        held = {*attributes.OPEN_STATEMENTS[split], *(f for x in HELD_OUT[split].values() for f in x.statements)}
        assert not made & held
        frames = {*phrasing.PHRASE_QUESTIONS[split], *phrasing.WH_QUESTIONS[split]}
        assert not frames & {*variety.PHRASE_FRAMES, *variety.WH_FRAMES}


def test_training_rows_name_nothing_held_out() -> None:
    r = Random(5)
    mixture = Mixture(CompanyRows(None))
    held = {n.lower().strip("`()") for s in ("dev", "test") for n in entities(s, 2000) if len(n) > 6 and " " not in n}
    texts = [" ".join((row.system, row.user, row.answer)).lower() for row in (mixture.row(r) for _ in range(4000))]
    e = episode(r, 24)
    texts += [f"{x.system} {x.user}".lower() for rows in (e.instruct, e.update, e.query, e.locality) for x in rows]
    # A person's full name is one name: its surname alone may be a company elsewhere.
    full_name = re.compile(rf"\b(?:{'|'.join(FIRST)}) \w+", re.IGNORECASE)
    for text in texts:
        assert "oxinnovate" not in text
        words = {w.strip(".,:;?`()\"'") for w in full_name.sub(" ", text).split()}
        assert not words & held


def test_drills_repeat_exactly() -> None:
    row = copy_drill(Random(1))
    assert row.system == row.answer


def test_any_answer_stands_in_its_prompt() -> None:
    r = Random(2)
    rows = [plain(r) for _ in range(500)]
    assert all(row.answer.lower() in row.system.lower() for row in rows)
    assert len({row.answer for row in rows}) > 450


def test_a_family_asks_for_different_things() -> None:
    r = Random(4)
    families = [family(r, 5) for _ in range(300)]
    shared = 0
    for members in families:
        for a, b in combinations(members, 2):
            assert (a.subject, a.relation) != (b.subject, b.relation)
            assert distinct(a, b) and distinct(b, a)
            shared += a.subject == b.subject
    assert shared > 1000
    assert sum(len(members) for members in families) > 900


def test_a_namesake_is_another_attribute_of_the_same_entity() -> None:
    r = Random(6)
    fact = fact_about(r, "krill-api", "retry limit", "train")
    other = namesake(r, fact, "queue limit")
    assert (other.subject, other.relation) == ("krill-api", "queue limit")
    assert distinct(fact, other) and not distinct(fact, fact)


def test_a_crossed_fact_asks_one_entity_for_what_was_told_of_another() -> None:
    r = Random(6)
    facts = [random_fact(r, "train") for _ in range(60)]
    for fact in facts:
        other = crossed(r, fact, facts)
        assert (other is None) == joint(fact)  # whose two nouns any third may stand near
        if other is None:
            continue
        assert other.subject == fact.subject and distinct(other, fact) and not joint(other)
        assert other.relation in {x.relation for x in facts if x.subject != fact.subject}
    assert crossed(r, facts[0], facts[:1]) is None
