"""The texts that the choice of drafts is learned from."""

from qft import drafting


def test_each_text_holds_what_it_may_be_asked_for() -> None:
    texts = list(drafting.texts())
    assert {x["part"] for x in texts} == {"development", "validation"}
    for x in texts[::40]:
        for fact in x["facts"]:
            assert fact["answer"].lower() in x["text"].replace("\n", " ").lower()


def test_lines_are_broken_where_the_layout_tells() -> None:
    assert drafting.with_lines("| a | b | | 1 | 2 |") == "| a | b |\n| 1 | 2 |"
    assert drafting.with_lines("1. wash 2. dry") == "1. wash\n2. dry"
    assert drafting.with_lines("[a] b = 1 c = 2") == "[a]\nb = 1\nc = 2"
    assert drafting.with_lines("a | b") == "a | b"
