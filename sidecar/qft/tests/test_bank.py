"""The bank of training templates: every template fills, and states what its questions ask."""

import re
from random import Random

import pytest

from qft import attributes, bank, names
from qft.bank.makers import FAMILY
from qft.closed_evaluation import HELD_OUT

RELATIONS, FREE = bank.templates()
OPEN = tuple(bank.open_template(noun) for noun in ("port", "retry limit", "alert contact", "cache folder"))
TEMPLATES = RELATIONS + FREE + OPEN
UNFILLED = re.compile(r"\{[svxopwn]\}")


def letters(form: str) -> str:
    return re.sub(r"[^a-z{} ]", "", form.lower()).strip()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_a_template_states_its_value_and_asks_for_it(template: bank.Template) -> None:
    r = Random(template.key)
    for _ in range(5):
        fact = bank.fact_of(r, template, "train")
        statement, question = fact.statement(r), fact.question(r)
        assert fact.value in statement
        assert fact.subject.lower() in statement.lower()
        assert fact.subject.lower() in question.lower()
        assert fact.value not in fact._fill(" ".join(template.asked))
        assert not UNFILLED.search(statement + question)
        assert "\n" not in statement + question
        asked = fact.other_subject(r)
        assert asked.subject not in (fact.subject, fact.other)
        assert fact.subject not in asked.question(r)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_a_template_is_well_formed(template: bank.Template) -> None:
    for kind, makers in ((template.subject, bank.NAMES), (template.value, bank.MAKERS)):
        assert kind in makers if isinstance(kind, str) else len(set(kind)) >= 3
    if not isinstance(template.subject, str):
        # Of a subject that is a mark, such as "@", no address could be asked: each one holds it.
        assert all(any(c.isalnum() for c in subject) for subject in template.subject)
    for form in template.statements:
        assert "{s}" in form and "{v}" in form
    for form in template.asked:
        assert "{s}" in form and not {"{v}", "{x}", "{o}"} & set(re.findall(r"\{.\}", form))
    assert len(template.questions) >= 3 and len(set(template.asked)) == len(template.asked)


def test_relation_keys_are_unique() -> None:
    assert len({t.key for t in RELATIONS}) == len(RELATIONS)


def test_no_form_is_one_of_the_held_out_ones() -> None:
    closed = [x for split in HELD_OUT.values() for x in split.values()]
    held_out = {letters(f) for x in closed for f in (*x.statements, *x.questions, *x.indirect)}
    held_out |= {letters(f) for split in ("dev", "test") for f in attributes.OPEN_STATEMENTS[split]}
    made = {letters(f) for t in TEMPLATES for f in (*t.statements, *t.questions, *t.indirect)}
    assert len(made & held_out) == 0


def test_opposites_are_mutual() -> None:
    opposite = {t.key: t.opposite for t in RELATIONS if t.opposite}
    assert opposite and all(opposite[b] == a for a, b in opposite.items())


def test_another_relation_is_of_another_kind_or_turned_around() -> None:
    r = Random(1)
    for _ in range(500):
        fact = bank.bank_fact(r)
        other = fact.other_relation(r)
        kinds = (FAMILY.get(fact.template.value, "what"), FAMILY.get(other.template.value, "what"))
        assert other.subject == fact.subject
        assert kinds[0] != kinds[1] or other.relation == fact.template.opposite


def test_entities_are_of_the_split() -> None:
    r = Random(0)
    for _ in range(300):
        fact = bank.bank_fact(r, "train")
        if isinstance(fact.template.subject, str):
            assert names.split_of(fact.subject) == "train"
