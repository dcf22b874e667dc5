"""Fingerprints change with every piece of code a result depends on, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs_check import fingerprint
from proofs_check.ledger import Ledger

FILES = {
    "__init__.py": "",
    "top.py": '"""Top."""\nfrom theory.middle import value\nanswer = value + 1\n',
    "middle.py": "from . import deep\nvalue = deep.CONSTANT\n",
    "deep.py": "CONSTANT = 2  # two\n",
    "other.py": "UNUSED = 1\n",
}


@pytest.fixture()
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in the place of `theory`."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(fingerprint, "_roots", lambda top: (tmp_path,) if top == "theory" else ())
    return tmp_path


@pytest.mark.parametrize("name, text", [
    ("top.py", FILES["top.py"].replace("+ 1", "+ 2")),
    ("middle.py", FILES["middle.py"] + "more = 1\n"),
    ("deep.py", "CONSTANT = 3\n"),
    ("__init__.py", "import theory.other\n"),
])
def test_change_in_any_imported_module_counts(tree: Path, name: str, text: str) -> None:
    """A changed constant two imports away, or in a package's own file, changes the fingerprint."""
    before = fingerprint.sources("theory.top")
    (tree / name).write_text(text)
    assert fingerprint.sources("theory.top") != before


@pytest.mark.parametrize("name, text", [
    ("deep.py", "# a remark\n\nCONSTANT = 2\n"),
    ("top.py", FILES["top.py"].replace("Top.", "The top.")),
    ("other.py", "UNUSED = 2\n"),
])
def test_comments_docstrings_and_strangers_do_not_count(tree: Path, name: str, text: str) -> None:
    """What no computation sees recomputes nothing."""
    before = fingerprint.sources("theory.top")
    (tree / name).write_text(text)
    assert fingerprint.sources("theory.top") == before


def test_ledger_only_spares_time(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With a ledger the fingerprint is the same, and a change is still seen."""
    ledger = Ledger(tmp_path_factory.mktemp("ledger"))
    before = fingerprint.sources("theory.top")
    assert [fingerprint.sources("theory.top", ledger=ledger) for _ in range(2)] == [before, before]
    (tree / "deep.py").write_text("CONSTANT = 3\n")
    assert fingerprint.sources("theory.top", ledger=ledger) == fingerprint.sources("theory.top") != before


def test_within_stops_at_the_border(tree: Path) -> None:
    """A module outside the named ones is not followed."""
    before = fingerprint.sources("theory.top", within=("theory.top",))
    (tree / "deep.py").write_text("CONSTANT = 3\n")
    assert fingerprint.sources("theory.top", within=("theory.top",)) == before


def test_circular_imports_end(tree: Path) -> None:
    """Modules that import each other are followed once."""
    (tree / "deep.py").write_text("import theory.top\nCONSTANT = 2\n")
    assert len(fingerprint.sources("theory.top")) == 64


def test_absent_distribution_is_named_absent() -> None:
    """A library that is not installed is part of the key as absent."""
    found = fingerprint.versions(["sympy", "no-such-distribution"])
    assert found["no-such-distribution"] == "absent" and found["sympy"][0].isdigit() and "python" in found
