"""Certificates of small lemmas, elaborated here and checked by the checker in a process of its own."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from proofs_check.engines.elaboration import elaborate
from theory.language import Lemma, statement
from theory.language.derivation import Step
from theory.textbook import AXIOMS

CHECKER = Path(__file__).resolve().parents[3] / "proofs_check" / "certificates" / "checker"


def small(text: str, *steps: Step) -> Lemma:
    """A lemma with the given statement and steps."""
    return Lemma("test.small", "", statement(text), steps)


def certificate(lemma: Lemma) -> dict[str, Any]:
    """The certificate found from the axioms alone. Raises SearchFailed."""
    return elaborate(lemma, AXIOMS)


def verdict(lemma: Lemma) -> dict[str, Any]:
    """What the checker says of the certificate that the search finds for a lemma from the axioms alone."""
    axioms = (CHECKER.parent / "axioms.json").read_bytes()
    report = {"format": "lemmascope-report", "schema": 1, "axioms": hashlib.sha256(axioms).hexdigest(), "cited": [],
              "claims": [certificate(lemma)], "points": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        path.write_text(json.dumps(report), encoding="ascii")
        done = subprocess.run([sys.executable, "-I", "-S", CHECKER, path, "--json"], capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)["claims"][lemma.id]
    return found
