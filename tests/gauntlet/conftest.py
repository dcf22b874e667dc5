"""One ledger for the whole gauntlet."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that all questions share."""
    return tmp_path_factory.mktemp("gauntlet")
