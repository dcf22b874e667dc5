"""The decision checker as a fresh process: `python -I -S proofs_check/certificates/decision_checker FILE --json`.

It decides about one certificate of the training problem (`lemmascope-decision`), with none of the search's code in its
process. This module recognises such files, starts the checker and reads what it prints.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from .checking import CERTIFICATES
from .isolated import finding, says_format

DECISION_CHECKER = CERTIFICATES / "decision_checker"
FORMAT = "lemmascope-decision"
SECONDS = 600.0


@dataclass(frozen=True)
class DecisionChecked:
    """What the checker found about a decision certificate.

    `status` is sat or unsat and `kind` that of the witness or refutation, both "" if they could not be read; `instance`
    the SHA-256 of the question; `checked` says in a sentence what was checked, `reason` why it was rejected; `checker`
    is the SHA-256 of the checker's files.
    """

    accepted: bool
    status: str
    kind: str
    instance: str
    checked: str
    reason: str
    checker: str


def is_decision(path: Path) -> bool:
    """Whether a file says of itself that it is a decision certificate; nothing else of it is looked at."""
    return says_format(path, FORMAT)


def decision_checker_digest() -> str:
    """Return the SHA-256 over the decision checker's files."""
    parts = [path.name.encode() + b"\0" + path.read_bytes() for path in sorted(DECISION_CHECKER.glob("*.py"))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def check_decision_file(path: Path, *, seconds: float = SECONDS) -> DecisionChecked:
    """Check a decision certificate in a fresh isolated process of this Python.

    Raises MachineryFailed if the checker gives no answer within `seconds`.
    """
    found = finding(DECISION_CHECKER, path, seconds=seconds, name="decision checker")
    texts = {key: str(found.get(key, "")) for key in ("status", "kind", "instance", "checked", "reason")}
    return DecisionChecked(found["accepted"], **texts, checker=decision_checker_digest())
