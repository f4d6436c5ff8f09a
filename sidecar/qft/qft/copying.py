"""Texts that only copying can give: any words, marks, digits and letters, so that no answer is too odd to be repeated."""

from __future__ import annotations

from functools import cache
from random import Random
from string import ascii_uppercase

from . import bank
from .names import in_split, syllables

STARTS = ("", "", "", "", "/", "#", "@", "./", "~/", "--", "-", "https://", "http://", "C:\\", "$", "*.", "v", ":")
MARKS = ("-", "-", "_", ".", ".", "/", "/", ":", "::", "=", "@", "\\", "+", ",", "#", "%", "()", "->", "?")
LETTERS = "áéíóúàèìòùâêîôûäëïöüåæøœçñãõßłśźżčšžřěýđğışœ木村林田中山本李王金朴Привет東京大阪αβλ€°µ×"

_invented = in_split(lambda r: syllables(r, r.choice((1, 2, 2, 3))), "train")


@cache
def _words() -> tuple[str, ...]:
    """The words of the free texts, with their marks and without what is filled in."""
    texts = (form for template in bank.templates()[1] for form in (*template.statements, *template.questions))
    return tuple(word for text in texts for word in text.split() if not {"{", "`"} & set(word))


def anything(r: Random) -> str:
    """A few words, or one made of pieces."""
    if r.random() < 0.45:
        words = r.choices(_words(), k=r.choice((1, 2, 2, 3, 3, 4, 5, 6)))
        if r.random() < 0.3:
            words[r.randrange(len(words))] = _piece(r)
        return " ".join(words).strip(".,?!:; ") or _piece(r)
    if r.random() < 0.25:
        return " ".join(_spelled(r) for _ in range(r.choice((1, 2, 2, 3))))
    pieces = [_piece(r) for _ in range(r.choice((1, 2, 2, 3, 3, 4, 5)))]
    text = r.choice(STARTS) + pieces[0]
    for piece in pieces[1:]:
        text += r.choice(MARKS) + piece
    return text


def _piece(r: Random) -> str:
    x = r.random()
    if x < 0.35:
        word = r.choice(_words()).strip(".,?!:;`\"'()|#*-=").lower()
        return word or _piece(r)
    if x < 0.6:
        return _invented(r)
    if x < 0.85:
        return str(r.randrange(10 ** r.choice((1, 2, 3, 4, 5))))
    return "".join(r.choices(ascii_uppercase, k=r.choice((1, 2, 3, 4))))


def _spelled(r: Random) -> str:
    """A word in which some letters are of other alphabets."""
    word = list(_invented(r))
    for _ in range(r.choice((1, 1, 2, 4))):
        word[r.randrange(len(word))] = r.choice(LETTERS)
    word[0] = word[0].upper()
    return "".join(word)
