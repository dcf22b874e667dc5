"""The checker as a fresh process: `python -I -S proofs_check/certificates/checker REPORT.json --json`.

Nothing of this project is in that process but the checker's own files, so what it accepts does not depend on what the
search did. This module only starts it and reads what it prints.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from theory.language.errors import InputError, LemmascopeError, explain

CERTIFICATES = Path(__file__).resolve().parent / "certificates"
CHECKER = CERTIFICATES / "checker"
AXIOMS = CERTIFICATES / "axioms.json"


class MachineryFailed(LemmascopeError, RuntimeError):
    """The tool itself did not work (the checker gave no answer, its axioms differ): no statement about any claim."""


@dataclass(frozen=True)
class Checked:
    """What the checker printed: SHA-256 of its axioms and of itself, and its finding on each claim and point."""

    axioms: str
    checker: str
    accepted: bool
    claims: Mapping[str, Mapping[str, Any]]
    points: Mapping[str, Mapping[str, Any]]

    def claim(self, name: str) -> Mapping[str, Any]:
        """Return the finding on a claim; one that is not in the report counts as rejected."""
        return self.claims.get(name, {"accepted": False, "reason": "no certificate in the report"})

    def point(self, name: str) -> Mapping[str, Any]:
        """Return the finding on a point; one that is not in the report counts as rejected."""
        return self.points.get(name, {"accepted": False, "reason": "no certificate in the report"})


def check(report: Path, *, seconds: float = 600) -> Checked:
    """Check a report file in a fresh isolated process of this Python.

    Raises InputError if the checker cannot read the file, MachineryFailed if it gives no answer.
    """
    command = [sys.executable, "-I", "-S", str(CHECKER), str(report), "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        remedy = "Check fewer claims at a time."
        raise MachineryFailed(explain("checker", f"an answer in {seconds:g} s", "none", remedy)) from None
    if done.returncode == 2:
        remedy = "Write it again with `lemmascope verify`; the file was not changed."
        raise InputError(explain(str(report), "a report that can be read", _last(done), remedy))
    try:
        printed = json.loads(done.stdout)
        return Checked(printed["axioms"], printed["checker"], printed["accepted"] is True, printed["claims"],
                       printed["points"])
    except (ValueError, KeyError, TypeError):
        found = f"exit status {done.returncode} and {_last(done) or 'no output'}"
        remedy = "Run `lemmascope doctor`; the command was " + " ".join(command) + "."
        raise MachineryFailed(explain("checker", "its findings as JSON", found, remedy)) from None


def _last(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return lines[-1].strip() if lines else ""
