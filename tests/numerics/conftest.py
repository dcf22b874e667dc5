"""The tests run on one thread: small tensors are slower on several, and rounding then depends on their number."""

from __future__ import annotations

import pytest
import torch


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Set the number of threads to 1, as the runner does for experiments, and put it back afterwards."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
