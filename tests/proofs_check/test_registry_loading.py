"""What is imported for a target: only what it names, so that one family does not wait for ten others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from proofs_check.registry import families, load


@pytest.mark.parametrize("target, imported", [("textbook", False), ("covering.volume", True), ("covering", True),
                                              ("all", True), ("coverin", True), ("claims/mine.py", True)])
def test_only_the_families_named_are_imported(target: str, imported: bool) -> None:
    """An id imports its own family; a name that may need any family imports all."""
    code = (f"import sys; from proofs_check.registry import load; load({target!r});"
            " print('theory.covering' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == (str(imported), "")


def test_without_targets_everything_is_there() -> None:
    """`load()` knows every family, `load(family)` the whole of that one."""
    everything = load()
    assert everything.families == families()
    own = load("covering")
    assert own.families == ("covering",)
    assert set(own.items) == {name for name in everything.items if name.split(".")[0] in ("covering", "textbook")}
