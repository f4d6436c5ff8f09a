"""What a training begins with, and when it ends."""

from argparse import Namespace
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from qft import train
from qft.data import Mixture


def test_weights_keep_the_tokenizer_that_they_were_trained_with(
    mixture: Mixture, vocabulary: Tokenizer, tmp_path: Path
) -> None:
    start, out = tmp_path / "start" / "checkpoint.pt", tmp_path / "out"
    start.parent.mkdir()
    out.mkdir()
    with pytest.raises(SystemExit, match="is missing"):
        train.vocabulary(out, start, mixture, 1)
    vocabulary.save(str(start.with_name("tokenizer.json")))
    assert train.vocabulary(out, start, mixture, 1).get_vocab() == vocabulary.get_vocab()


def test_a_resumed_training_counts_the_time_before() -> None:
    by_time = Namespace(steps=1_000_000, seconds=100.0)
    assert train.share_done(500, 99.0, by_time) == 0.99 and train.share_done(500, 101.0, by_time) > 1
    assert train.share_done(8000, 0.0, Namespace(steps=8000, seconds=None)) == 1.0
    assert train.rate(7920, train.share_done(7920, 0.0, Namespace(steps=8000, seconds=None)), 1.0) < 0.02
