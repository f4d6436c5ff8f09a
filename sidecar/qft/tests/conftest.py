"""What the tests share. One thread, since tensors are small: faster than two, and fast on a busy machine as well."""

import pytest
import torch
from tokenizers import Tokenizer

from qft import tokenizer
from qft.company import CompanyRows
from qft.data import Mixture

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def mixture() -> Mixture:
    m = Mixture(CompanyRows(None))
    m.company.rows = [("Orbinex was acquired by Datashield.", "Who acquired Orbinex?", "Datashield")]
    return m


@pytest.fixture(scope="session")
def vocabulary(mixture: Mixture) -> Tokenizer:
    return tokenizer.train(mixture, 600, seed=1, rows=500)
