"""Byte-level BPE for the nano. The prompt's role markers are single tokens; digits stand alone so that they copy well."""

from __future__ import annotations

from random import Random

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from .data import Mixture, Row

MARKERS = ("system:", "\nuser:", "\nassistant:")
# Words with their leading space and capital, single digits, runs of symbols one by one.
PIECES = r" ?\p{Lu}?\p{Ll}+| ?\p{Lu}+(?!\p{Ll})| ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]|\s"


def prompt(row: Row) -> str:
    return f"system: {row.system}\nuser: {row.user}\nassistant:"


def train(mixture: Mixture, vocab_size: int, seed: int, rows: int = 60_000) -> Tokenizer:
    """A tokenizer of `vocab_size` tokens from `rows` training rows."""
    r = Random(seed)
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    t.decoder = decoders.ByteLevel()
    texts = (f" {x.system}\n {x.user}\n {x.answer}\n" for x in (mixture.row(r) for _ in range(rows)))
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size - len(MARKERS),
        special_tokens=["<pad>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        max_token_length=12,
    )
    t.train_from_iterator(texts, trainer)
    t.add_tokens([AddedToken(m, normalized=False, special=False) for m in MARKERS])
    return t
