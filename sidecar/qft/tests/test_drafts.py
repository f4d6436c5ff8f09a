"""The texts that drafting, and the choice between drafts, are learned from."""

from random import Random

from qft import ranker_texts
from qft.drafts import drafted


def test_each_text_holds_what_it_may_be_asked_for() -> None:
    texts = list(ranker_texts.texts())
    assert {x["part"] for x in texts} == {"development", "validation"}
    for x in texts[::40]:
        for fact in x["facts"]:
            assert fact["answer"].lower() in x["text"].replace("\n", " ").lower()


def test_lines_are_broken_where_the_layout_tells() -> None:
    assert ranker_texts.with_lines("| a | b | | 1 | 2 |") == "| a | b |\n| 1 | 2 |"
    assert ranker_texts.with_lines("1. wash 2. dry") == "1. wash\n2. dry"
    assert ranker_texts.with_lines("[a] b = 1 c = 2") == "[a]\nb = 1\nc = 2"
    assert ranker_texts.with_lines("a | b") == "a | b"


def test_a_draft_is_a_span_of_its_statement() -> None:
    r = Random(2)
    rows = [drafted(r) for _ in range(300)]
    assert all(row.answer.lower() in row.system.lower() for row in rows)
